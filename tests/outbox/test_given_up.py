"""What was given up is told for a week, and can be done again or forgotten; a stranger's slip is no alarm."""

from datetime import datetime, timedelta

import pytest
from flask import Flask
from sqlalchemy import event, select, text
from sqlalchemy.orm import Session

from consult import clock
from consult.administration.condition import worker_checks
from consult.administration.condition.findings import State
from consult.administration.condition.machine_checks import behind
from consult.db import Database
from consult.outbox import dead_letters
from consult.outbox.condition import LOOK_BACK
from consult.outbox.models import OutboxMessage
from consult.outbox.service import emit
from consult.stages import Stage
from tests.builders import NOW, make_consultation

REFUSED, AWAY, FAULT = "Hopeless: refused 550", "NotTaken: 421", "KeyError: file"
DAY = timedelta(days=1)


def gone(session: Session, kind: str, error: str, at: datetime = NOW) -> OutboxMessage:
    """Something that was given up at an instant."""
    message = session.get_one(OutboxMessage, emit(session, kind, at - DAY))
    message.given_up_at, message.last_error, message.attempts = at, error, 20
    session.commit()
    return message


@pytest.mark.parametrize(("kind", "error"), [("mail_requested", AWAY), ("pages_waiting", FAULT)])
def test_it_is_told_for_a_week(session: Session, kind: str, error: str) -> None:
    look = worker_checks.mail if kind == "mail_requested" else worker_checks.jobs
    gone(session, kind, error)
    told = [look(session, NOW + days * DAY).state is not State.WELL for days in (0, 6, 8, 700)]
    assert told == [True, True, False, False]


def test_an_old_fault_hides_no_new_one(session: Session) -> None:
    gone(session, "pages_waiting", "OldError: x", NOW - 30 * DAY)
    gone(session, "pages_waiting", FAULT)
    found = worker_checks.jobs(session, NOW)
    assert (found.details["count"], found.details["names"]) == (1, "pages_waiting (KeyError)")


def test_a_mailbox_that_is_not_there_is_a_number_and_no_alarm(session: Session) -> None:
    gone(session, "mail_requested", REFUSED)
    gone(session, "mail_requested", "Hopeless: bad_address")
    found = worker_checks.mail(session, NOW)
    assert (found.state, found.reason, found.details["count"]) == (State.WELL, "refused", 2)
    gone(session, "mail_requested", AWAY)
    found = worker_checks.mail(session, NOW)
    assert (found.reason, found.details["count"], found.details["error"]) == ("given_up", 1, "NotTaken: 421")


def test_a_server_that_takes_no_mail_at_all_is_told(session: Session) -> None:
    """A server that does not pass on mail of ours answers with 550 to every address."""
    for _ in range(3):
        gone(session, "mail_requested", REFUSED)
    assert worker_checks.mail(session, NOW).reason == "all_refused"
    session.get_one(OutboxMessage, emit(session, "mail_requested", NOW)).done_at = NOW
    session.commit()
    assert worker_checks.mail(session, NOW).reason == "refused"


def test_what_was_given_up_is_done_again(session: Session) -> None:
    mail, other = gone(session, "mail_requested", AWAY), gone(session, "pages_waiting", FAULT)
    old = gone(session, "mail_requested", AWAY, NOW - 30 * DAY)
    later = NOW + timedelta(hours=1)
    assert dead_letters.retry(session, "mail_requested", NOW - LOOK_BACK, later) == 1
    session.expire_all()
    assert (mail.given_up_at, mail.attempts, mail.run_at, mail.done_at) == (None, 0, later, None)
    assert other.given_up_at == NOW and old.given_up_at is not None
    assert dead_letters.retry(session, "", NOW - 60 * DAY, later) == 2
    assert dead_letters.retry(session, "", NOW - 60 * DAY, later) == 0
    session.expire_all()
    assert worker_checks.mail(session, NOW).reason == worker_checks.jobs(session, NOW).reason == "well"


def test_what_was_given_up_is_forgotten_and_stays_written(session: Session) -> None:
    mail, other = gone(session, "mail_requested", AWAY), gone(session, "pages_waiting", FAULT)
    assert dead_letters.forget(session, "pages_waiting", NOW) == 1
    session.expire_all()
    assert (
        worker_checks.jobs(session, NOW).state is State.WELL and worker_checks.mail(session, NOW).reason == "given_up"
    )
    assert (other.last_error, other.given_up_at, mail.done_at) == (FAULT, NOW, None)
    assert dead_letters.retry(session, "pages_waiting", NOW - LOOK_BACK, NOW) == 0
    assert dead_letters.forget(session, "", NOW) == 1


def test_the_commands_say_how_many(app: Flask, app_session: Session) -> None:
    for kind in ("pages_waiting", "mail_requested"):
        gone(app_session, kind, FAULT, clock.now())
    run = app.test_cli_runner().invoke
    assert run(args=["outbox", "retry", "pages_waiting"]).output == "Số việc consult-worker sẽ làm lại: 1.\n"
    assert run(args=["outbox", "forget"]).output == "Số việc không còn báo: 1.\n"
    left = app_session.scalars(select(OutboxMessage).where(OutboxMessage.done_at.is_(None))).all()
    assert [(one.event, one.given_up_at) for one in left] == [("pages_waiting", None)]


def test_no_question_of_a_watcher_goes_through_whole_tables(database: Database) -> None:
    """However many entries and events there are."""
    if database.engine.dialect.name != "sqlite":
        return
    asked: list[str] = []
    with database.session() as session:
        make_consultation(session, Stage.OPEN)
        gone(session, "mail_requested", REFUSED)
        event.listen(
            database.engine,
            "before_cursor_execute",
            lambda _connection, cursor, statement, values, *_rest: asked.extend(
                row[3] for row in cursor.execute(f"EXPLAIN QUERY PLAN {statement}", values) if statement[:6] == "SELECT"
            ),
        )
        behind(session, NOW)
        worker_checks.mail(session, NOW)
        worker_checks.jobs(session, NOW)
        worker_checks.events(session, NOW)
        assert session.execute(text("SELECT 1")).scalar() == 1
    assert asked and not [step for step in asked if step.startswith(("SCAN outbox_message", "SCAN ledger_entry"))], (
        asked
    )
