"""What the worker does for large tables: after every event it sees to it that their files are made again, beside the
worker (`consult/outbox/beside.py`)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from consult.consultations.models import Consultation
from consult.db import Database
from consult.exports.generation import Order, Site
from consult.exports.table_state import small, state_of
from consult.exports.table_store import TableStore
from consult.files.made_files import LatestFiles
from consult.outbox.beside import MadeBeside, Payload
from consult.outbox.models import OutboxMessage
from consult.outbox.service import emit
from consult.stages import Stage, stage_of
from consult.submissions.comments import taken_back

REST = 10
"""A table that took so long is not made again before so many times that."""


@dataclass
class LargeTableHandlers(MadeBeside):
    """The handlers of large tables, kept in `tables`; `notice` marks made-up data."""

    event = "table_due"
    module = "consult.exports.program"
    failure = "table_not_made"
    rest = REST

    tables: TableStore
    lock_folder: Path
    notice: str = ""

    def after(self, session: Session, messages: Sequence[OutboxMessage], now: datetime) -> None:
        """After whatever changes a table: each matter that has a large one is due."""
        for consultation_id in {message.consultation_id for message in messages}:
            if consultation_id is not None and self._wanted(session, consultation_id, {}, now):
                self.ask_for(session, consultation_id, now)

    def prepare(self, session: Session, now: datetime) -> None:
        """When the worker starts: every large table that is not as it should be, however often making it has failed."""
        published = select(Consultation.id).where(Consultation.published_at.is_not(None))
        for one in session.scalars(published).all():
            if self._wanted(session, one, {}, now):
                self.ask_for(session, one, now, {})

    def _wanted(self, session: Session, consultation_id: UUID, begun: Payload, now: datetime) -> bool:
        consultation = session.get(Consultation, consultation_id)
        if consultation is None or stage_of(consultation, now) is Stage.DRAFTING:
            return False
        state = state_of(session, consultation, now, self.notice)
        newest = self._newest(consultation_id)
        if newest is not None and newest.state == state.name and not self._void(session, consultation_id):
            return False
        return not small(session, state)

    def _newest(self, consultation_id: UUID) -> LatestFiles | None:
        return self.tables.newest(consultation_id)

    def _void(self, session: Session, consultation_id: UUID) -> bool:
        newest = self._newest(consultation_id)
        return newest is not None and taken_back.anything_since(
            session, consultation_id, newest.taken_back, newest.received
        )

    def _emit(self, session: Session, consultation_id: UUID, now: datetime, at: datetime) -> UUID:
        return emit(session, "table_due", now, consultation_id, run_at=at)

    def _order(self, session: Session, consultation_id: UUID, now: datetime) -> Order:
        database: Database = session.info["database"]
        url = database.engine.url.render_as_string(hide_password=False)
        site = Site(self.tables.place.address, self.tables.limit, self.notice)
        return Order(consultation_id, now, url, self.lock_folder, site)
