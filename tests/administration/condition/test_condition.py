"""The condition of the site: what a watcher, an administrator and an operator are told, and what a stranger learns."""

import errno
import os
import shutil
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from alembic import command
from flask import Flask
from sqlalchemy import Engine, select, text
from sqlalchemy.orm import Session

from consult import clock
from consult.administration.backups import last_runs
from consult.administration.condition import machine_checks, setup_checks, storage_checks, worker_checks
from consult.administration.condition.findings import State
from consult.consultations.reference import seeding
from consult.db import Database, connect
from consult.files import virus_scanner
from consult.files.damaged import DamageRecord
from consult.files.store import ChangedFile, FileStore
from consult.keys import service
from consult.keys.ring import KeyRing, Purpose
from consult.ledger.models import LedgerEntry
from consult.outbox.heartbeats import Heartbeat, living
from consult.outbox.models import OutboxMessage
from consult.outbox.service import emit
from consult.people.words import Role
from consult.sandbox import self_test
from consult.schema import configuration
from consult.web import health
from tests.application import Begin, sign_in
from tests.builders import NOW, make_consultation, make_organisation, make_user
from tests.pages import Browser


def stamp(app: Flask) -> None:
    """Says of the tests' database, which the models made, that it stands at the newest migration."""
    command.stamp(configuration(app.config["DATABASE_URL"]), "head")


def told(app: Flask, query: str = "") -> tuple[int, dict[str, Any]]:
    """The status and the words of /readyz."""
    answer = app.test_client().get(f"/readyz{query}")
    return answer.status_code, answer.get_json()


def test_a_site_in_order_is_alive_and_ready(app: Flask, browser: Browser) -> None:
    stamp(app)
    assert browser.get("/healthz").json == {"alive": True}
    ready = browser.get("/readyz")
    needed = ("ready", "database", "schema", "commit", "files", "signing_key", "keys")
    assert {name: ready.json[name] for name in needed} == dict.fromkeys(needed, True)
    assert ready.headers["Cache-Control"] == "no-store"


def test_what_wants_to_be_looked_at_is_told_without_taking_the_site_away(app: Flask) -> None:
    stamp(app)
    status, parts = told(app)
    assert (status, parts["ready"], parts["well"], parts["settings"]) == (200, True, False, False)
    assert told(app, "?well=1")[0] == 503


def test_an_old_schema_is_not_ready_and_hides_what_is_stored(app: Flask) -> None:
    stamp(app)
    with app.extensions["consult.database"].engine.begin() as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = 'of_old'"))
    status, parts = told(app)
    assert (status, parts["ready"], parts["database"], parts["schema"]) == (503, False, True, False)
    assert parts["administrators"] is None and parts["files"] is True


@pytest.mark.parametrize("folder", ["there", "nowhere"])
def test_without_a_database_it_lives_but_is_not_ready(
    settings: dict[str, Any], tmp_path: Path, folder: str, begin: Begin
) -> None:
    (tmp_path / "there").mkdir()
    file = tmp_path / folder / "consult.sqlite"
    away = begin({**settings, "DATABASE_URL": f"sqlite:///{file}"})
    client = away.test_client()
    assert client.get("/healthz").status_code == 200
    answer = client.get("/readyz")
    assert answer.status_code == 503
    assert answer.get_json()["database"] is False
    assert str(tmp_path) not in answer.text
    assert not file.exists()
    assert client.get("/tiep-can/").status_code == 200


def test_a_folder_that_takes_no_files_is_not_ready(settings: dict[str, Any], tmp_path: Path, begin: Begin) -> None:
    in_the_way = tmp_path / "a-file"
    in_the_way.write_text("")
    status, parts = told(begin({**settings, "FILES_FOLDER": in_the_way / "files"}))
    assert (status, parts["files"]) == (503, False)


def test_a_commit_that_cannot_reach_the_disk_is_not_ready(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    """The database is read as before, and every fsync ends in EIO."""
    stamp(app)

    def fails(_descriptor: int) -> None:
        raise OSError(errno.EIO, "Input/output error")

    monkeypatch.setattr(os, "fsync", fails)
    status, parts = told(app)
    assert (status, parts["database"], parts["commit"], parts["files"]) == (503, True, False, False)


def test_a_commit_is_tried_on_both_kinds_of_database(engine: Engine) -> None:
    assert health.commits(engine)


def test_a_server_that_takes_nothing_in_is_not_ready(database: Database) -> None:
    if database.engine.dialect.name == "postgresql":
        database.engine.dispose()
        away = connect(database.engine.url.set(query={"host": "/nowhere"}).render_as_string(hide_password=False))
    else:
        away = connect("sqlite:////nowhere/consult.sqlite")
    assert not health.commits(away)
    away.dispose()


def test_without_a_key_it_is_not_ready(app: Flask, settings: dict[str, Any], begin: Begin) -> None:
    stamp(app)
    for key in Path(settings["KEYS_FOLDER"]).glob("*.key"):
        key.unlink()
    status, parts = told(begin(settings))
    assert (status, parts["signing_key"]) == (503, False)


def test_a_key_of_tomorrow_is_none_yet(app: Flask, session: Session) -> None:
    signer = app.extensions["consult.signer"]
    assert storage_checks.signing_key(signer, session, clock.now()).state is State.WELL
    early = min(key.valid_from for key in signer.keys) - timedelta(days=1)
    assert storage_checks.signing_key(signer, session, early).reason == "not_yet"


def test_work_that_is_left_undone_is_told(session: Session) -> None:
    looks = (worker_checks.worker, worker_checks.events, worker_checks.mail, worker_checks.jobs)
    assert [look(session, NOW).reason for look in looks] == ["none", "well", "well", "well"]
    for event, error in (
        ("mail_requested", "DeliveryFailed: mail server said 550"),
        ("pages_waiting", "KeyError: file"),
    ):
        emit(session, event, NOW - timedelta(hours=1))
        gone = session.get_one(OutboxMessage, emit(session, event, NOW - timedelta(days=2)))
        gone.given_up_at, gone.last_error = NOW, error
    Heartbeat().enter(session, NOW - timedelta(minutes=10))
    session.flush()
    found = [
        look(session, NOW)
        for look in (worker_checks.worker, worker_checks.events, worker_checks.mail, worker_checks.jobs)
    ]
    assert [(one.reason, one.details.get("count", one.details.get("minutes"))) for one in found] == [
        ("silent", 10), ("late", 2), ("given_up", 1), ("given_up", 1)
    ]  # fmt: skip
    assert "550" in found[2].details["error"] and found[3].details["names"] == "pages_waiting (KeyError)"


def test_backups_that_fail_or_fail_to_come_are_told(session: Session, tmp_path: Path) -> None:
    def told_at(now: datetime) -> str:
        return storage_checks.backup(tmp_path, session, now).reason

    assert told_at(NOW) == "none"
    last_runs.succeeded(tmp_path, tmp_path / "one", 3, 100, 100, NOW)
    assert [told_at(NOW + timedelta(hours=hours)) for hours in (20, 40)] == ["well", "old"]
    last_runs.failed(tmp_path, "No room.", NOW + timedelta(hours=24))
    assert told_at(NOW + timedelta(hours=25)) == "failed"


def test_a_wall_that_is_missing_and_a_silent_scanner_are_told(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    assert worker_checks.sandbox().state is State.WELL
    monkeypatch.setattr(self_test._found, "found", [self_test.Wall("unix_socket", False, "it was not refused")])
    found = worker_checks.sandbox()
    assert (found.state, found.details["names"]) == (State.BROKEN, "unix_socket")
    assert worker_checks.scanner("").reason == "none_named"
    virus_scanner.use("/nowhere/scanner")
    try:
        assert worker_checks.scanner("/nowhere/scanner").reason == "silent"
    finally:
        virus_scanner.use("")


def test_a_file_found_damaged_is_told_until_it_is_right_again(tmp_path: Path) -> None:
    store = FileStore(tmp_path / "files")
    damages = DamageRecord(store)
    name = store.put(b"a draft")
    store.path(name).write_bytes(b"another")
    with pytest.raises(ChangedFile) as changed:
        store.get(name)
    damages.report(changed.value)
    assert storage_checks.kept_files(damages).details["count"] == 1
    store.path(name).write_bytes(b"a draft")
    assert storage_checks.kept_files(damages).state is State.WELL


def test_a_key_that_the_database_knows_and_the_site_has_not_is_missed(app: Flask, app_session: Session) -> None:
    ring = app.extensions["consult.keys"]
    service.note(app_session, ring)
    assert storage_checks.keys(ring, app_session, NOW).state is State.WELL
    without = KeyRing(tuple(key for key in ring.keys if key.purpose is not Purpose.RECEIPTS))
    gone = storage_checks.keys(without, app_session, NOW)
    assert (gone.state, gone.reason) == (State.BROKEN, "missing") and "receipts" in gone.details["names"]


def test_little_room_is_told_before_there_is_none(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    usage = type(shutil.disk_usage(tmp_path))

    def with_free(megabytes: int) -> State:
        monkeypatch.setattr(shutil, "disk_usage", lambda _folder: usage(40_000 << 20, 0, megabytes << 20))
        return machine_checks.disk(tmp_path).state

    assert [with_free(free) for free in (20_000, 3_000, 150)] == [State.WELL, State.ATTENTION, State.BROKEN]


def test_a_clock_behind_what_is_written_down_is_broken(session: Session) -> None:
    make_consultation(session, now=NOW)
    logged = session.scalars(select(LedgerEntry.at).order_by(LedgerEntry.at.desc())).first()
    assert logged is not None
    assert machine_checks.behind(session, logged) == timedelta(0)
    behind = machine_checks.clock(session, logged - timedelta(hours=1))
    assert (behind.state, behind.details["seconds"]) == (State.BROKEN, 3600)


def test_two_administrators_are_wanted(session: Session) -> None:
    office = make_organisation(session, name="Sở")
    found = [setup_checks.administrators(session, NOW).reason]
    for name in ("Lò Văn Một", "Lò Thị Hai"):
        make_user(session, office, [Role.ADMINISTRATOR], name=name)
        found.append(setup_checks.administrators(session, clock.now()).reason)
    assert found == ["none", "one", "well"]


def test_days_off_of_the_next_year_are_wanted_in_november(session: Session) -> None:
    seeding.seed_rules(session)
    known = datetime(2027, 3, 1, tzinfo=clock.LOCAL_ZONE)
    assert setup_checks.holidays(session, known.replace(year=2026)).state is State.WELL
    late = setup_checks.holidays(session, datetime(2031, 11, 1, tzinfo=clock.LOCAL_ZONE))
    assert (late.reason, late.details["years"]) == ("missing", "2031, 2032")


def test_the_command_says_the_same_and_fails_when_something_is_broken(app: Flask) -> None:
    stamp(app)
    with living(Heartbeat(), app.extensions["consult.database"].session, clock.now):
        said = app.test_cli_runner().invoke(args=["check"])
    assert said.exit_code == 0, said.output
    assert len(said.output.splitlines()) == len(app.extensions["consult.checks"]) + 1
    with app.extensions["consult.database"].engine.begin() as connection:
        connection.execute(text("DELETE FROM alembic_version"))
    said = app.test_cli_runner().invoke(args=["check"])
    assert said.exit_code == 1 and "db upgrade" in said.output and "Traceback" not in said.output


@pytest.mark.parametrize("url", ["sqlite:////nowhere/consult.sqlite", "postgresql+psycopg://consult@127.0.0.1:1/x"])
def test_the_command_says_what_is_wrong_without_a_database(settings: dict[str, Any], url: str, begin: Begin) -> None:
    away = begin({**settings, "DATABASE_URL": url})
    said = away.test_cli_runner().invoke(args=["check"])
    assert said.exit_code == 1 and said.stdout.startswith("[hỏng] Cơ sở dữ liệu: Không")
    assert said.stderr.startswith("Lỗi: Có ") and said.stderr.count("\n") == 1


def test_administrators_alone_read_the_page(app: Flask, app_session: Session, browser: Browser) -> None:
    stamp(app)
    office = make_organisation(app_session, name="Sở")
    sign_in(browser, make_user(app_session, office, [Role.ADMINISTRATOR], name="Lương Đức Toàn"))
    page = browser.get("/quan-tri/tinh-trang/")
    assert page.heading == "Tình trạng hệ thống"
    assert "Chỉ có một người quản trị" in page.text and "Các bảng đúng với phiên bản" in page.text
    officer = Browser(app)
    sign_in(officer, make_user(app_session, office, [Role.OFFICER], name="Nông Thị Hằng"))
    officer.get("/quan-tri/tinh-trang/", status=403)
