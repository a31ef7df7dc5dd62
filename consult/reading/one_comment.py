"""One comment as the public reads it: what it is about, what it says, and every step of its way."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session, aliased

from consult import clock
from consult.consultations.models import Consultation
from consult.errors import NotFound
from consult.ledger.models import LedgerEntry
from consult.reading import answers
from consult.reading.answers import InHand, PublicAnswer
from consult.reading.comments import Way, way_of
from consult.responses.state_of_answers import outcome_column, term_of
from consult.submissions import listing
from consult.submissions.models import Comment, CommentAct, Submission
from consult.submissions.showing import PublicComment
from consult.submissions.state import READABLE, changed_at_expression
from consult.submissions.words import CommentActKind

WAITS = frozenset({Way.RECEIVED, Way.IN_HAND})
ENDS = {
    Way.WITHDRAWN: CommentActKind.WITHDRAWN,
    Way.INVALID: CommentActKind.INVALID,
    Way.SPLIT: CommentActKind.SPLIT,
}


@dataclass(frozen=True)
class OneComment:
    """A comment with its way. `days_over` counts the days that the term for answering is over (0 when it is not);
    `ended_at` and `end_reason` tell of one that ends without an answer; `entry` is its place in the ledger."""

    comment: PublicComment
    way: Way
    in_hand: InHand | None
    answer: PublicAnswer | None
    days_over: int
    ended_at: datetime | None
    end_reason: str
    changed_at: datetime
    late_critique: bool
    letter: tuple[str, Any]
    split_from: int | None
    split_into: list[int]
    entry: int | None

    @property
    def readable(self) -> bool:
        """Whether its text, and that of its answer, is public."""
        return self.comment.visibility in READABLE


def one_comment(session: Session, consultation: Consultation, number: int, now: datetime) -> OneComment:
    """The comment `number` of a matter as it stands at `now`; raises NotFound when no comment has that number."""
    comment = listing.public_comment(session, consultation, number)
    if comment is None:
        raise NotFound
    facts = _facts(session, consultation.id, comment.id)
    held = answers.in_hand(session, consultation.id, comment.id)
    way = way_of(facts.outcome, held is not None)
    ended_at, reason = _end(session, consultation.id, comment.id, way)
    term = term_of(session, consultation) if way in WAITS else None
    over = term.overdue(comment.kind, comment.received_at, clock.local_day(now)) if term is not None else 0
    return OneComment(
        comment=comment,
        way=way,
        in_hand=held,
        answer=answers.published_answers(session, consultation.id, [comment.id]).get(comment.id),
        days_over=over,
        ended_at=ended_at,
        end_reason=reason,
        changed_at=facts.changed_at,
        late_critique=facts.late_critique,
        letter=(facts.letter_number, facts.letter_on) if comment.organisation else ("", None),
        split_from=facts.split_from,
        split_into=_parts(session, consultation.id, comment.id) if way is Way.SPLIT else [],
        entry=facts.entry,
    )


def _facts(session: Session, consultation_id: UUID, comment_id: UUID) -> Any:
    """What else is known of a comment, in one statement."""
    whole = aliased(Comment)
    entry = (
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
    return session.execute(
        select(
            outcome_column().label("outcome"),
            changed_at_expression().label("changed_at"),
            Submission.late_critique,
            Submission.letter_number,
            Submission.letter_on,
            whole.number.label("split_from"),
            entry.label("entry"),
        )
        .select_from(Comment)
        .join(
            Submission,
            (Submission.consultation_id == Comment.consultation_id) & (Submission.id == Comment.submission_id),
        )
        .outerjoin(whole, (whole.consultation_id == Comment.consultation_id) & (whole.id == Comment.split_from_id))
        .where(Comment.consultation_id == consultation_id, Comment.id == comment_id)
    ).one()


def _end(session: Session, consultation_id: UUID, comment_id: UUID, way: Way) -> tuple[datetime | None, str]:
    """When and why (a code) a comment ended without an answer."""
    if way not in ENDS:
        return None, ""
    act = session.scalars(
        select(CommentAct)
        .where(
            CommentAct.consultation_id == consultation_id,
            CommentAct.comment_id == comment_id,
            CommentAct.kind == ENDS[way],
            CommentAct.effective_at.is_not(None),
        )
        .order_by(CommentAct.effective_at.desc(), CommentAct.id.desc())
        .limit(1)
    ).one()
    return act.effective_at, act.reason if way is Way.INVALID else ""


def _parts(session: Session, consultation_id: UUID, comment_id: UUID) -> list[int]:
    return list(
        session.scalars(
            select(Comment.number)
            .where(Comment.consultation_id == consultation_id, Comment.split_from_id == comment_id)
            .order_by(Comment.number)
        )
    )
