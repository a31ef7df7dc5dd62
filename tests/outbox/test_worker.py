"""The worker: at least once, nobody waits for a failure, and being killed loses nothing. On both kinds of database."""

import errno
import threading
from collections import Counter
from collections.abc import Callable, Sequence
from datetime import datetime, timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from consult.administration.condition import worker_checks
from consult.administration.condition.findings import State
from consult.db import Database, Lock, writing
from consult.ledger.guard import NotSigning
from consult.outbox.failures import PermanentFailure
from consult.outbox.models import OutboxMessage
from consult.outbox.service import emit
from consult.outbox.worker import FIRST_DELAY, TRIES, Worker
from consult.sandbox import SandboxFailure
from tests.builders import NOW


def put(database: Database, event: str = "done", count: int = 1) -> None:
    """Leaves messages with their number in the outbox."""
    with database.session() as session, writing(session, Lock.OUTBOX):
        for number in range(count):
            emit(session, event, NOW, number=number)


def rows(database: Database) -> list[OutboxMessage]:
    """All messages as they stand."""
    with database.session() as session:
        return list(session.scalars(select(OutboxMessage).order_by(OutboxMessage.id)))


class Log:
    """A handler that notes what it was given, and fails on the numbers it is told to."""

    def __init__(self, failing: frozenset[int] = frozenset(), failure: Callable[[str], Exception] = OSError) -> None:
        self.calls: list[list[int]] = []
        self.failing = failing
        self.failure = failure

    def __call__(self, session: Session, messages: Sequence[OutboxMessage], now: datetime) -> None:
        # Messages of one millisecond come in any order.
        numbers = sorted(message.payload["number"] for message in messages)
        self.calls.append(numbers)
        if self.failing & set(numbers):
            raise self.failure("no answer")


def test_messages_of_an_event_are_handled_together_and_once(database: Database) -> None:
    put(database, count=3)
    log = Log()
    worker = Worker(database.session, {"done": (log,)})
    assert worker.work_once(NOW) == 3
    assert worker.work_once(NOW) == 0
    assert log.calls == [[0, 1, 2]]
    assert all(row.done_at == NOW and row.claimed_by is None for row in rows(database))


def test_nothing_is_handled_before_its_time(database: Database) -> None:
    with database.session() as session, writing(session, Lock.OUTBOX):
        emit(session, "done", NOW, run_at=NOW + timedelta(days=30), number=1)
    log = Log()
    worker = Worker(database.session, {"done": (log,)})
    assert worker.work_once(NOW) == 0
    assert worker.work_once(NOW + timedelta(days=30)) == 1


def test_an_event_that_nobody_handles_waits_for_who_does(database: Database) -> None:
    put(database, "newer")
    assert Worker(database.session, {"done": (Log(),)}).work_once(NOW) == 0
    log = Log()
    assert Worker(database.session, {"newer": (log,)}).work_once(NOW) == 1
    assert log.calls == [[0]]


def test_a_failure_is_tried_again_later_and_does_not_stop_the_others(database: Database) -> None:
    put(database, "fails")
    put(database, "mail", count=3)
    failing, mail = Log(frozenset({0})), Log(frozenset({1}))
    worker = Worker(database.session, {"fails": (failing,), "mail": (mail,)}, single=frozenset({"mail"}))
    worker.work_once(NOW)
    assert sorted(mail.calls) == [[0], [1], [2]]
    waiting = sorted((row for row in rows(database) if row.done_at is None), key=lambda row: row.event)
    assert [(row.event, row.payload["number"], row.attempts) for row in waiting] == [("fails", 0, 1), ("mail", 1, 1)]
    assert all(row.run_at == NOW + 2 * FIRST_DELAY for row in waiting)
    assert waiting[0].last_error == "OSError: no answer"
    assert worker.work_once(NOW) == 0
    mail.failing = frozenset()
    assert worker.work_once(NOW + 2 * FIRST_DELAY) == 2
    assert [row.event for row in rows(database) if row.done_at is None] == ["fails"]


def test_of_two_handlers_the_failing_one_does_not_keep_the_other(database: Database) -> None:
    put(database)
    failing, other = Log(frozenset({0})), Log()
    Worker(database.session, {"done": (failing, other)}).work_once(NOW)
    assert other.calls == [[0]]


def test_one_bad_message_of_a_batch_does_not_hold_the_good_ones(database: Database) -> None:
    put(database, count=3)
    log = Log(frozenset({1}))
    worker = Worker(database.session, {"done": (log,)})
    worker.work_once(NOW)
    worker.work_once(NOW + timedelta(hours=1))
    assert log.calls[0] == [0, 1, 2]
    assert sorted(log.calls[1:]) == [[0], [1], [2]]
    assert [row.payload["number"] for row in rows(database) if row.done_at is None] == [1]


def test_waiting_grows_and_ends(database: Database) -> None:
    put(database)
    worker = Worker(database.session, {"done": (Log(frozenset({0})),)})
    now, waits = NOW, []
    while worker.work_once(now):
        waits.append(rows(database)[0].run_at - now)
        now = rows(database)[0].run_at
    assert len(waits) == TRIES
    assert waits == sorted(waits)
    assert waits[-1] == timedelta(hours=6)
    assert rows(database)[0].given_up_at is not None


def test_what_no_try_can_help_is_given_up_at_once(database: Database) -> None:
    put(database)
    Worker(database.session, {"done": (Log(frozenset({0}), PermanentFailure),)}).work_once(NOW)
    assert (rows(database)[0].given_up_at, rows(database)[0].done_at) == (NOW, None)


def test_a_worker_that_is_stopped_gives_back_what_it_did_not_come_to(database: Database) -> None:
    put(database, "mail", count=3)
    stop = threading.Event()
    log = Log()

    def stops(session: Session, messages: Sequence[OutboxMessage], now: datetime) -> None:
        log(session, messages, now)
        stop.set()

    worker = Worker(database.session, {"mail": (stops,)}, single=frozenset({"mail"}))
    worker.work_once(NOW, stop)
    assert len(log.calls) == 1
    undone = [row for row in rows(database) if row.done_at is None]
    assert [(row.attempts, row.claimed_by) for row in undone] == [(0, None), (0, None)]
    assert worker.work_once(NOW) == 2


@pytest.mark.parametrize("workers", [2])
def test_two_workers_at_once_handle_each_message_once(database: Database, workers: int) -> None:
    put(database, count=120)
    logs = [Log() for _ in range(workers)]
    start = threading.Barrier(workers)

    def work(log: Log) -> None:
        worker = Worker(database.session, {"done": (log,)}, batch=7)
        start.wait(10)
        while worker.work_once(NOW):
            pass

    threads = [threading.Thread(target=work, args=(log,)) for log in logs]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    handled = Counter(number for log in logs for call in log.calls for number in call)
    assert handled == Counter(range(120))
    assert all(row.done_at is not None and row.attempts == 1 for row in rows(database))


def test_a_preparation_that_fails_does_not_keep_the_worker_from_working(database: Database) -> None:
    put(database)
    prepared: list[datetime] = []

    def fails(session: Session, now: datetime) -> None:
        prepared.append(now)
        raise OSError("disk full")

    stop = threading.Event()

    def ends(session: Session, messages: Sequence[OutboxMessage], now: datetime) -> None:
        stop.set()

    Worker(database.session, {"done": (ends,)}, preparations=(fails,)).run(lambda: NOW, stop)
    assert prepared == [NOW]
    assert rows(database)[0].done_at == NOW


def test_a_key_is_taken_once(database: Database) -> None:
    with database.session() as session, writing(session, Lock.OUTBOX):
        emit(session, "done", NOW, dedupe_key="one")
    with database.session() as session, pytest.raises(Exception, match="(?i)unique"), writing(session, Lock.OUTBOX):
        emit(session, "done", NOW, dedupe_key="one")
    assert len(rows(database)) == 1


def behind(_words: str) -> NotSigning:
    """A log that takes nothing until an operator has seen to it."""
    return NotSigning("log_behind")


def no_walls(words: str) -> SandboxFailure:
    """A machine that opens no file at all."""
    return SandboxFailure("no_walls", words)


def full(words: str) -> OSError:
    """A disk without room."""
    return OSError(errno.ENOSPC, words)


@pytest.mark.parametrize("failure", [behind, no_walls, full])
def test_what_an_operator_mends_uses_up_no_tries_and_does_not_stop_its_likes(
    database: Database, failure: Callable[[str], Exception]
) -> None:
    put(database, count=2)
    log, now = Log(frozenset({0}), failure), NOW
    worker = Worker(database.session, {"done": (log,)})
    for _ in range(3 * TRIES):
        worker.work_once(now)
        now += timedelta(hours=2)
    first, second = sorted(rows(database), key=lambda row: int(row.payload["number"]))
    assert second.done_at is not None and (first.done_at, first.given_up_at, first.attempts) == (None, None, 0)
    assert (first.last_error or "").startswith("OwnFault: ")
    with database.session() as session:
        assert worker_checks.jobs(session, now).reason == "own_fault"
    log.failing = frozenset()
    worker.work_once(now)
    assert rows(database)[0].done_at is not None and rows(database)[1].done_at is not None
    with database.session() as session:
        assert worker_checks.jobs(session, now).state is State.WELL
