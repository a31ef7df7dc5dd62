"""What the worker does for the package of a matter: it is made when somebody asked for it, beside the worker."""

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from consult.consultations.models import Consultation
from consult.db import Database
from consult.exports.package.generation import Order, Site
from consult.exports.package.state import state_of
from consult.files.made_files import LatestFiles, MadeFiles
from consult.outbox.beside import MadeBeside, Payload
from consult.outbox.service import emit
from consult.submissions.comments.closings import closings


@dataclass
class CasePackageHandlers(MadeBeside):
    """The handlers of the packages of one site."""

    event = "case_package_due"
    module = "consult.exports.package.program"
    failure = "case_package_not_made"
    rest = 1

    site: Site
    lock_folder: Path

    def current(self, session: Session, consultation: Consultation, now: datetime) -> bool:
        """Whether what was made last is what would be made now."""
        newest = self._newest(consultation.id)
        return newest is not None and newest.state == state_of(session, consultation, now, self.site.notice)

    def given(self, session: Session, consultation: Consultation) -> LatestFiles | None:
        """What was made last, unless something that may stand in it was closed to somebody since."""
        return None if self._void(session, consultation.id) else self._newest(consultation.id)

    def sweep(self, session: Session, now: datetime) -> None:
        """A chore: takes away what nobody may be given any more, since names stand in it."""
        for own in self.packages.matters():
            if session.get(Consultation, own) is None or self._void(session, own):
                with self.packages.alone(own) as mine:
                    if mine:
                        self.packages.discard(own)

    @property
    def packages(self) -> MadeFiles:
        """Where they lie."""
        return MadeFiles(self.site.packages)

    def _wanted(self, session: Session, consultation_id: UUID, begun: Payload, now: datetime) -> bool:
        """Somebody asked for one after what was made last."""
        asked = "before" in begun and begun["before"] == self._made_last(consultation_id)
        found = select(Consultation.id).where(
            Consultation.id == consultation_id, Consultation.published_at.is_not(None)
        )
        return asked and session.scalar(found) is not None

    def _newest(self, consultation_id: UUID) -> LatestFiles | None:
        return self.packages.newest(consultation_id)

    def _void(self, session: Session, consultation_id: UUID) -> bool:
        newest = self._newest(consultation_id)
        matter = session.get_one(Consultation, consultation_id)
        return newest is not None and newest.taken_back != closings(session, matter)

    def _emit(self, session: Session, consultation_id: UUID, now: datetime, at: datetime) -> UUID:
        return emit(session, "case_package_due", now, consultation_id, run_at=at)

    def _order(self, session: Session, consultation_id: UUID, now: datetime) -> Order:
        database: Database = session.info["database"]
        url = database.engine.url.render_as_string(hide_password=False)
        return Order(consultation_id, now, url, self.lock_folder, self.site)
