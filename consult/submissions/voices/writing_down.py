"""Who writes down what somebody spoke, and how far that is: for its sender, by bodies and never by people."""

from collections.abc import Collection
from dataclasses import dataclass, replace
from datetime import datetime
from functools import cache
from uuid import UUID

from sqlalchemy import ColumnElement, select
from sqlalchemy.orm import Session

from consult.consultations.models import Consultation
from consult.people.models import Organisation
from consult.submissions.comments import transcripts
from consult.submissions.receiving.models import ListeningRequest, Transcript
from consult.submissions.words import WritingDownStage


@dataclass(frozen=True)
class WritingDown:
    """How far it is, since when (None while nobody was asked), and the names of the bodies that do it or did."""

    stage: WritingDownStage
    at: datetime | None
    bodies: tuple[str, ...]

    @property
    def by_code_alone(self) -> "WritingDown":
        """The same for who has the look-up code and not the secret number: the bodies would tell where the sender
        lives."""
        return replace(self, bodies=())


def of_unheard(session: Session, consultation: Consultation, comment_ids: Collection[UUID]) -> dict[UUID, WritingDown]:
    """How far it is with each of these comments that were spoken and are unheard, by their ids; two statements, none
    where there is no such comment."""
    if not comment_ids:
        return {}
    waits = WritingDown(WritingDownStage.WAITS, None, (consultation.posting.name,))
    asked = _asked(session, consultation.id, comment_ids)
    return {one: waits for one in comment_ids} | asked | _written(session, consultation.id, comment_ids)


def _asked(session: Session, consultation_id: UUID, comment_ids: Collection[UUID]) -> dict[UUID, WritingDown]:
    rows = session.execute(
        select(ListeningRequest.comment_id, ListeningRequest.at, Organisation.name)
        .join(Organisation, Organisation.id == ListeningRequest.organisation_id)
        .where(
            ListeningRequest.consultation_id == consultation_id,
            ListeningRequest.comment_id.in_(comment_ids),
            ListeningRequest.withdrawn_at.is_(None),
        )
        .order_by(ListeningRequest.at, ListeningRequest.id)
    )
    found: dict[UUID, WritingDown] = {}
    for comment_id, at, name in rows:
        first = found.setdefault(comment_id, WritingDown(WritingDownStage.ASKED, at, ()))
        found[comment_id] = replace(first, bodies=(*first.bodies, name))
    return found


def _written(session: Session, consultation_id: UUID, comment_ids: Collection[UUID]) -> dict[UUID, WritingDown]:
    """What was written down last of each, which waits to be checked or was sent back."""
    rows = session.execute(
        select(Transcript.comment_id, Transcript.written_at, Transcript.refused_at, _writer_expression())
        .where(Transcript.consultation_id == consultation_id, Transcript.comment_id.in_(comment_ids))
        .order_by(Transcript.written_at, Transcript.id)
    )
    return {
        comment_id: WritingDown(
            WritingDownStage.SENT_BACK if refused_at else WritingDownStage.WRITTEN, refused_at or at, (name or "",)
        )
        for comment_id, at, refused_at, name in rows
    }


@cache
def _writer_expression() -> ColumnElement[str]:
    """The body of who wrote a transcript, in a statement on Transcript."""
    return transcripts.body_of(Transcript.written_by_id)
