"""A site with a matter in which somebody has said something, and a witness that trusts it."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from flask import Flask

from consult.ledger.cosignature import read_witness_key
from consult.witness.settings import Witness
from tests.api.conftest import app, ask, lively, matter
from tests.submissions.rows import SIGNER
from tests.transparency.conftest import restored, urls
from tests.witness.program import answering, made

__all__ = ["app", "ask", "lively", "matter", "restored", "urls"]

VKEY = SIGNER.published(SIGNER.log_name)[-1]["vkey"]


@pytest.fixture
def outside(tmp_path: Path, app: Flask) -> Any:
    """The witness, a program of its own."""
    return made(tmp_path / "outside", app.extensions["consult.signer"].published(SIGNER.log_name)[-1]["vkey"])


@pytest.fixture
def reached(app: Flask, outside: Any) -> Iterator[Witness]:
    """The same as the site knows it, over the network."""
    with answering(outside) as address:
        witness = Witness(read_witness_key(outside.vkey), address)
        app.extensions["consult.witnesses"] = (witness,)
        yield witness
