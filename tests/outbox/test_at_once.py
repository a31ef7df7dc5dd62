"""Messages that stand in the outbox once, and are handled by one worker, whoever else is at it."""

from datetime import timedelta

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from consult.db import Database, Lock, new_id, writing
from consult.notices import account_mails
from consult.outbox.models import OutboxMessage
from consult.outbox.service import emit
from consult.outbox.worker import Worker
from consult.web.files.expired_uploads import remember_to_clear
from tests.builders import NOW
from tests.races import at_once


def count(database: Database, event: str) -> int:
    """How many messages of an event there are."""
    with database.session() as session:
        rows = select(func.count()).select_from(OutboxMessage).where(OutboxMessage.event == event)
        return session.scalar(rows) or 0


def test_a_reminder_is_left_once(database: Database) -> None:
    def remember(own: Session) -> None:
        remember_to_clear(own, NOW)

    assert at_once(database, remember, remember) == ["done", "done"] and count(database, "files_left_waiting") == 1


def test_two_workers_that_handle_one_event_ask_for_one_mail(database: Database) -> None:
    with database.session() as session, writing(session, Lock.OUTBOX):
        message = session.get_one(OutboxMessage, emit(session, "account_changed", NOW, change_id=str(new_id())))

    def handle(own: Session) -> None:
        account_mails.after_account_changed(own, [message], NOW)

    assert at_once(database, handle, handle) == ["done", "done"] and count(database, "mail_requested") == 1


def test_a_message_is_claimed_by_one_worker(database: Database) -> None:
    with database.session() as session, writing(session, Lock.OUTBOX):
        emit(session, "done", NOW)
    handled: list[int] = []
    workers = [
        Worker(database.session, {"done": (lambda _session, messages, _now: handled.append(len(messages)),)})
        for _ in range(2)
    ]
    assert at_once(database, *(lambda _own, one=one: one.work_once(NOW) for one in workers)) == ["done", "done"]
    assert handled == [1] and workers[0].work_once(NOW + timedelta(days=1)) == 0
