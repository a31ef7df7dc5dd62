"""The worker: claims a batch of due events, handles them without a lock, and acknowledges. At least once.

A claim holds for as long as its worker lives (`consult.outbox.heartbeats`), and not a moment longer.
"""

import logging
import math
import threading
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from itertools import groupby
from uuid import UUID

from sqlalchemy import ColumnElement, or_, select
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.orm import Session

from consult.db import Lock, writing
from consult.errors import Unavailable
from consult.outbox.chores import Preparation, of_site, try_each
from consult.outbox.failures import OwnFault, PermanentFailure, WorkerKilled, after_fault, worst
from consult.outbox.heartbeats import Heartbeat, living
from consult.outbox.models import OutboxMessage, OutboxWorker
from consult.traces import request_marks

LONGEST_ROUND = 150.0
"""Seconds after which what was claimed and not come to is given back, so that other events have their turn."""
TIDY_EVERY = 3600.0
LOOK_EVERY = 60.0
FIRST_DELAY, LONGEST_DELAY = timedelta(seconds=10), timedelta(hours=6)
TRIES = 20

Handler = Callable[[Session, Sequence[OutboxMessage], datetime], None]
"""Gets a session of its own, messages of one event, and now; it reads the facts again, and may be run twice."""

Ending = Callable[[bool], None]
"""Ends what a handler has going on beside the worker, at once or (true) when it is done."""

log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Worker:
    """Hands events to their handlers. `single` names the events whose messages are handled one at a time, because
    what they do (a mail) cannot be undone when a later one of the batch fails. `chores` are of the machine that a
    worker runs on; `site_chores` are of the site, and the eldest of its workers does them for all.

    An event without a handler stays where it is: a worker of an older release leaves it to the newer one.
    """

    open_session: Callable[[], Session]
    handlers: Mapping[str, Sequence[Handler]]
    single: frozenset[str] = frozenset()
    batch: int = 200
    preparations: Sequence[Preparation] = ()
    chores: Sequence[Preparation] = ()
    site_chores: Sequence[Preparation] = ()
    small_chores: Sequence[Preparation] = ()
    endings: Sequence[Ending] = ()
    life: Heartbeat = field(default_factory=Heartbeat)

    def prepare(self, now: datetime) -> None:
        """Puts in order what the handlers need; a failure is told and does not keep the worker from its work."""
        try_each(self.open_session, self.preparations, now)

    def tidy(self, now: datetime) -> bool:
        """Does the chores, and those of the site if it is the eldest: whether it was. A failure is told."""
        try_each(self.open_session, self.chores, now)
        return of_site(self.open_session, self.life, self.site_chores, now)

    def look_round(self, now: datetime, tidied: bool = True) -> bool:
        """Does the small chores, which are quick when there is nothing to do, and those of the site too that were not
        its own when it `tidied`: the eldest may be gone since. Whether they are done now; a failure is told."""
        acts = (*self.small_chores, *(() if tidied else self.site_chores))
        return of_site(self.open_session, self.life, acts, now) or tidied

    def beat(self, now: datetime) -> None:
        """Counts on, and frees what was claimed by workers that did not."""
        with self.open_session() as session:
            self.life.beat(session, now)

    def work_once(self, now: datetime, stop: threading.Event | None = None) -> int:
        """Handles what is due at `now` and returns how many messages were claimed.

        What it does not come to, because `stop` was set or the round has taken long enough, it gives back.
        """
        with self.open_session() as session:
            claimed = self._claim(session, now)
        begun = time.monotonic()
        parts = [part for _, some in groupby(claimed, key=lambda one: one.event) for part in self._parts(list(some))]
        for position, part in enumerate(parts):
            late = time.monotonic() - begun > LONGEST_ROUND
            if late or (stop is not None and stop.is_set()):
                self._give_back([message.id for rest in parts[position:] for message in rest])
                break
            self._handle(part, now)
        return len(claimed)

    def run(self, now: Callable[[], datetime], stop: threading.Event, pause: float = 1.0) -> None:
        """Works until `stop` is set, waiting `pause` seconds whenever nothing is due or the database is away."""
        with living(self.life, self.open_session, now):
            self.prepare(now())
            tidied, site_tidied, looked = -math.inf, False, -math.inf
            while not stop.is_set():
                if time.monotonic() - tidied > TIDY_EVERY:
                    site_tidied = self.tidy(now())
                    tidied = time.monotonic()
                if time.monotonic() - looked > LOOK_EVERY:
                    site_tidied = self.look_round(now(), site_tidied)
                    looked = time.monotonic()
                if self._worked(now(), stop) == 0:
                    stop.wait(pause)
            self.close()

    def run_once(self, now: Callable[[], datetime]) -> int:
        """Handles whatever is due, and returns how many messages that were."""
        with living(self.life, self.open_session, now):
            self.prepare(now())
            handled = sum(iter(lambda: self.work_once(now()), 0))
            self.close(finish=True)
        return handled

    def close(self, finish: bool = False) -> None:
        """Ends what handlers have going on beside, at once or when it is done."""
        for ending in self.endings:
            ending(finish)

    def _worked(self, now: datetime, stop: threading.Event) -> int:
        try:
            return self.work_once(now, stop)
        except (SQLAlchemyError, Unavailable):
            log.exception("the database did not answer")
            return 0

    def _claim(self, session: Session, now: datetime) -> list[OutboxMessage]:
        if not self._anything_due(session, now):
            return []
        with writing(session, Lock.OUTBOX):
            due = list(
                session.scalars(
                    select(OutboxMessage)
                    .where(*self._due(now))
                    .order_by(OutboxMessage.run_at, OutboxMessage.id)
                    .limit(self.batch)
                    .with_for_update(skip_locked=True)
                )
            )
            self.life.enter(session, now)
            claimed = [message for message in due if self._tried_again(message, now)]
        return sorted(claimed, key=lambda message: (message.event, message.run_at, message.id))

    def _tried_again(self, message: OutboxMessage, now: datetime) -> bool:
        """Claims a message; gives up, and False, when it has been tried for the last time without anybody's living to
        tell how."""
        if message.attempts >= TRIES:
            message.given_up_at, message.last_error, message.claimed_by = now, WorkerKilled.__name__, None
            return False
        message.claimed_by = self.life.id
        message.attempts += 1
        return True

    def _anything_due(self, session: Session, now: datetime) -> bool:
        """Asked without the writers' lock, which an idle worker would otherwise take every second."""
        return session.scalar(select(OutboxMessage.id).where(*self._due(now)).limit(1)) is not None

    def _due(self, now: datetime) -> list[ColumnElement[bool]]:
        return [
            OutboxMessage.done_at.is_(None),
            OutboxMessage.given_up_at.is_(None),
            OutboxMessage.run_at <= now,
            OutboxMessage.event.in_(self.handlers),
            # What is one's own was claimed in a round that could not be acknowledged.
            or_(
                OutboxMessage.claimed_by.is_(None),
                OutboxMessage.claimed_by == self.life.id,
                OutboxMessage.claimed_by.not_in(select(OutboxWorker.id)),
            ),
        ]

    def _parts(self, messages: list[OutboxMessage]) -> list[list[OutboxMessage]]:
        """Together, unless the event or an earlier failure asks for one at a time."""
        if messages[0].event in self.single or any(one.attempts > 1 or one.last_error for one in messages):
            return [[message] for message in messages]
        return [messages]

    def _handle(self, messages: list[OutboxMessage], now: datetime) -> None:
        with request_marks.part(messages[0].event, [message.id for message in messages]) as failures:
            for handler in self.handlers[messages[0].event]:
                try:
                    with self.open_session() as session:
                        handler(session, messages, now)
                except Exception as failure:
                    # Whatever a handler meets (a mail server down, a full disk) must not stop the others: tried again.
                    log.exception("handling %s failed", messages[0].event)
                    failures.append(failure)
        self._settle([message.id for message in messages], failures, now)

    def _settle(self, ids: list[UUID], failures: Sequence[Exception], now: datetime) -> None:
        hopeless = all(isinstance(failure, PermanentFailure) for failure in failures)
        with self.open_session() as session, writing(session, Lock.OUTBOX):
            for message in self._still_own(session, ids):
                message.claimed_by = None
                if not failures:
                    message.done_at = now
                    continue
                failure = worst(failures)
                message.last_error = f"{type(failure).__name__}: {failure}"[:500]
                if isinstance(failure, OwnFault):
                    message.attempts, message.run_at = message.attempts - 1, now + after_fault(now - message.created_at)
                    continue
                message.run_at = now + min(FIRST_DELAY * 2 ** min(message.attempts, 16), LONGEST_DELAY)
                if hopeless or message.attempts >= TRIES:
                    message.given_up_at = now

    def _give_back(self, ids: list[UUID]) -> None:
        with self.open_session() as session, writing(session, Lock.OUTBOX):
            for message in self._still_own(session, ids):
                message.claimed_by = None
                message.attempts -= 1

    def _still_own(self, session: Session, ids: Sequence[UUID]) -> list[OutboxMessage]:
        """These messages, but for what another took over while this worker was held up for so long that it was taken
        for dead."""
        own = (OutboxMessage.id.in_(ids), OutboxMessage.claimed_by == self.life.id)
        return list(session.scalars(select(OutboxMessage).where(*own)))
