"""What the worker does for large tables: after every event it sees to it that their files are made again, in a program
of its own, and not more often than a tenth of the time.

There is one event `table_due` at most for a matter that nobody has taken up yet: however much happens, it leads to one
making. While a table is made, the event comes back every few seconds, and all others are handled in between. A making
that fails is tried again, later and later; when it has failed so often that somebody should know, one of its events is
left as a job that was given up, until the table is made after all.
"""

import subprocess
import sys
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from uuid import UUID

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from consult import resource_paths
from consult.consultations.models import Consultation
from consult.db import Database, Lock, writing
from consult.exports.generation import Order
from consult.exports.table_state import small, state_of
from consult.exports.table_store import LatestFiles, TableStore
from consult.outbox.failures import PermanentFailure
from consult.outbox.models import OutboxMessage, OutboxWorker
from consult.outbox.service import emit
from consult.stages import Stage, stage_of
from consult.submissions.comments import taken_back

REST = 10
"""A table that took so long is not made again before so many times that."""
SHORT_REST = 1
"""The same while nobody can be given what there is, since something of it was taken back."""
LOOK_AGAIN = timedelta(seconds=5)
LONGEST_DELAY = timedelta(hours=1)
MOST_FAILURES = 8
"""After so many it is told."""
TOLD_AGAIN = 96
"""After so many more it is told again: before what was told is a week old."""

Payload = dict[str, Any]


@dataclass
class LargeTableHandlers:
    """The handlers of large tables, kept in `tables`; `notice` marks made-up data."""

    tables: TableStore
    lock_folder: Path
    notice: str = ""
    program: subprocess.Popen[str] | None = field(default=None, init=False)

    def after(self, session: Session, messages: Sequence[OutboxMessage], now: datetime) -> None:
        """After whatever changes a table: each matter that has a large one is due."""
        for consultation_id in {message.consultation_id for message in messages}:
            found = session.get(Consultation, consultation_id) if consultation_id else None
            if found is not None:
                self._ask_for(session, found, now)

    def prepare(self, session: Session, now: datetime) -> None:
        """When the worker starts: every large table that is not as it should be, however often making it has failed."""
        published = select(Consultation).where(Consultation.published_at.is_not(None))
        for one in session.scalars(published).all():
            self._ask_for(session, one, now, {})

    def due(self, session: Session, messages: Sequence[OutboxMessage], now: datetime) -> None:
        """table_due: starts making, or looks again later. Raises PermanentFailure for the one that tells of a making
        that fails again and again."""
        for message in messages:
            found = session.get(Consultation, message.consultation_id)
            wanted = found is not None and self._wanted(session, found, now)
            failures = self._failures(message)
            if not wanted or (message.payload.get("failures") and not failures):
                _told_no_more(session, message.consultation_id, now)
            if found is not None and wanted:
                self._see_to(session, found, failures, now)

    def _ask_for(
        self, session: Session, consultation: Consultation, now: datetime, begun: Payload | None = None
    ) -> None:
        consultation_id = consultation.id
        if self._wanted(session, consultation, now):
            at = max(now, self._not_before(session, consultation_id))
            self._again(session, consultation_id, now, at, begun)

    def _failures(self, message: OutboxMessage) -> int:
        """How often making has failed: not at all when there are other files than before it was begun."""
        same = message.payload.get("before", "") == self._made_last(message.consultation_id)
        return int(message.payload.get("failures", 0)) if same else 0

    def _made_last(self, consultation_id: UUID | None) -> str:
        newest = self.tables.newest(consultation_id) if consultation_id else None
        return newest.folder if newest else ""

    def _wanted(self, session: Session, consultation: Consultation, now: datetime) -> bool:
        if stage_of(consultation, now) is Stage.DRAFTING:
            return False
        state = state_of(session, consultation, now, self.notice)
        newest = self.tables.newest(consultation.id)
        if newest is not None and newest.state == state.name and not _void(session, consultation.id, newest):
            return False
        return not small(session, state)

    def _see_to(self, session: Session, consultation: Consultation, failures: int, now: datetime) -> None:
        consultation_id = consultation.id
        earliest = self._not_before(session, consultation_id)
        if earliest > now:
            self._again(session, consultation_id, now, earliest)
            return
        if self.program is not None and self.program.poll() is None:
            self._again(session, consultation_id, now, now + LOOK_AGAIN, self._begun(consultation_id, failures))
            return
        before = self._begun(consultation_id, failures + 1)
        self._start(session, consultation_id, now)
        later = min(LOOK_AGAIN * 2 ** min(failures, MOST_FAILURES * 2), LONGEST_DELAY)
        self._again(session, consultation_id, now, now + later, before)
        if failures >= MOST_FAILURES and (failures - MOST_FAILURES) % TOLD_AGAIN == 0:
            raise PermanentFailure("table_not_made")

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
                    OutboxMessage.event == "table_due",
                    OutboxMessage.consultation_id == consultation_id,
                    or_(OutboxMessage.claimed_by.is_(None), OutboxMessage.claimed_by.not_in(select(OutboxWorker.id))),
                )
            ).first()
            if waiting is None:
                waiting = session.get_one(OutboxMessage, emit(session, "table_due", now, consultation_id, run_at=at))
            if begun is not None:
                waiting.payload, waiting.run_at = begun, at
            elif not self._failures(waiting):
                waiting.run_at = min(waiting.run_at, at)

    def _begun(self, consultation_id: UUID, failures: int) -> Payload:
        return {"failures": failures, "before": self._made_last(consultation_id)}

    def _not_before(self, session: Session, consultation_id: UUID) -> datetime:
        newest = self.tables.newest(consultation_id)
        if newest is None:
            return datetime.min.replace(tzinfo=UTC)
        rest = SHORT_REST if _void(session, consultation_id, newest) else REST
        return newest.ended + timedelta(seconds=rest * newest.seconds)

    def _start(self, session: Session, consultation_id: UUID, now: datetime) -> None:
        database: Database = session.info["database"]
        url = database.engine.url.render_as_string(hide_password=False)
        self.begin(Order(consultation_id, now, url, self.lock_folder, self.tables, self.notice))

    def begin(self, order: Order) -> None:
        """Has a program of its own carry out `order`, and goes on."""
        command = [sys.executable, "-m", "consult.exports.program"]
        self.close()
        self.program = subprocess.Popen(command, cwd=resource_paths.START, stdin=subprocess.PIPE, text=True)
        assert self.program.stdin is not None
        self.program.stdin.write(f"{order.told()}\n")
        self.program.stdin.flush()

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


def _void(session: Session, consultation_id: UUID, newest: LatestFiles) -> bool:
    return taken_back.anything_since(session, consultation_id, newest.taken_back, newest.received)


def _told_no_more(session: Session, consultation_id: UUID | None, now: datetime) -> None:
    """The table is as it should be: what was given up before is done."""
    of_table = (OutboxMessage.event == "table_due", OutboxMessage.consultation_id == consultation_id)
    given_up = select(OutboxMessage).where(*of_table, OutboxMessage.given_up_at.is_not(None))
    if session.scalars(given_up.limit(1)).first() is None:
        return
    with writing(session, Lock.OUTBOX):
        for message in session.scalars(given_up):
            message.given_up_at, message.done_at = None, now
