"""The worker: claims a batch of due events, handles them without a lock, and acknowledges. At least once."""

import logging
import signal
import threading
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import groupby
from types import FrameType
from uuid import UUID

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from consult.db import writing
from consult.outbox.models import OutboxMessage

CLAIM = timedelta(minutes=5)
FIRST_DELAY = timedelta(seconds=10)
LONGEST_DELAY = timedelta(hours=6)
TRIES = 20

Handler = Callable[[Session, Sequence[OutboxMessage], datetime], None]
"""Gets a session of its own, messages of one event, and now; it reads the facts again, and may be run twice."""

log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Worker:
    """Hands events to their handlers. `single` names the events whose messages are handled one at a time, because
    what they do (a mail) cannot be undone when a later one of the batch fails."""

    open_session: Callable[[], Session]
    handlers: Mapping[str, Sequence[Handler]]
    single: frozenset[str] = frozenset()
    batch: int = 200

    def work_once(self, now: datetime) -> int:
        """Handles what is due at `now` and returns how many messages were claimed."""
        with self.open_session() as session:
            claimed = self._claim(session, now)
        for _event, messages in groupby(claimed, key=lambda message: message.event):
            for part in self._parts(list(messages)):
                self._handle(part, now)
        return len(claimed)

    def run(self, now: Callable[[], datetime], stop: threading.Event, pause: float = 1.0) -> None:
        """Works until `stop` is set, waiting `pause` seconds whenever nothing is due."""
        while not stop.is_set():
            if self.work_once(now()) == 0:
                stop.wait(pause)

    def _claim(self, session: Session, now: datetime) -> list[OutboxMessage]:
        with writing(session):
            due = list(
                session.scalars(
                    select(OutboxMessage)
                    .where(
                        OutboxMessage.done_at.is_(None),
                        OutboxMessage.given_up_at.is_(None),
                        OutboxMessage.run_at <= now,
                        or_(OutboxMessage.claimed_until.is_(None), OutboxMessage.claimed_until < now),
                    )
                    .order_by(OutboxMessage.run_at, OutboxMessage.id)
                    .limit(self.batch)
                    .with_for_update(skip_locked=True)
                )
            )
            for message in due:
                message.claimed_until = now + CLAIM
                message.attempts += 1
        return sorted(due, key=lambda message: (message.event, message.run_at, message.id))

    def _parts(self, messages: list[OutboxMessage]) -> list[list[OutboxMessage]]:
        """Together, unless the event or an earlier failure asks for one at a time."""
        if messages[0].event in self.single or any(message.attempts > 1 for message in messages):
            return [[message] for message in messages]
        return [messages]

    def _handle(self, messages: list[OutboxMessage], now: datetime) -> None:
        error = ""
        for handler in self.handlers.get(messages[0].event, ()):
            try:
                with self.open_session() as session:
                    handler(session, messages, now)
            except Exception as failure:
                # Whatever a handler meets (a mail server down, a full disk) must not stop the others: tried again.
                log.exception("handling %s failed", messages[0].event)
                error = f"{type(failure).__name__}: {failure}"[:500]
        self._settle([message.id for message in messages], error, now)

    def _settle(self, ids: list[UUID], error: str, now: datetime) -> None:
        with self.open_session() as session, writing(session):
            for message in session.scalars(select(OutboxMessage).where(OutboxMessage.id.in_(ids))):
                message.claimed_until = None
                if not error:
                    message.done_at = now
                    continue
                message.last_error = error
                message.run_at = now + min(FIRST_DELAY * 2 ** min(message.attempts, 16), LONGEST_DELAY)
                if message.attempts >= TRIES:
                    message.given_up_at = now


def stop_on_signals() -> threading.Event:
    """An event that SIGTERM and SIGINT set, so that the batch under way is finished and acknowledged."""
    stop = threading.Event()

    def ask(_number: int, _frame: FrameType | None) -> None:
        stop.set()

    signal.signal(signal.SIGTERM, ask)
    signal.signal(signal.SIGINT, ask)
    return stop
