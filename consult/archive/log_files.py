"""The log in the archive: as its verifiers ask for it, as tiles, and as pages for people."""

from collections.abc import Iterator, Mapping
from typing import Any

from consult.api.saved_answers import SavedAnswers
from consult.archive.making import Making
from consult.archive.paging import Place, pages_for
from consult.errors import NotFound
from consult.exports.official_language import official
from consult.ledger import cosignatures, merkle, service
from consult.ledger.cosignature import with_lines
from consult.ledger.log import Log
from consult.transparency import logs, tiles

FOLDER, TILES = "nhat-ky", "tlog"
ENTRIES_ON_A_PAGE = 250


def answers_of(making: Making) -> SavedAnswers:
    """What the verifier asks for, put into the archive where it looks for it."""
    folder = f"{FOLDER}/{making.consultation.slug}"

    def put(name: str, data: bytes) -> None:
        making.parts.add(f"{folder}/{name}.json", data)

    return SavedAnswers(put, making.session, making.consultation, making.now, official)


def write_log(making: Making, answers: SavedAnswers) -> Mapping[str, Any]:
    """Checkpoint, cosignatures, entries, proofs, tiles and pages; gives what is said of the log. Raises NotSigning."""
    told = _said(making)
    size, epoch = told["size"], Log(making.session, making.consultation.id).epoch
    answers.ledger(told)
    answers.entries(size)
    answers.proofs(size)
    making.parts.add(f"{TILES}/{epoch}/checkpoint", told["checkpoint"].encode())
    _write_tiles(making, size, epoch)
    _write_pages(making, size)
    return told


def _said(making: Making) -> dict[str, Any]:
    """The log as the API says it, its checkpoint with what witnesses have signed under it."""
    session, own_id = making.session, making.consultation.id
    signed = service.signed(session, own_id, making.now, making.tools.signer)
    epoch = Log(session, own_id).epoch
    witnessed = cosignatures.covering(session, own_id, epoch)
    each = cosignatures.newest(session, own_id).values()
    return {
        "origin": signed.origin,
        "keys": making.tools.signer.published(signed.origin),
        "size": signed.size,
        "checkpoint": cosignatures.under(session, own_id, epoch, signed.size, signed.note),
        "witnessed": witnessed[1] if witnessed else None,
        "witnesses": [with_lines(row.note, [row.line]) for row in each if row.epoch == epoch],
    }


def _write_tiles(making: Making, size: int, epoch: int) -> None:
    for tile, address in tiles.tiles_of(size):
        try:
            data = tiles.content(making.session, making.consultation.id, tile)
        except NotFound:
            # A bundle with an entry that is longer than the format can say.
            continue
        kind = "entries" if tile.level is None else str(tile.level)
        making.parts.add(f"{TILES}/{epoch}/tile/{kind}/{address}", data)


def _write_pages(making: Making, size: int) -> None:
    count = pages_for(size, ENTRIES_ON_A_PAGE)
    for number in range(1, count + 1):
        where = Place(FOLDER, number, count)
        shown = _entries(making, (number - 1) * ENTRIES_ON_A_PAGE)
        making.page(where.name, "log", entries=shown, where=where, size=size)


def _entries(making: Making, start: int) -> Iterator[dict[str, Any]]:
    for entry in logs.entries_of(making.session, making.consultation.id, start, ENTRIES_ON_A_PAGE):
        leaf = merkle.leaf_hash(entry.body.encode()).hex()
        yield {"index": entry.index, "kind": entry.kind, "at": entry.at, "body": entry.body, "leaf": leaf}
