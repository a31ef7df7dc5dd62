"""What the worker does for archives: it looks every hour at each public matter, and makes anew, beside itself, what is
not as it should be; at once what nobody may be given any more, and that of a matter that has ended."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from consult.archive.generation import Order, Site
from consult.archive.state import state_of
from consult.consultations.models import Consultation
from consult.db import Database
from consult.files.made_files import LatestFiles, MadeFiles
from consult.outbox.beside import MadeBeside, Payload
from consult.outbox.models import OutboxMessage
from consult.outbox.service import emit
from consult.submissions.comments.closings import closings

REST = 10
"""An archive that took so long is not made again before so many times that."""


@dataclass
class ArchiveHandlers(MadeBeside):
    """The handlers of the archives of one site."""

    event = "archive_due"
    module = "consult.archive.program"
    failure = "archive_not_made"
    rest = REST

    site: Site
    lock_folder: Path

    def look(self, session: Session, now: datetime) -> None:
        """A chore: every public matter whose archive is not what would be made now."""
        published = select(Consultation.id).where(
            Consultation.published_at.is_not(None), Consultation.published_at <= now
        )
        for one in session.scalars(published).all():
            if self._wanted(session, one, {}, now):
                self.ask_for(session, one, now)

    def after(self, session: Session, messages: Sequence[OutboxMessage], now: datetime) -> None:
        """After whatever changes a matter: one whose archive nobody may be given any more, or that has ended."""
        for own in {message.consultation_id for message in messages}:
            if own is None or self._newest(own) is None:
                continue
            matter = session.get(Consultation, own)
            ended = matter is not None and (matter.concluded_at or matter.withdrawn_at)
            if (ended or self._void(session, own)) and self._wanted(session, own, {}, now):
                self.ask_for(session, own, now)

    def given(self, session: Session, consultation: Consultation) -> LatestFiles | None:
        """What was made last, unless something that stands in it was taken back since."""
        return None if self._void(session, consultation.id) else self._newest(consultation.id)

    @property
    def archives(self) -> MadeFiles:
        """Where they lie."""
        return MadeFiles(self.site.archives)

    def _wanted(self, session: Session, consultation_id: UUID, begun: Payload, now: datetime) -> bool:
        matter = session.get(Consultation, consultation_id)
        if matter is None or matter.published_at is None or matter.published_at > now:
            return False
        newest = self._newest(consultation_id)
        return newest is None or newest.state != state_of(session, matter, now, self.site.notice)

    def _newest(self, consultation_id: UUID) -> LatestFiles | None:
        return self.archives.newest(consultation_id)

    def _void(self, session: Session, consultation_id: UUID) -> bool:
        newest = self._newest(consultation_id)
        matter = session.get(Consultation, consultation_id)
        return newest is not None and (matter is None or newest.taken_back != closings(session, matter))

    def _emit(self, session: Session, consultation_id: UUID, now: datetime, at: datetime) -> UUID:
        return emit(session, "archive_due", now, consultation_id, run_at=at)

    def _order(self, session: Session, consultation_id: UUID, now: datetime) -> Order:
        database: Database = session.info["database"]
        url = database.engine.url.render_as_string(hide_password=False)
        return Order(consultation_id, now, url, self.lock_folder, self.site)
