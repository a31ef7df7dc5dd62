"""`ledger verify` holds the stored signatures of witnesses too, and keeps what it found; who refuses is told."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import text

from consult import clock
from consult.administration.condition import kept_results
from consult.administration.condition.findings import State
from consult.consultations.models import Consultation
from consult.ledger import cosignatures
from consult.ledger.log import Log
from consult.transparency.commands import group
from consult.witness import condition
from consult.witness.settings import Witness
from consult.witness.words import Said
from tests.house.texts import catalogue
from tests.transparency.lively import Lively
from tests.witness.test_site import ask_all

Verify = Callable[..., Any]


@pytest.fixture
def verify(app: Flask, reached: Witness, lively: Lively) -> Verify:
    """Runs the command over all logs, of which a witness has signed what there is."""
    ask_all(app)

    def run(wanted: int) -> str:
        said = app.test_cli_runner().invoke(group, ["verify", "--all"])
        assert said.exit_code == wanted, said.output
        return said.output

    return run


def kept(app: Flask) -> dict[str, Any]:
    """What is kept of the last verification."""
    return kept_results.last(app.config["CONDITION_FOLDER"], kept_results.VERIFIED)


def change(app: Flask, statement: str, **values: object) -> None:
    """Changes the database past every service."""
    with app.extensions["consult.database"].engine.begin() as connection:
        connection.execute(text(statement), values)


def test_good_cosignatures_are_told_and_the_result_is_kept(app: Flask, verify: Verify) -> None:
    assert "chữ ký nhân chứng đã lưu đúng" in verify(0)
    found = kept(app)
    assert found["broken"] == [] and found["count"] >= 1 and found["entries"] > 0


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE cosignature SET line = replace(line, substr(line, -12, 4), 'AAAA')",
        "UPDATE cosignature SET note = replace(note, substr(note, -12, 4), 'AAAA')",
        "UPDATE cosignature SET at = '2020-01-01 00:00:00.000000'",
        "UPDATE cosignature SET size = size + 1",
    ],
)
def test_a_stored_cosignature_that_was_changed_is_named(app: Flask, verify: Verify, statement: str) -> None:
    change(app, statement)
    assert "chữ ký nhân chứng" in verify(1)
    assert len(kept(app)["broken"]) == 1


def test_of_a_witness_that_is_named_no_more_the_checkpoint_is_held(app: Flask, verify: Verify) -> None:
    app.extensions["consult.witnesses"] = ()
    assert "chữ ký nhân chứng đã lưu đúng" in verify(0)
    change(app, "UPDATE cosignature SET size = size + 1")
    assert "chữ ký nhân chứng" in verify(1)


def test_a_witness_that_refuses_is_broken_and_one_that_is_silent_may_be_for_a_day(
    app: Flask, reached: Witness, matter: Consultation
) -> None:
    now = clock.now()

    def found(said: Said, since: timedelta) -> tuple[State, str]:
        with app.extensions["consult.database"].session() as session:
            log = Log(session, matter.id)
            cosignatures.note_answer(session, log, log.size, reached.name, said, None, now - since)
            session.flush()
            told = condition.witnesses(app.extensions, session, now)
            assert f"condition.witnesses.{told.reason}" in catalogue("vi")
            return told.state, told.reason

    assert found(Said.SILENT, timedelta(hours=3)) == (State.WELL, "well")
    assert found(Said.SILENT, timedelta(days=2)) == (State.ATTENTION, "silent")
    assert found(Said.FORKED, timedelta(0)) == (State.BROKEN, "refusing")
