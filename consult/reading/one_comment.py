"""One comment as the public reads it: what it is about, what it says, and every step of its way."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session, aliased

from consult.consultations.models import Consultation
from consult.errors import NotFound
from consult.ledger.models import LedgerEntry
from consult.reading.answers import assigned_expression
from consult.reading.comments import CommentWay, way_of
from consult.reading.critiques import critique_of
from consult.responses.published import PublishedAnswer, published_answers
from consult.responses.state_of_answers import outcome_column
from consult.responses.ways import Step
from consult.responses.ways import way_of as steps_of
from consult.submissions import listing
from consult.submissions.models import Comment, CommentAct, Critique, Submission
from consult.submissions.showing import PublicComment
from consult.submissions.state import READABLE, changed_at_expression
from consult.submissions.words import CommentActKind


@dataclass(frozen=True)
class OneComment:
    """A comment with its way; `end_reason` is the code of why it is invalid, `entry` its place in the ledger, and the
    letter that of an organisation whose name is public."""

    comment: PublicComment
    way: CommentWay
    steps: list[Step]
    answer: PublishedAnswer | None
    end_reason: str
    changed_at: datetime
    late_critique: bool
    letter_number: str
    letter_on: date | None
    split_from: int | None
    split_into: list[int]
    entry: int | None
    critique: Critique | None

    @property
    def readable(self) -> bool:
        """Whether its text is public."""
        return self.comment.visibility in READABLE

    @property
    def days_late(self) -> int:
        """By how many days the answer is, or was, late."""
        return max(step.days_late for step in self.steps)


def one_comment(session: Session, consultation: Consultation, number: int, now: datetime) -> OneComment:
    """The comment `number` of a matter as it stands at `now`; raises NotFound when no comment has that number."""
    comment = listing.public_comment(session, consultation, number)
    if comment is None:
        raise NotFound
    facts = _facts(session, consultation.id, comment.id)
    way = way_of(facts.outcome, facts.assigned)
    return OneComment(
        comment=comment,
        way=way,
        steps=steps_of(session, consultation, facts.Comment, now),
        answer=published_answers(session, consultation, [comment.id]).get(comment.id),
        end_reason=_why_invalid(session, consultation.id, comment.id) if way is CommentWay.INVALID else "",
        changed_at=facts.changed_at,
        late_critique=facts.late_critique,
        letter_number=facts.letter_number if comment.organisation else "",
        letter_on=facts.letter_on if comment.organisation else None,
        split_from=facts.split_from,
        split_into=_parts(session, consultation.id, comment.id) if way is CommentWay.SPLIT else [],
        entry=facts.entry,
        critique=critique_of(session, consultation.id, comment),
    )


def _facts(session: Session, consultation_id: UUID, comment_id: UUID) -> Any:
    """What else is known of a comment, in one statement."""
    whole = aliased(Comment)
    return session.execute(
        select(
            Comment,
            outcome_column().label("outcome"),
            assigned_expression().label("assigned"),
            changed_at_expression().label("changed_at"),
            Submission.late_critique,
            Submission.letter_number,
            Submission.letter_on,
            whole.number.label("split_from"),
            _received_entry().label("entry"),
        )
        .select_from(Comment)
        .join(
            Submission,
            (Submission.consultation_id == Comment.consultation_id) & (Submission.id == Comment.submission_id),
        )
        .outerjoin(whole, (whole.consultation_id == Comment.consultation_id) & (whole.id == Comment.split_from_id))
        .where(Comment.consultation_id == consultation_id, Comment.id == comment_id)
    ).one()


def _received_entry() -> Any:
    """Where the log has that it was received, as a column of a statement on Comment."""
    return (
        select(LedgerEntry.index)
        .where(
            LedgerEntry.consultation_id == Comment.consultation_id,
            LedgerEntry.comment_number == Comment.number,
            LedgerEntry.kind == "received",
        )
        .limit(1)
        .correlate(Comment)
        .scalar_subquery()
    )


def _why_invalid(session: Session, consultation_id: UUID, comment_id: UUID) -> str:
    """The code of the reason that counts: the latest."""
    return session.scalars(
        select(CommentAct.reason)
        .where(
            CommentAct.consultation_id == consultation_id,
            CommentAct.comment_id == comment_id,
            CommentAct.kind == CommentActKind.INVALID,
            CommentAct.effective_at.is_not(None),
        )
        .order_by(CommentAct.effective_at.desc(), CommentAct.id.desc())
        .limit(1)
    ).one()


def _parts(session: Session, consultation_id: UUID, comment_id: UUID) -> list[int]:
    """The numbers of the comments that one was split into."""
    return list(
        session.scalars(
            select(Comment.number)
            .where(Comment.consultation_id == consultation_id, Comment.split_from_id == comment_id)
            .order_by(Comment.number)
        )
    )
