"""What the worker does for packages: one that somebody asked for is made beside it, and of a concluded matter a new one
whenever anything changed, since anybody may take that away."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from consult.appraisal.package.generation import Order, Site
from consult.appraisal.package.state import state_of
from consult.consultations.models import Consultation
from consult.consultations.words import Procedure
from consult.db import Database
from consult.files.made_files import LatestFiles, MadeFiles
from consult.outbox.beside import MadeBeside, Payload
from consult.outbox.models import OutboxMessage
from consult.outbox.service import emit
from consult.stages import Stage, stage_of
from consult.submissions.comments.closings import closings

OF_EIA = (Consultation.procedure == Procedure.EIA_STATUTORY, Consultation.published_at.is_not(None))


@dataclass
class PackageHandlers(MadeBeside):
    """The handlers of packages of one site."""

    event = "package_due"
    module = "consult.appraisal.package.program"
    failure = "package_not_made"
    rest = 1

    site: Site
    lock_folder: Path

    def after(self, session: Session, messages: Sequence[OutboxMessage], now: datetime) -> None:
        """After whatever changes a matter: a concluded one is due."""
        for consultation_id in {message.consultation_id for message in messages}:
            if consultation_id is not None and self._kept_new(session, consultation_id, now):
                self.ask_for(session, consultation_id, now)

    def prepare(self, session: Session, now: datetime) -> None:
        """When the worker starts: every concluded matter whose package is not as it should be."""
        ended = select(Consultation.id).where(*OF_EIA, Consultation.concluded_at.is_not(None))
        for one in session.scalars(ended).all():
            if self._kept_new(session, one, now):
                self.ask_for(session, one, now, {})

    def current(self, session: Session, consultation: Consultation, now: datetime) -> bool:
        """Whether what was made last is what would be made now."""
        newest = self._newest(consultation.id)
        return newest is not None and newest.state == state_of(session, consultation, now, self.site.notice)

    def given(self, session: Session, consultation: Consultation) -> LatestFiles | None:
        """What was made last, unless something that may stand in it was closed to somebody since."""
        return None if self._void(session, consultation.id) else self._newest(consultation.id)

    @property
    def packages(self) -> MadeFiles:
        """Where they lie."""
        return MadeFiles(self.site.packages)

    def _kept_new(self, session: Session, consultation_id: UUID, now: datetime) -> bool:
        found = session.scalar(select(Consultation).where(Consultation.id == consultation_id, *OF_EIA))
        return found is not None and stage_of(found, now) is Stage.CONCLUDED and not self.current(session, found, now)

    def _wanted(self, session: Session, consultation_id: UUID, begun: Payload, now: datetime) -> bool:
        """Somebody asked for one after what was made last, or it is kept new."""
        asked = "before" in begun and begun["before"] == self._made_last(consultation_id)
        found = session.scalar(select(Consultation.id).where(Consultation.id == consultation_id, *OF_EIA))
        return found is not None and (asked or self._kept_new(session, consultation_id, now))

    def _newest(self, consultation_id: UUID) -> LatestFiles | None:
        return self.packages.newest(consultation_id)

    def _void(self, session: Session, consultation_id: UUID) -> bool:
        newest = self._newest(consultation_id)
        return newest is not None and newest.taken_back != closings(
            session, session.get_one(Consultation, consultation_id)
        )

    def _emit(self, session: Session, consultation_id: UUID, now: datetime, at: datetime) -> UUID:
        return emit(session, "package_due", now, consultation_id, run_at=at)

    def _order(self, session: Session, consultation_id: UUID, now: datetime) -> Order:
        database: Database = session.info["database"]
        url = database.engine.url.render_as_string(hide_password=False)
        return Order(consultation_id, now, url, self.lock_folder, self.site)
