"""The worker: claims a batch of due events, handles them without a lock, and acknowledges. At least once."""

import logging
import signal
import threading
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import groupby
from types import FrameType
from uuid import UUID

from sqlalchemy import ColumnElement, or_, select
from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import Session

from consult.db import writing
from consult.outbox.models import OutboxMessage

CLAIM = timedelta(minutes=5)
FIRST_DELAY = timedelta(seconds=10)
LONGEST_DELAY = timedelta(hours=6)
TRIES = 20

Handler = Callable[[Session, Sequence[OutboxMessage], datetime], None]
"""Gets a session of its own, messages of one event, and now; it reads the facts again, and may be run twice."""

Preparation = Callable[[Session, datetime], None]
"""What is put in order when the worker starts, with a session of its own and now."""

log = logging.getLogger(__name__)


class Hopeless(Exception):
    """Raised by a handler for a message that no further try can help; what it says is kept with the message."""


@dataclass(frozen=True)
class Worker:
    """Hands events to their handlers. `single` names the events whose messages are handled one at a time, because
    what they do (a mail) cannot be undone when a later one of the batch fails.

    An event without a handler stays where it is: a worker of an older release leaves it to the newer one.
    """

    open_session: Callable[[], Session]
    handlers: Mapping[str, Sequence[Handler]]
    single: frozenset[str] = frozenset()
    batch: int = 200
    preparations: Sequence[Preparation] = ()

    def prepare(self, now: datetime) -> None:
        """Puts in order what the handlers need; a failure is told and does not keep the worker from its work."""
        for preparation in self.preparations:
            try:
                with self.open_session() as session:
                    preparation(session, now)
            except Exception:
                log.exception("preparing the worker failed")

    def work_once(self, now: datetime, stop: threading.Event | None = None) -> int:
        """Handles what is due at `now` and returns how many messages were claimed.

        What it does not come to, because `stop` was set or half the claim's time is over, it gives back.
        """
        with self.open_session() as session:
            claimed = self._claim(session, now)
        begun = time.monotonic()
        parts = [part for _, some in groupby(claimed, key=lambda one: one.event) for part in self._parts(list(some))]
        for position, part in enumerate(parts):
            late = time.monotonic() - begun > CLAIM.total_seconds() / 2
            if late or (stop is not None and stop.is_set()):
                self._give_back([message.id for rest in parts[position:] for message in rest])
                break
            self._handle(part, now)
        return len(claimed)

    def run(self, now: Callable[[], datetime], stop: threading.Event, pause: float = 1.0) -> None:
        """Works until `stop` is set, waiting `pause` seconds whenever nothing is due or the database is away."""
        self.prepare(now())
        while not stop.is_set():
            try:
                worked = self.work_once(now(), stop)
            except DBAPIError as away:
                log.error("the database did not answer: %s", away.orig)
                worked = 0
            if worked == 0:
                stop.wait(pause)

    def _claim(self, session: Session, now: datetime) -> list[OutboxMessage]:
        if not self._anything_due(session, now):
            return []
        with writing(session):
            due = list(
                session.scalars(
                    select(OutboxMessage)
                    .where(*self._due(now))
                    .order_by(OutboxMessage.run_at, OutboxMessage.id)
                    .limit(self.batch)
                    .with_for_update(skip_locked=True)
                )
            )
            for message in due:
                message.claimed_until = now + CLAIM
                message.attempts += 1
        return sorted(due, key=lambda message: (message.event, message.run_at, message.id))

    def _anything_due(self, session: Session, now: datetime) -> bool:
        """Asked without the writers' lock, which an idle worker would otherwise take every second."""
        return session.scalar(select(OutboxMessage.id).where(*self._due(now)).limit(1)) is not None

    def _due(self, now: datetime) -> list[ColumnElement[bool]]:
        return [
            OutboxMessage.done_at.is_(None),
            OutboxMessage.given_up_at.is_(None),
            OutboxMessage.run_at <= now,
            OutboxMessage.event.in_(self.handlers),
            or_(OutboxMessage.claimed_until.is_(None), OutboxMessage.claimed_until < now),
        ]

    def _parts(self, messages: list[OutboxMessage]) -> list[list[OutboxMessage]]:
        """Together, unless the event or an earlier failure asks for one at a time."""
        if messages[0].event in self.single or any(message.attempts > 1 for message in messages):
            return [[message] for message in messages]
        return [messages]

    def _handle(self, messages: list[OutboxMessage], now: datetime) -> None:
        failures: list[Exception] = []
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
        hopeless = all(isinstance(failure, Hopeless) for failure in failures)
        with self.open_session() as session, writing(session):
            for message in session.scalars(select(OutboxMessage).where(OutboxMessage.id.in_(ids))):
                message.claimed_until = None
                if not failures:
                    message.done_at = now
                    continue
                message.last_error = f"{type(failures[-1]).__name__}: {failures[-1]}"[:500]
                message.run_at = now + min(FIRST_DELAY * 2 ** min(message.attempts, 16), LONGEST_DELAY)
                if hopeless or message.attempts >= TRIES:
                    message.given_up_at = now

    def _give_back(self, ids: list[UUID]) -> None:
        with self.open_session() as session, writing(session):
            for message in session.scalars(select(OutboxMessage).where(OutboxMessage.id.in_(ids))):
                message.claimed_until = None
                message.attempts -= 1


def stop_on_signals() -> threading.Event:
    """An event that SIGTERM and SIGINT set, so that the part under way is finished and acknowledged."""
    stop = threading.Event()

    def ask(_number: int, _frame: FrameType | None) -> None:
        stop.set()

    signal.signal(signal.SIGTERM, ask)
    signal.signal(signal.SIGINT, ask)
    return stop
