"""What takes long is made beside the worker, in a program of its own, and not more often than a tenth of the time.

There is one event at most for a matter that nobody has taken up yet: however much happens, it leads to one making.
While something is made, the event comes back every few seconds, and all others are handled in between. A making that
fails is tried again, later and later; when it has failed so often that somebody should know, one of its events is left
as a job that was given up, until it is made after all.
"""

import subprocess
import sys
from abc import ABC, abstractmethod
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any, ClassVar, Protocol
from uuid import UUID

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from consult import resource_paths
from consult.db import Lock, writing
from consult.outbox.failures import PermanentFailure
from consult.outbox.models import OutboxMessage, OutboxWorker

SHORT_REST = 1
"""Nobody can be given what there is, since something of it was taken back: it is made again after so many times what it
took."""
LOOK_AGAIN = timedelta(seconds=5)
LONGEST_DELAY = timedelta(hours=1)
MOST_FAILURES = 8
"""After so many it is told."""
TOLD_AGAIN = 96
"""After so many more it is told again: before what was told is a week old."""

Payload = dict[str, Any]


class Made(Protocol):
    """What was made last: by which name, how long it took and when it was ready."""

    @property
    def folder(self) -> str:
        """Its name."""

    @property
    def seconds(self) -> float:
        """How long it took."""

    @property
    def ended(self) -> datetime:
        """When it was ready."""


class Order(Protocol):
    """What a program is to make."""

    def told(self) -> str:
        """The order as one line of text, for the standard input of the program."""


@dataclass
class MadeBeside(ABC):
    """The handlers of one sort of files, which `module` makes after `event`; `failure` is what a job is given up with,
    `rest` after how many times what it took it is made again."""

    event: ClassVar[str]
    module: ClassVar[str]
    failure: ClassVar[str]
    rest: ClassVar[int]
    program: subprocess.Popen[str] | None = field(default=None, init=False)

    @abstractmethod
    def _wanted(self, session: Session, consultation_id: UUID, begun: Payload, now: datetime) -> bool:
        """Whether it is to be made; `begun` is what the event knows."""

    @abstractmethod
    def _newest(self, consultation_id: UUID) -> Made | None:
        """What was made last."""

    @abstractmethod
    def _void(self, session: Session, consultation_id: UUID) -> bool:
        """Whether nobody may be given what was made last."""

    @abstractmethod
    def _emit(self, session: Session, consultation_id: UUID, now: datetime, at: datetime) -> UUID:
        """Emits the event, to be handled from `at` on."""

    @abstractmethod
    def _order(self, session: Session, consultation_id: UUID, now: datetime) -> Order:
        """What its program is told."""

    def due(self, session: Session, messages: Sequence[OutboxMessage], now: datetime) -> None:
        """The event: starts making, or looks again later. Raises PermanentFailure for the one that tells of a making
        that fails again and again."""
        for message in messages:
            own = message.consultation_id
            wanted = own is not None and self._wanted(session, own, message.payload, now)
            failures = self._failures(message)
            if not wanted or (message.payload.get("failures") and not failures):
                self._told_no_more(session, own, now)
            if own is not None and wanted:
                self._see_to(session, own, failures, now)

    def ask_for(self, session: Session, consultation_id: UUID, now: datetime, begun: Payload | None = None) -> None:
        """Has it made as soon as may be; `begun` instead of what its waiting event knows of failures."""
        at = max(now, self._not_before(session, consultation_id))
        self._again(session, consultation_id, now, at, begun)

    def fresh(self, consultation_id: UUID) -> Payload:
        """What an event knows of a making that has not failed yet."""
        return self._begun(consultation_id, 0)

    def waiting(self, session: Session, consultation_id: UUID) -> OutboxMessage | None:
        """The event by which it will be made, or one by which that was given up; None when nothing is to come,
        though an event may still look whether it was made."""
        own = (OutboxMessage.event == self.event, OutboxMessage.consultation_id == consultation_id)
        found = select(OutboxMessage).where(*own, OutboxMessage.done_at.is_(None))
        ordered = found.order_by(OutboxMessage.given_up_at.is_not(None), OutboxMessage.id)
        last = self._made_last(consultation_id)
        return next((one for one in session.scalars(ordered) if one.payload.get("before", last) == last), None)

    def close(self, finish: bool = False) -> None:
        """Ends what is being made, if anything is: at once, or when it is made."""
        if self.program is None:
            return
        assert self.program.stdin is not None
        if finish:
            self.program.wait()
        self.program.stdin.close()
        self.program.wait()
        self.program = None

    def begin(self, order: Order) -> None:
        """Has a program of its own carry out `order`, and goes on."""
        command = [sys.executable, "-m", self.module]
        self.close()
        self.program = subprocess.Popen(command, cwd=resource_paths.START, stdin=subprocess.PIPE, text=True)
        assert self.program.stdin is not None
        self.program.stdin.write(f"{order.told()}\n")
        self.program.stdin.flush()

    def _failures(self, message: OutboxMessage) -> int:
        """How often making has failed: not at all when there are other files than before it was begun."""
        same = message.payload.get("before", "") == self._made_last(message.consultation_id)
        return int(message.payload.get("failures", 0)) if same else 0

    def _made_last(self, consultation_id: UUID | None) -> str:
        newest = self._newest(consultation_id) if consultation_id else None
        return newest.folder if newest else ""

    def _see_to(self, session: Session, consultation_id: UUID, failures: int, now: datetime) -> None:
        earliest = self._not_before(session, consultation_id)
        if earliest > now:
            self._again(session, consultation_id, now, earliest)
            return
        if self.program is not None and self.program.poll() is None:
            self._again(session, consultation_id, now, now + LOOK_AGAIN, self._begun(consultation_id, failures))
            return
        before = self._begun(consultation_id, failures + 1)
        self.begin(self._order(session, consultation_id, now))
        later = min(LOOK_AGAIN * 2 ** min(failures, MOST_FAILURES * 2), LONGEST_DELAY)
        self._again(session, consultation_id, now, now + later, before)
        if failures >= MOST_FAILURES and (failures - MOST_FAILURES) % TOLD_AGAIN == 0:
            raise PermanentFailure(self.failure)

    def _again(
        self, session: Session, consultation_id: UUID, now: datetime, at: datetime, begun: Payload | None = None
    ) -> None:
        """One event at most that nobody has taken up: an earlier moment takes the place of a later one, unless it waits
        for what was begun."""
        with writing(session, Lock.OUTBOX):
            waiting = session.scalars(
                select(OutboxMessage).where(
                    OutboxMessage.done_at.is_(None),
                    OutboxMessage.given_up_at.is_(None),
                    OutboxMessage.event == self.event,
                    OutboxMessage.consultation_id == consultation_id,
                    or_(OutboxMessage.claimed_by.is_(None), OutboxMessage.claimed_by.not_in(select(OutboxWorker.id))),
                )
            ).first()
            if waiting is None:
                waiting = session.get_one(OutboxMessage, self._emit(session, consultation_id, now, at))
            if begun is not None:
                waiting.payload, waiting.run_at = begun, at
            elif not self._failures(waiting):
                waiting.run_at = min(waiting.run_at, at)

    def _begun(self, consultation_id: UUID, failures: int) -> Payload:
        return {"failures": failures, "before": self._made_last(consultation_id)}

    def _not_before(self, session: Session, consultation_id: UUID) -> datetime:
        newest = self._newest(consultation_id)
        if newest is None:
            return datetime.min.replace(tzinfo=UTC)
        rest = SHORT_REST if self._void(session, consultation_id) else self.rest
        return newest.ended + timedelta(seconds=rest * newest.seconds)

    def _told_no_more(self, session: Session, consultation_id: UUID | None, now: datetime) -> None:
        """It is as it should be: what was given up before is done."""
        own = (OutboxMessage.event == self.event, OutboxMessage.consultation_id == consultation_id)
        given_up = select(OutboxMessage).where(*own, OutboxMessage.given_up_at.is_not(None))
        if session.scalars(given_up.limit(1)).first() is None:
            return
        with writing(session, Lock.OUTBOX):
            for message in session.scalars(given_up):
                message.given_up_at, message.done_at = None, now
