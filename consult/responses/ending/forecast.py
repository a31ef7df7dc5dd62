"""What concluding a matter will do, said before it is done, since nothing undoes it."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Select, func, select
from sqlalchemy.orm import Session

from consult.consultations.invitation_models import Invitation
from consult.consultations.models import Consultation
from consult.relationships import along
from consult.submissions.comments.outcome import Outcome, author_left_expression
from consult.submissions.comments.standing import outcome_is
from consult.submissions.models import Comment, Joiner, Submission
from consult.submissions.words import ContactKind

_REACHED = (ContactKind.MAIL, ContactKind.TELEPHONE)


@dataclass(frozen=True)
class Ending:
    """So many senders and people who joined them left an address to be told (`mails`) or a telephone number (`calls`),
    and so many `bodies` that were asked are told; both sums then count `received` comments for good."""

    mails: int
    calls: int
    bodies: int
    received: int


def forecast(session: Session, consultation: Consultation, received: int) -> Ending:
    """What happens when the matter is concluded, in three statements."""
    told = {kind: 0 for kind in ContactKind}
    for statement in (_senders(consultation), _joiners(consultation)):
        for kind, count in _rows(session, statement):
            told[kind] += count
    asked = select(func.count(Invitation.organisation_id.distinct()))
    bodies = session.scalar(asked.where(Invitation.consultation_id == consultation.id)) or 0
    return Ending(told[ContactKind.MAIL], told[ContactKind.TELEPHONE], bodies, received)


def _rows(session: Session, statement: Select[ContactKind, int]) -> Sequence[Any]:
    return session.execute(statement).all()


def _senders(consultation: Consultation) -> Select[ContactKind, int]:
    """Who has not taken back everything, as the mails themselves ask."""
    theirs = (~outcome_is(Outcome.WITHDRAWN), ~author_left_expression())
    standing = select(Comment.id).where(along(Submission.comments), *theirs).correlate(Submission).exists()
    return (
        select(Submission.contact_kind, func.count(Submission.contact.distinct()))
        .where(Submission.consultation_id == consultation.id, Submission.contact_kind.in_(_REACHED))
        .where(standing)
        .group_by(Submission.contact_kind)
    )


def _joiners(consultation: Consultation) -> Select[ContactKind, int]:
    return (
        select(Joiner.contact_kind, func.count(Joiner.contact.distinct()))
        .where(Joiner.consultation_id == consultation.id, Joiner.withdrawn_at.is_(None))
        .where(Joiner.contact_kind.in_(_REACHED))
        .group_by(Joiner.contact_kind)
    )
