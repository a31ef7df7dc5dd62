"""What publishing answers will do, said before it is done: who is told, and which texts become public."""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import func, or_, select
from sqlalchemy.orm import Session

from consult.consultations.models import Consultation
from consult.relationships import along
from consult.responses.answers.answer_state import Answer
from consult.submissions.comments import act_rules, comment_state
from consult.submissions.comments.outcome import Outcome, author_left_expression
from consult.submissions.comments.standing import outcome_is, unseen_expression
from consult.submissions.disclosure import Event, shows_by_itself
from consult.submissions.models import Comment, Joiner, Submission
from consult.submissions.words import ContactKind

MOST = 200
"""Comments that are released in one press."""


@dataclass(frozen=True)
class Forecast:
    """So many `answers` to so many `comments` become public; so many senders and people who joined them get a mail
    (`mails`) or are telephoned (`calls`), so many `bodies` are told of the answers to their letters; and the texts of
    so many comments become public by themselves (`texts`)."""

    answers: int
    comments: int
    mails: int
    calls: int
    bodies: int
    texts: int


def forecast(session: Session, consultation: Consultation, found: Sequence[Answer]) -> Forecast:
    """What happens when these answers are published, in a constant number of statements."""
    numbers = sorted(number for answer in found for number in answer.numbers)
    told = {kind: 0 for kind in ContactKind}
    for kind, count in [*_senders(session, consultation.id, numbers), *_joiners(session, consultation.id, numbers)]:
        told[kind] += count
    return Forecast(
        answers=len(found),
        comments=len(numbers),
        mails=told[ContactKind.MAIL],
        calls=told[ContactKind.TELEPHONE],
        bodies=_bodies(session, consultation.id, numbers),
        texts=_texts(session, consultation, numbers),
    )


def answered_unseen(session: Session, consultation: Consultation) -> list[int]:
    """The numbers of the first `MOST` comments whose answer is public while their text is in check, and that one person
    may release; in a constant number of statements."""
    # What was answered is not among what nobody checks any more (`visible.NEVER_CHECKED`): that need not be asked too.
    waits = (unseen_expression(), outcome_is(Outcome.ANSWERED))
    here = select(Comment.number).where(Comment.consultation_id == consultation.id, *waits)
    numbers = session.scalars(here.order_by(Comment.number).limit(MOST)).all()
    states = comment_state.read(session, consultation.id, numbers) if numbers else []
    return [one.comment.number for one in states if act_rules.released_beside(one, consultation)]


def _senders(session: Session, consultation_id: UUID, numbers: Sequence[int]) -> list[tuple[ContactKind, int]]:
    rows = session.execute(
        select(Submission.contact_kind, func.count(Submission.id.distinct()))
        .join(Submission.comments)
        .where(Comment.consultation_id == consultation_id, Comment.number.in_(numbers), ~author_left_expression())
        .where(Submission.contact != "")
        .group_by(Submission.contact_kind)
    )
    return [(kind, count) for kind, count in rows]


def _joiners(session: Session, consultation_id: UUID, numbers: Sequence[int]) -> list[tuple[ContactKind, int]]:
    """Who joined a comment, or what it was split from, and did not take that back."""
    rows = session.execute(
        select(Joiner.contact_kind, func.count(Joiner.id.distinct()))
        .join(Comment, or_(along(Joiner.comment), along(Joiner.parts)))
        .where(Joiner.consultation_id == consultation_id, Comment.consultation_id == consultation_id)
        .where(Comment.number.in_(numbers), Joiner.contact != "", Joiner.withdrawn_at.is_(None))
        .group_by(Joiner.contact_kind)
    )
    return [(kind, count) for kind, count in rows]


def _bodies(session: Session, consultation_id: UUID, numbers: Sequence[int]) -> int:
    counted = (
        select(func.count(Submission.organisation_id.distinct()))
        .join(Submission.comments)
        .where(Comment.consultation_id == consultation_id, Comment.number.in_(numbers))
    )
    return session.scalar(counted) or 0


def _texts(session: Session, consultation: Consultation, numbers: Sequence[int]) -> int:
    """As publishing itself does it (`acts.disclose`)."""
    states = comment_state.read(session, consultation.id, numbers) if numbers else []
    shown = (
        shows_by_itself(
            consultation.disclosure, Event.ANSWERED, one.visibility, one.outcome, not one.unheard, one.kept_back
        )
        for one in states
    )
    return sum(shown)
