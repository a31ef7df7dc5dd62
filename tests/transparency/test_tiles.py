"""The log as tiles and as proofs that need no site: read as any program reads them, and held against RFC 9162."""

import base64

import pytest
from flask import Flask
from sqlalchemy.orm import Session

from consult.clock import now
from consult.consultations.models import Consultation
from consult.db import writing
from consult.errors import NotFound
from consult.ledger import comment_entries, merkle
from consult.ledger.log import Log
from consult.ledger.models import LedgerEntry
from consult.transparency import tiles
from consult.transparency.tiles import Tile
from tests.submissions.rows import MIDWAY
from tests.submissions.rows import matter as made_matter
from tests.transparency.set_back import SetBack

BASE = "/nhat-ky/{}/tlog/1/"


def hashes_in(data: bytes) -> list[bytes]:
    return [data[at : at + 32] for at in range(0, len(data), 32)]


def entries_in(data: bytes) -> list[bytes]:
    found = []
    while data:
        size = int.from_bytes(data[:2])
        found.append(data[2 : 2 + size])
        data = data[2 + size :]
    return found


def test_tiles_of_three_hundred_entries_lead_to_the_root(session: Session) -> None:
    own = made_matter(session).id
    log = Log(session, own)
    log.append([comment_entries.withdrawn(number) for number in range(1, 301)], MIDWAY)
    log.store()
    bodies = entries_in(tiles.content(session, own, tiles.tile_at("entries/000")))
    bodies += entries_in(tiles.content(session, own, tiles.tile_at("entries/001.p/44")))
    leaves = hashes_in(tiles.content(session, own, tiles.tile_at("0/000")))
    leaves += hashes_in(tiles.content(session, own, tiles.tile_at("0/001.p/44")))
    assert [merkle.leaf_hash(body) for body in bodies] == leaves and merkle.root_of(leaves) == log.root()
    assert hashes_in(tiles.content(session, own, tiles.tile_at("1/000.p/1"))) == [merkle.root_of(leaves[:256])]
    for more in ("0/001", "0/001.p/45", "entries/001", "1/000", "1/000.p/2", "2/000.p/1", "0/002.p/1"):
        with pytest.raises(NotFound):
            tiles.content(session, own, tiles.tile_at(more))


def test_addresses_of_tiles() -> None:
    assert tiles.tile_at("0/x001/x234/067") == Tile(0, 1_234_067, 256)
    assert tiles.tile_at("entries/x001/000.p/255") == Tile(None, 1000, 255)
    for wrong in (
        "0/67", "00/067", "0/x000/067", "64/000", "0/000.p/0", "0/000.p/256", "0/000.p/01", "0/001/067", "data/000",
        "0/x999/x999/x999/999", "0/000/", "-1/000", "0/٠٠٠", f"0/{'x001/' * 1500}001",
    ):  # fmt: skip
        with pytest.raises(NotFound):
            tiles.tile_at(wrong)


def test_an_entry_too_long_for_the_format_leaves_its_bundle_out(session: Session) -> None:
    own = made_matter(session).id
    log = Log(session, own)
    log.append([comment_entries.withdrawn(number) for number in range(1, 3)], MIDWAY)
    log.store()
    tiles.content(session, own, tiles.tile_at("entries/000.p/2"))
    entry = session.get(LedgerEntry, (own, 1))
    assert entry is not None
    entry.body = "x" * 65_536
    with pytest.raises(NotFound):
        tiles.content(session, own, tiles.tile_at("entries/000.p/2"))
    assert tiles.content(session, own, tiles.tile_at("entries/000.p/1"))


def test_over_http_tiles_last_and_checkpoints_do_not(app: Flask, app_session: Session, matter: Consultation) -> None:
    own, slug = matter.id, matter.slug
    with writing(app_session, own):
        log = Log(app_session, own)
        log.append([comment_entries.withdrawn(number) for number in range(1, 5)], now())
        log.store()
    client, base = app.test_client(), BASE.format(slug)
    told = client.get(f"{base}checkpoint")
    assert told.content_type == "text/plain; charset=utf-8" and "immutable" not in told.headers["Cache-Control"]
    size, root = told.text.split("\n")[1:3]
    tile = client.get(f"{base}tile/0/000.p/{size}")
    assert tile.content_type == "application/octet-stream" and "immutable" in tile.headers["Cache-Control"]
    assert base64.b64encode(merkle.root_of(hashes_in(tile.data))).decode() == root
    for wrong in ("tile/0/000", "tile/0/000.p/9", "tile/../checkpoint", "tile/x"):
        assert client.get(base + wrong).status_code == 404
    assert client.get(f"/nhat-ky/{slug}/tlog/2/checkpoint").status_code == 404


def test_what_may_yet_be_another_tree_is_kept_by_nobody(restored: SetBack) -> None:
    """A database that was set back, or has what nobody signed: its tiles lie at the addresses of the lost ones."""
    client, base = restored.app.test_client(), BASE.format(restored.slug)
    told = client.get(f"{base}tile/0/000.p/1")
    assert told.status_code == 200 and told.headers["Cache-Control"] == "no-store"
    restored.command("ledger", "new-epoch", restored.slug, "--reason", "Khôi phục", "--yes")
    assert client.get(f"{base}tile/0/000.p/1").status_code == 404
    later = client.get(f"{base.removesuffix('1/')}2/tile/0/000.p/1")
    assert "immutable" in later.headers["Cache-Control"] and later.data == told.data


def test_a_tile_is_given_out_when_what_it_holds_is_kept_outside(
    app: Flask, app_session: Session, matter: Consultation
) -> None:
    """Otherwise a crash and an older copy of the database could put other entries at its address."""
    with writing(app_session, matter.id):
        log = Log(app_session, matter.id)
        log.append([comment_entries.withdrawn(1)], now())
        log.store()
    assert app.test_client().get(f"{BASE.format(matter.slug)}tile/0/000.p/{log.size}").status_code == 200
    [kept] = [app.extensions["consult.log_guard"].store.last(matter.id)]
    assert kept.size == log.size


def test_a_proof_needs_no_site(app: Flask, app_session: Session, matter: Consultation) -> None:
    own, slug = matter.id, matter.slug
    with writing(app_session, own):
        log = Log(app_session, own)
        log.append([comment_entries.withdrawn(number) for number in range(1, 5)], now())
        log.store()
    told = app.test_client().get(f"/nhat-ky/{slug}/1/bang-chung/").text
    head, _, note = told.partition("\n\n")
    first, extra, index, *proof = head.split("\n")
    assert (first, index) == ("c2sp.org/tlog-proof@v1", "index 1")
    _, size, root = note.split("\n")[:3]
    body = app.test_client().get(f"/api/v1/consultations/{slug}/ledger/entries?start=1&count=1").get_json()
    assert base64.b64decode(extra.removeprefix("extra ")).decode() == body["entries"][0]["entry"]
    leaf = merkle.leaf_hash(body["entries"][0]["entry"].encode())
    hashes = [base64.b64decode(one) for one in proof]
    assert merkle.verify_inclusion(1, int(size), leaf, hashes, base64.b64decode(root))
    assert app.test_client().get(f"/nhat-ky/{slug}/99/bang-chung/").status_code == 404
