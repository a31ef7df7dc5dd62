"""A comment's way, as its public page shows it: received, in hand, answered; by which unit, when, how late."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from consult import clock
from consult.consultations.matter.answer_terms import AnswerTerm, Pause
from consult.consultations.models import Consultation
from consult.policy import investor_answers
from consult.submissions.comments.outcome import Outcome, outcome_of
from consult.submissions.models import CommentAct
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
class Progress:
    """What is known of a comment on its way: `begun_at` is when it was last given to somebody, or an answer begun,
    `unit` the unit that has it, `answered_at` when its first answer was published, `pause` what its sender was asked.
    """

    kind: SubmissionKind
    received_at: datetime
    begun_at: datetime | None
    unit: str
    answered_at: datetime | None
    number: int | None = None
    pause: Pause | None = None


def steps(
    consultation: Consultation, term: AnswerTerm | None, acts: Iterable[CommentAct], handed: Progress, now: datetime
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
        late = term.overdue(handed.kind, handed.received_at, clock.local_day(handed.answered_at or now), handed.number)
    return [first, *_open_steps(consultation, handed, late, clock.local_day(now))]


def _open_steps(consultation: Consultation, handed: Progress, late: int, today: date) -> list[Step]:
    by, at, asked = handed.unit or consultation.answering.name, handed.begun_at, _question_steps(consultation, handed)
    if handed.answered_at is not None:
        held = [Step("way.in_hand", "past", at, by)] if at else []
        return [*held, *asked, Step("way.answered", "past", handed.answered_at, by, late)]
    if late:
        return [*asked, Step("way.in_hand", "late", at, by, late), Step("way.answered", "next")]
    if handed.pause is not None and handed.pause.waits(today):
        return [*asked, Step("way.sender_waited_for", "now"), Step("way.answered", "next")]
    waiting = Step("way.in_hand", "now", at, by) if at else Step("way.in_hand", "next")
    return [*asked, waiting, Step("way.answered", "next")]


def _question_steps(consultation: Consultation, handed: Progress) -> list[Step]:
    """That the sender was asked something, and replied."""
    pause = handed.pause
    if pause is None:
        return []
    by_posting = investor_answers(consultation) and not pause.by_investor
    asker = consultation.posting if by_posting else consultation.answering
    asked = Step("way.question_asked", "past", pause.asked_at, asker.name)
    return [asked, *([Step("way.question_replied", "past", pause.replied_at)] if pause.replied_at else [])]
