"""A comment's way, as its public page shows it: received, in hand, answered; by which unit, when, how late."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from consult import clock
from consult.consultations.models import Consultation
from consult.people.models import Unit
from consult.responses.answers.due_state import AnswerTerm, term_of
from consult.responses.answers.published import published_answers
from consult.responses.models import Assignment, ResponseTarget
from consult.submissions.comments.outcome import Outcome, outcome_of
from consult.submissions.models import Comment, CommentAct, Submission
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


@dataclass(frozen=True)
class Handed:
    """What is known of a comment on its way: `begun_at` is when it was last given to somebody, or else an answer begun;
    `unit` the unit that has it, `answered_at` when its first answer was published."""

    kind: SubmissionKind
    received_at: datetime
    begun_at: datetime | None
    unit: str
    answered_at: datetime | None


def steps(
    consultation: Consultation, term: AnswerTerm | None, acts: Iterable[CommentAct], handed: Handed, now: datetime
) -> list[Step]:
    """The steps of one comment with these acts as they stand at `now`."""
    effective = [act for act in acts if act.effective_at is not None]
    outcome = outcome_of(effective)
    first = Step("way.received", "past", handed.received_at, consultation.lead.name)
    if outcome in ENDED:
        ended = max(act.effective_at for act in effective if act.effective_at and act.kind.value == outcome.value)
        return [first, Step(ENDED[outcome], "past", ended)]
    late = 0
    if term is not None:
        late = term.overdue(handed.kind, handed.received_at, clock.local_day(handed.answered_at or now))
    return [first, *_open_steps(consultation, handed, late)]


def way_of(session: Session, consultation: Consultation, comment: Comment, now: datetime) -> list[Step]:
    """The same, with what is known read in at most seven statements, whatever was done to the comment."""
    answer = published_answers(session, consultation, [comment.id]).get(comment.id)
    acts = session.scalars(
        select(CommentAct).where(CommentAct.consultation_id == consultation.id, CommentAct.comment_id == comment.id)
    ).all()
    kind = session.scalar(
        select(Submission.kind).where(
            Submission.consultation_id == consultation.id, Submission.id == comment.submission_id
        )
    )
    begun_at, unit = _last_given(session, consultation.id, comment.id) or (None, "")
    answered_at = answer.first_at if answer else None
    handed = Handed(kind or SubmissionKind.COMMENT, comment.received_at, begun_at, unit, answered_at)
    return steps(consultation, term_of(session, consultation), acts, handed, now)


def _open_steps(consultation: Consultation, handed: Handed, late: int) -> list[Step]:
    by, at = handed.unit or consultation.answering.name, handed.begun_at
    if handed.answered_at is not None:
        held = [Step("way.in_hand", "past", at, by)] if at else []
        return [*held, Step("way.answered", "past", handed.answered_at, by, late)]
    if late:
        return [Step("way.in_hand", "late", at, by, late), Step("way.answered", "next")]
    waiting = Step("way.in_hand", "now", at, by) if at else Step("way.in_hand", "next")
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
