"""What cannot be seen of the site is said with its reason, in a sentence and never in a traceback."""

import errno
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
from alembic import command
from alembic.script import ScriptDirectory
from flask import Flask
from sqlalchemy import text
from sqlalchemy.orm import Session

from consult import schema
from consult.administration.condition import setup_checks, storage_checks
from consult.administration.condition.findings import Check, State, broken, look_at, well
from consult.sandbox import self_test
from tests.builders import NOW


def test_a_look_that_fails_hides_nothing_else(session: Session) -> None:
    def fails(_session: Session, _now: datetime) -> Any:
        raise RuntimeError("whatever\nand more")

    def finds_nothing(_session: Session, _now: datetime) -> Any:
        raise FileNotFoundError(errno.ENOENT, "No usable temporary directory found")

    checks = (
        Check("clock", fails),
        Check("sandbox", finds_nothing),
        Check("files", lambda _session, _now: well("files")),
        Check("schema", lambda _session, _now: broken("schema", "other")),
        Check("keys", fails, stored=True),
    )
    found = look_at(checks, session, NOW)
    assert [(one.state, one.reason) for one in found] == [
        (State.UNKNOWN, "failed"),
        (State.UNKNOWN, "not_to_be_had"),
        (State.WELL, "well"),
        (State.BROKEN, "other"),
        (State.UNKNOWN, "hidden"),
    ]
    assert [one.details.get("why", "").partition(":")[0] for one in found[:2]] == ["RuntimeError", "FileNotFoundError"]
    assert "and more" not in found[0].details["why"]


@pytest.mark.parametrize("traced", ["", "1"])
def test_the_command_says_in_a_sentence_what_it_could_not_see(
    app: Flask, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture, traced: str
) -> None:
    def nowhere() -> Any:
        raise FileNotFoundError(errno.ENOENT, "No usable temporary directory found in ['/tmp']")

    monkeypatch.setenv("CONSULT_TRACEBACK", traced)
    monkeypatch.setattr(self_test, "_tried", nowhere)
    monkeypatch.setattr(self_test._found, "until", 0.0)
    with app.extensions["consult.database"].engine.begin() as connection:
        connection.execute(text("DROP TABLE outbox_worker"))
    command.stamp(schema.configuration(app.config["DATABASE_URL"]), "head")
    said = app.test_cli_runner().invoke(args=["check"])
    lines = said.output.splitlines()
    [sandbox] = [line for line in lines if "Hộp cát" in line]
    assert "vì máy không cho" in sandbox and "No usable temporary directory" in sandbox
    [worker] = [line for line in lines if "] Dịch vụ consult-worker" in line]
    assert "Không xem được: " in worker and "outbox_worker" in worker and "SELECT" not in worker
    assert said.exit_code == 1 and "Traceback" not in said.output
    assert bool(caplog.records) is bool(traced)


def test_a_watcher_leaves_the_traceback_in_the_log(
    app: Flask, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def nowhere() -> Any:
        raise FileNotFoundError(errno.ENOENT, "No usable temporary directory found in ['/tmp']")

    monkeypatch.setattr(self_test, "_tried", nowhere)
    monkeypatch.setattr(self_test._found, "until", 0.0)
    answer = app.test_client().get("/readyz")
    assert answer.get_json()["sandbox"] is None and "temporary" not in answer.text
    assert any(record.exc_info for record in caplog.records)


def test_tables_of_a_newer_release_are_not_to_be_upgraded(app: Flask) -> None:
    database = app.extensions["consult.database"]
    command.stamp(schema.configuration(app.config["DATABASE_URL"]), "head")
    known = list(ScriptDirectory(str(schema.MIGRATIONS)).walk_revisions())
    found = {}
    for name, number in (("newer", "ffffffffffff"), ("other", known[1].revision), ("well", known[0].revision)):
        with database.engine.begin() as connection:
            connection.execute(text("UPDATE alembic_version SET version_num = :number"), {"number": number})
        found[name] = storage_checks.schema_known(database).reason
    assert found == {name: name for name in found}


def test_who_keeps_the_site_running_is_to_be_named(app: Flask, tmp_path: Path) -> None:
    given = dict.fromkeys(setup_checks.WANTED, "something")
    assert setup_checks.settings(given).state is State.WELL
    found = setup_checks.settings({**given, "OPERATOR_MAIL": ""})
    assert (found.state, found.details["names"]) == (State.ATTENTION, "CONSULT_OPERATOR_MAIL")
    assert [setup_checks.backup_key(key).reason for key in ("age1…", "")] == ["well", "none_named"]
    assert setup_checks.backup_key("").state is State.WELL
    assert "backup_key" in {check.name for check in app.extensions["consult.checks"]}
