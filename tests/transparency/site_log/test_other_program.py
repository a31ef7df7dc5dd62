"""A program that we did not write reads our tiles, checkpoints and cosignatures: aics-tlog, of a package registry. It
needs Python 3.12; where it is not installed, conftest.py leaves this file out."""

from dataclasses import replace
from typing import Any

import aics_tlog as other  # type: ignore[import-not-found, unused-ignore]
from flask import Flask

from consult.consultations.models import Consultation
from consult.ledger.site_entries import SITE_LOG
from consult.witness.settings import Witness
from tests.live import served
from tests.responses.desk_builder import SIGNER
from tests.witness.test_site import ask_all, send


def read(address: str, name: str, origin: str, witness: str) -> int:
    """Reads a whole log as that program does, and gives its size; it raises for what it does not take."""
    reader = other.HttpTileReader(f"{address}/nhat-ky/{name}/tlog/1/", proxies={})
    [fetched] = reader.fetch_checkpoints()
    given, key = other.parse_note(fetched.data), other.parse_vkey(SIGNER.published(origin)[0]["vkey"])
    said = other.verify_checkpoint(given, key, [other.parse_vkey(witness)], quorum=1)
    assert said.ok and said.origin == origin, said
    size, root = said.size, said.root
    proven = other.VerifiedTileReader(reader, size, root)
    entry = other.read_entry(proven, size - 1, size)
    proof = other.inclusion_proof_from_tiles(proven, size - 1, size)
    assert other.verify_leaf_inclusion(entry, size - 1, size, proof, root)
    assert other.audit_tiles(reader, size, root).size == size
    return int(size)


def test_it_reads_the_log_of_a_matter_and_the_site_log(
    app: Flask, matter: Consultation, note: Any, reached: Witness
) -> None:
    """Also below the second signature of the site, of a kind that it does not know."""
    app.extensions["consult.signer"] = replace(SIGNER, further=True)
    send(app, matter.slug, "Đề nghị giữ.")
    send(app, matter.slug, "Đề nghị bỏ.")
    note()
    ask_all(app)
    own_id, slug = matter.id, matter.slug
    with served(app) as address:
        assert read(address, slug, SIGNER.origin(own_id), str(reached.key)) >= 2
        assert read(address, "toan-trang", SIGNER.origin(SITE_LOG), str(reached.key)) == 1
