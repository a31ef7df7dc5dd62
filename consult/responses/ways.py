"""A comment's way, as its public page shows it: received, in hand, answered; by which unit, when, how late."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from consult import clock
from consult.consultations.models import Consultation
from consult.people.models import Unit
from consult.responses.models import Assignment, ResponseTarget
from consult.responses.published import PublishedAnswer, published_answers
from consult.responses.state_of_answers import AnswerTerm, term_of
from consult.submissions.models import Comment, CommentAct, Submission
from consult.submissions.state import Outcome, outcome_of
from consult.submissions.words import SubmissionKind

ENDED = {
    Outcome.WITHDRAWN: "outcome.withdrawn",
    Outcome.INVALID: "outcome.invalid",
    Outcome.SPLIT: "outcome.split",
}
"""Passing on is not told: such a comment looks like one that waits (docs/ledger.md)."""


@dataclass(frozen=True)
class Step:
    """One step: `code` is said whole (`way.received`), `state` is past, now, late or next (as `timeline` draws it),
    `by` the name of a unit or body, `days_late` how many days the answer is overdue."""

    code: str
    state: str
    at: datetime | None = None
    by: str = ""
    days_late: int = 0


def way_of(session: Session, consultation: Consultation, comment: Comment, now: datetime) -> list[Step]:
    """The steps of one comment as they stand at `now`, in at most seven statements, whatever was done to it."""
    answer = published_answers(session, consultation, [comment.id]).get(comment.id)
    acts = session.scalars(
        select(CommentAct).where(
            CommentAct.consultation_id == consultation.id,
            CommentAct.comment_id == comment.id,
            CommentAct.effective_at.is_not(None),
        )
    ).all()
    outcome = outcome_of(acts, answer is not None)
    kind = session.scalar(
        select(Submission.kind).where(
            Submission.consultation_id == consultation.id, Submission.id == comment.submission_id
        )
    )
    given = _last_given(session, consultation.id, comment.id)
    steps = [Step("way.received", "past", comment.received_at, consultation.lead.name)]
    if outcome in ENDED:
        ended = max(act.effective_at for act in acts if act.effective_at and act.kind.value == outcome.value)
        return [*steps, Step(ENDED[outcome], "past", ended)]
    late = _days_late(term_of(session, consultation), kind or SubmissionKind.COMMENT, comment, answer, now)
    return [*steps, *_open_steps(consultation, given, answer, late)]


def _open_steps(
    consultation: Consultation, given: tuple[datetime, str] | None, answer: PublishedAnswer | None, late: int
) -> list[Step]:
    body = consultation.answering.name
    at, unit = given if given else (None, "")
    if answer is not None:
        held = [Step("way.in_hand", "past", at, unit or body)] if given else []
        return [*held, Step("way.answered", "past", answer.first_at, unit or body, late)]
    if late:
        return [Step("way.in_hand", "late", at, unit or body, late), Step("way.answered", "next")]
    waiting = Step("way.in_hand", "now", at, unit or body) if given else Step("way.in_hand", "next")
    return [waiting, Step("way.answered", "next")]


def _last_given(session: Session, consultation_id: UUID, comment_id: UUID) -> tuple[datetime, str] | None:
    """When and to which unit the comment was last given, or since when an answer is being written. No person's name
    is told."""
    row = session.execute(
        select(Assignment.at, Unit.name, Assignment.user_id)
        .outerjoin(Unit, Unit.id == Assignment.unit_id)
        .where(Assignment.consultation_id == consultation_id, Assignment.comment_id == comment_id)
        .order_by(Assignment.at.desc())
        .limit(1)
    ).first()
    if row is not None and (row[1] is not None or row[2] is not None):
        return row[0], row[1] or ""
    begun = session.scalar(
        select(ResponseTarget.at).where(
            ResponseTarget.consultation_id == consultation_id, ResponseTarget.comment_id == comment_id
        )
    )
    return (begun, "") if begun is not None else None


def _days_late(
    term: AnswerTerm | None, kind: SubmissionKind, comment: Comment, answer: PublishedAnswer | None, now: datetime
) -> int:
    if term is None:
        return 0
    return term.overdue(kind, comment.received_at, clock.local_day(answer.first_at if answer else now))
