"""A programme against its log: what services write holds, for the site and an outsider; what is changed is named."""

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy.orm import Session

from consult import clock
from consult.files.store import FileStore
from consult.programme import promises
from consult.programme.exchanges import decisions, preparing
from consult.programme.exchanges.preparing import NewMinutes
from consult.programme.head_models import Programme
from consult.programme.reporting import reports
from consult.programme.year import tasks
from consult.transparency.commands import group
from tests.api.test_reading import verified
from tests.live import served
from tests.programme.scene import Parties, make_parties
from tests.programme.surveys.scene import make_published, make_surveyed
from tests.transparency.changing import check_holds, check_named


def lived(parties: Parties, files: FileStore) -> Programme:
    """A programme with every kind of public act."""
    session, now, year = parties.session, parties.now, parties.today.year
    one = parties.programme()
    task = parties.task(one)
    other = parties.task(one, public=False, reason="Mới có kinh phí")
    number = task.promise.number
    new = parties.new_task(output="3 lớp", reason="Thêm người")
    tasks.change(session, one, year, number, new, parties.writer, now)
    tasks.remove(session, one, year, other.promise.number, "Chuyển năm sau", parties.writer, now)
    owed = parties.recommended(parties.round(one))
    later = parties.today + timedelta(days=60)
    for kind, day, who, by in (
        ("answer", None, parties.of_commune, parties.head_of_commune),
        ("move", later, parties.of_commune, parties.signer),
        ("follow", None, parties.writer, parties.signer),
        ("done", parties.today, parties.of_commune, parties.signer),
    ):
        said = promises.say(session, owed, kind, f"Lời {kind}", day, who, now)
        promises.release(session, owed, said.number, by, now)
    meet(parties, one)
    report(parties, one, files)
    return one


def meet(parties: Parties, one: Programme) -> None:
    """An exchange with a decision, which both sides agreed on."""
    session, now, today = parties.session, parties.now, parties.today
    met = preparing.prepare(session, one, today.year, 1, parties.writer, now)
    due, by_id = today + timedelta(days=20), parties.department.id
    decisions.decide(session, met, "Cấp xe", by_id, due, None, parties.writer, now)
    written = NewMinutes(today, "Trụ sở", "Bà A", "Ông B", "", "Thống nhất.", further="Kinh phí")
    preparing.write(session, met, written, parties.writer, now)
    for actor in (parties.signer, parties.leader):
        preparing.agree(session, met, actor, now)


def report(parties: Parties, one: Programme, files: FileStore) -> None:
    """A report that both sides agreed on."""
    session, now = parties.session, parties.now
    made = reports.begin(session, one, "year", parties.today.year, parties.writer, now)
    numbers = reports.frozen(session, files, made, parties.writer, now)
    reports.write(session, made, {"rounds": "Tốt."}, parties.writer, now, numbers)
    for actor in (parties.signer, parties.leader):
        reports.agree(session, made, actor, now)


def test_what_services_write_holds_for_the_site_and_for_an_outsider(app: Flask, app_session: Session) -> None:
    parties = make_parties(app_session, clock.now())
    one = lived(parties, app.extensions["consult.files"])
    make_published(make_surveyed(app_session, app.extensions["consult.files"], parties, one))
    slug = one.matter.slug
    said = app.test_cli_runner().invoke(group, ["verify", slug])
    assert said.exit_code == 0, said.output
    assert "4 cam kết công khai đúng như nhật ký" in said.output
    assert "1 khảo sát công khai đúng như nhật ký" in said.output
    assert app.test_cli_runner().invoke(group, ["verify", "--all"]).output.endswith("(số đợt đã kiểm tra: 1).\n")
    with served(app) as address:
        told = verified(address, slug, "--programme")
    counted = "4 promises made, 2 ended, 1 steps of supervision, 1 surveys published"
    assert counted in told.stdout, told.stdout + told.stderr


@pytest.fixture(scope="module")
def scene(session_of_file: Session, files_of_file: FileStore) -> Iterator[Programme]:
    """One for all changes: it holds before them, and after all were taken back."""
    one = lived(make_parties(session_of_file), files_of_file)
    session_of_file.commit()
    check_holds(session_of_file, one, files_of_file)
    yield one
    check_holds(session_of_file, one, files_of_file)


@pytest.mark.parametrize(
    "change",
    [
        "UPDATE promise SET text = 'Khác' WHERE number = 1",
        "UPDATE promise SET due_on = '2030-01-01' WHERE number = 1",
        "UPDATE promise SET ended_on = NULL, ending = NULL WHERE number = 3",
        "UPDATE promise SET ended_on = '2020-01-01' WHERE number = 1",
        "UPDATE promise SET ended_on = '2020-01-01' WHERE number = 2",
        "UPDATE promise SET public_at = NULL WHERE number = 1",
        "UPDATE promise_act SET was = '2020-01-01' WHERE kind = 'move'",
        "UPDATE promise_act SET text = 'Khác' WHERE number = 1",
        "UPDATE promise_act SET released_at = NULL WHERE number = 3",
        "UPDATE task SET money = 'Khác'",
        "UPDATE task_change SET reason = 'Khác'",
        "UPDATE round_step SET text = 'Khác'",
        "UPDATE supervision_round SET subject = 'Khác'",
        "UPDATE programme SET number = 'Khác'",
        "UPDATE agreement SET by_id = (SELECT by_id FROM agreement ORDER BY at, id LIMIT 1)",
        "DELETE FROM agreement WHERE thing_id IN (SELECT id FROM year_plan)",
        "UPDATE consultation SET title = 'Khác'",
        "UPDATE year_plan SET public_at = NULL",
        "UPDATE exchange SET minutes = 'Khác'",
        "UPDATE agenda_item SET note = 'Khác'",
        "DELETE FROM agreement WHERE thing_id IN (SELECT id FROM exchange)",
        "DELETE FROM decision",
        "UPDATE programme_report SET as_of = '2020-01-01'",
        "UPDATE programme_report SET public_at = NULL",
    ],
)
def test_what_is_changed_is_named(
    session_of_file: Session, scene: Programme, files_of_file: FileStore, change: str
) -> None:
    check_named(session_of_file, scene, files_of_file, change)


@pytest.mark.parametrize(
    "change",
    [
        "UPDATE survey SET title = 'Khác'",
        "UPDATE survey SET results = '{}'",
        "UPDATE survey SET released_at = NULL",
        "UPDATE survey_area SET population = 5",
        "UPDATE survey_question_set SET questions = '[]'",
    ],
)
def test_what_is_changed_of_a_survey_is_named(session: Session, tmp_path: Path, change: str) -> None:
    files = FileStore(tmp_path)
    surveyed = make_surveyed(session, files)
    make_published(surveyed)
    check_holds(session, surveyed.programme, files)
    check_named(session, surveyed.programme, files, change)
