"""A claim holds while its worker lives, however long its work takes and whatever the clocks do. On both databases."""

import threading
from collections.abc import Sequence
from datetime import datetime, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from consult.db import Database
from consult.outbox import condition, heartbeats
from consult.outbox.failures import PermanentFailure
from consult.outbox.heartbeats import BEATS_TO_DEATH
from consult.outbox.models import OutboxMessage, OutboxWorker
from consult.outbox.worker import TRIES, Worker
from tests.builders import NOW
from tests.outbox.test_worker import Log, put, rows


def worker(database: Database, log: Log | None = None) -> Worker:
    return Worker(database.session, {"done": (log or Log(),)})


def claimed(database: Database, by: Worker) -> list[OutboxMessage]:
    with database.session() as session:
        return by._claim(session, NOW)


def test_a_claim_keeps_others_away_for_as_long_as_its_worker_lives(database: Database) -> None:
    put(database)
    log = Log()
    one, other = worker(database), worker(database, log)
    assert len(claimed(database, one)) == 1
    for hour in range(5):
        now = NOW + timedelta(hours=hour)
        one.beat(now)
        other.beat(now)
        assert other.work_once(now) == 0
    for _ in range(BEATS_TO_DEATH):
        assert other.work_once(now) == 0
        other.beat(now)
    assert other.work_once(now) == 1 and log.calls == [[0]]


def test_clocks_that_jump_neither_free_nor_keep_a_claim(database: Database) -> None:
    put(database)
    one, other = worker(database), worker(database)
    claimed(database, one)
    for days in (0, 10, -10, 300):
        one.beat(NOW)
        other.beat(NOW + timedelta(days=days))
        assert other.work_once(NOW + timedelta(days=300)) == 0
    for _ in range(BEATS_TO_DEATH):
        other.beat(NOW - timedelta(days=300))
    assert other.work_once(NOW) == 1


def test_who_beats_alone_for_the_first_time_takes_nobody_for_dead(database: Database) -> None:
    """After a time in which nobody could write: the others have as long as ever to count on."""
    put(database)
    one, other = worker(database), worker(database)
    claimed(database, one)
    other.beat(NOW)
    for _ in range(BEATS_TO_DEATH - 1):
        other.beat(NOW)
    one.beat(NOW)
    other.beat(NOW)
    assert other.work_once(NOW) == 0


def test_a_worker_held_up_for_too_long_changes_nothing_of_what_was_taken_over(database: Database) -> None:
    put(database)
    log, other = Log(), worker(database)

    def held_up(session: Session, messages: Sequence[OutboxMessage], now: datetime) -> None:
        log(session, messages, now)
        for _ in range(BEATS_TO_DEATH + 1):
            other.beat(NOW)
        assert len(claimed(database, other)) == 1
        raise OSError("woke up late")

    one = Worker(database.session, {"done": (held_up,)})
    one.work_once(NOW)
    [row] = rows(database)
    assert (row.claimed_by, row.last_error, row.done_at) == (other.life.id, None, None)
    one.beat(NOW)
    with database.session() as session:
        assert session.get(OutboxWorker, one.life.id) is not None, "it lives on under its name"


def test_who_leaves_in_good_order_gives_back_at_once(database: Database) -> None:
    put(database)
    one, other = worker(database), worker(database)
    with heartbeats.living(one.life, database.session, lambda: NOW):
        claimed(database, one)
        assert other.work_once(NOW) == 0
        with database.session() as session:
            assert condition.alive(session, NOW + timedelta(seconds=59))
            assert not condition.alive(session, NOW + timedelta(seconds=61))
    with database.session() as session:
        assert condition.last_seen(session) is None and not condition.alive(session, NOW)
    assert other.work_once(NOW) == 1


def test_what_could_not_be_acknowledged_is_done_again_by_the_same_worker(database: Database) -> None:
    put(database)
    one = worker(database)
    claimed(database, one)
    assert one.work_once(NOW) == 1
    assert rows(database)[0].attempts == 2


def test_a_message_that_kills_every_worker_is_given_up(database: Database) -> None:
    put(database)
    for _ in range(TRIES):
        killed = worker(database)
        assert len(claimed(database, killed)) == 1
        with database.session() as session:
            killed.life.end(session)
    assert worker(database).work_once(NOW) == 0
    [row] = rows(database)
    assert (row.given_up_at, row.last_error) == (NOW, "WorkerKilled")


def test_a_long_piece_of_work_does_not_stop_the_heart(database: Database, monkeypatch) -> None:
    monkeypatch.setattr(heartbeats, "BEAT", 0.01)
    put(database)
    stop, counted = threading.Event(), threading.Event()

    def works_on(session: Session, messages: Sequence[OutboxMessage], now: datetime) -> None:
        for _ in range(6000):
            session.rollback()
            if (session.scalar(select(OutboxWorker.beats)) or 0) > 2:
                counted.set()
                break
            stop.wait(0.01)
        stop.set()

    Worker(database.session, {"done": (works_on,)}).run(lambda: NOW, stop)
    assert counted.is_set()


def test_what_waits_and_what_was_given_up_is_counted_without_a_word_of_anybody(database: Database) -> None:
    put(database, count=2)
    put(database, "mail")
    put(database, "pages")
    broken = Log(frozenset({0}), PermanentFailure)

    def leaks(session: Session, messages: Sequence[OutboxMessage], now: datetime) -> None:
        raise ValueError("mai@example.vn")

    hopeless = Worker(database.session, {"mail": (broken,), "pages": (leaks,)})
    hopeless.work_once(NOW)
    with database.session() as session:
        for message in session.scalars(select(OutboxMessage).where(OutboxMessage.event == "pages")):
            message.given_up_at = NOW
        session.commit()
        told = condition.given_up(session, NOW)
        assert [(one.event, one.hopeless, one.count, one.last_error) for one in told] == [
            ("mail", True, 1, "PermanentFailure: no answer"),
            ("pages", False, 1, "ValueError"),
        ]
        assert told[0].last_at == NOW
        assert condition.waiting_longer(session, NOW + timedelta(minutes=11), 10) == 2
        assert condition.waiting_longer(session, NOW + timedelta(minutes=9), 10) == 0
