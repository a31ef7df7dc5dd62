"""Bodies asked to listen: somebody in the Front or a commune speaks the language of a comment that was spoken."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from consult.consultations.models import Consultation
from consult.db import new_id, writing
from consult.errors import NotFound, Refused
from consult.outbox.service import emit
from consult.people.models import Organisation
from consult.people.words import OrganisationKind
from consult.policy import Action, Actor, investor_answers, require
from consult.relationships import along
from consult.submissions.comments import transcripts
from consult.submissions.models import Comment
from consult.submissions.receiving.models import Attachment, ListeningRequest
from consult.submissions.words import VOICE


@dataclass(frozen=True)
class ListeningTask:
    """A voice that a body was asked to write down: of its sender nothing is told."""

    consultation: Consultation
    comment: Comment
    voice: Attachment
    organisation: str
    asked_at: datetime


def ask(
    session: Session, consultation: Consultation, number: int, organisation_id: UUID, actor: Actor, now: datetime
) -> ListeningRequest:
    """Asks a body to write down a spoken comment and tells the ring (`listening_asked`); asking again changes nothing.

    Raises NotFound; Refused: the policy's reason, `not_spoken`, `investor_listens`: who answers for a project does not
    learn by the voice who spoke.
    """
    with writing(session, consultation.id):
        require(actor, Action.TRANSCRIBE, consultation, now)
        comment = _comment(session, consultation, number)
        body = session.get(Organisation, organisation_id)
        if body is None:
            raise NotFound
        if _hears_its_own(consultation, body):
            raise Refused("investor_listens")
        if transcripts.voice_of(session, consultation.id, comment.id) is None:
            raise Refused("not_spoken", numbers=str(number))
        asked = _request(session, consultation.id, comment.id, organisation_id)
        if asked is None or asked.withdrawn_at is not None:
            asked_of = str(organisation_id)
            emit(session, "listening_asked", now, consultation.id, organisation=asked_of, number=number)
        if asked is None:
            asked = ListeningRequest(
                consultation_id=consultation.id,
                id=new_id(),
                comment_id=comment.id,
                organisation_id=organisation_id,
                at=now,
                by_id=actor.user_id,
            )
            session.add(asked)
        asked.withdrawn_at = None
        return asked


def ask_no_more(
    session: Session, consultation: Consultation, number: int, organisation_id: UUID, actor: Actor, now: datetime
) -> None:
    """The body no longer hears the voice. Raises NotFound; Refused: the policy's reason."""
    with writing(session, consultation.id):
        require(actor, Action.TRANSCRIBE, consultation, now)
        asked = _request(session, consultation.id, _comment(session, consultation, number).id, organisation_id)
        if asked is None:
            raise NotFound
        asked.withdrawn_at = asked.withdrawn_at or now


def bodies_to_ask(session: Session, consultation: Consultation) -> list[Organisation]:
    """The bodies that can be asked to listen, by name: no investor where an investor answers."""
    found = session.scalars(select(Organisation).order_by(Organisation.name, Organisation.id))
    return [body for body in found if not _hears_its_own(consultation, body)]


def bodies_asked(session: Session, consultation_id: UUID, comment_id: UUID) -> frozenset[UUID]:
    """The bodies that may hear a comment."""
    return frozenset(
        session.scalars(
            select(ListeningRequest.organisation_id).where(
                ListeningRequest.consultation_id == consultation_id,
                ListeningRequest.comment_id == comment_id,
                ListeningRequest.withdrawn_at.is_(None),
            )
        )
    )


def to_hear(session: Session, organisation_ids: Iterable[UUID]) -> list[ListeningTask]:
    """The voices that these bodies were asked to write down, the latest asked first."""
    asked = ListeningRequest
    rows = session.execute(
        select(Consultation, Comment, Attachment, Organisation.name, asked.at)
        .select_from(asked)
        .join(asked.comment)
        .join(Consultation, Consultation.id == asked.consultation_id)
        .join(Organisation, Organisation.id == asked.organisation_id)
        .join(Attachment, along(Attachment.comment) & (Attachment.role == VOICE))
        .where(asked.organisation_id.in_(list(organisation_ids)), asked.withdrawn_at.is_(None))
        .order_by(asked.at.desc(), asked.id)
    )
    return [ListeningTask(*row) for row in rows.unique()]


def _hears_its_own(consultation: Consultation, body: Organisation) -> bool:
    return investor_answers(consultation) and body.kind is OrganisationKind.INVESTOR


def _comment(session: Session, consultation: Consultation, number: int) -> Comment:
    found = session.scalars(
        select(Comment).where(Comment.consultation_id == consultation.id, Comment.number == number)
    ).first()
    if found is None:
        raise NotFound
    return found


def _request(
    session: Session, consultation_id: UUID, comment_id: UUID, organisation_id: UUID
) -> ListeningRequest | None:
    return session.scalars(
        select(ListeningRequest).where(
            ListeningRequest.consultation_id == consultation_id,
            ListeningRequest.comment_id == comment_id,
            ListeningRequest.organisation_id == organisation_id,
        )
    ).first()
