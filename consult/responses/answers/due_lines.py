"""The days that matter for one comment that waits: what should be done next by a term, and until when it is
answered."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from consult.consultations.matter.answer_terms import AnswerTerm
from consult.consultations.matter.internal_terms import Step
from consult.consultations.matter.term_kinds import TermKind
from consult.responses.answers.answer_state import Answer
from consult.responses.words import AnswerState

ANSWER, PUBLISH = "answer", "publish"
NEXT: Mapping[AnswerState, Step] = {AnswerState.DRAFTED: Step.APPROVE, AnswerState.SENT_BACK: Step.DRAFT}
"""What is to be done next with an answer in this state; one that is approved has a term of its own."""


@dataclass(frozen=True)
class TermLine:
    """One due day: of which step (`answer`, `draft`, `approve`, `publish`), of which kind its term is, the local day,
    and by how many days it is `over`."""

    step: str
    kind: TermKind
    day: date
    over: int


def lines_of(
    term: AnswerTerm, kind: str, received_at: datetime, number: int, answer: Answer | None, today: date
) -> list[TermLine]:
    """The next step and the answer, of a comment of this kind that waits; nothing while the period has no end. Once the
    answer is late no internal term matters any more, but a publication does."""
    due = term.due(kind, received_at, number)
    if due is None:
        return []
    own = _line(ANSWER, term.kind_of_term, due, today)
    step = next_step(term, due, answer, today)
    return [own] if step is None or own.over and step.kind is TermKind.INTERNAL else [step, own]


def next_step(term: AnswerTerm, due: date, answer: Answer | None, today: date) -> TermLine | None:
    """What is to be done before an answer that is due on a day is given; None where no rule sets a term for it."""
    state = answer.state if answer is not None else None
    if state is AnswerState.APPROVED:
        return to_publish(term, answer, today)
    step = NEXT.get(state, Step.DRAFT) if state is not None else Step.DRAFT
    day = term.internal.day(due, step)
    return None if day is None else _line(step.value, TermKind.INTERNAL, day, today)


def to_publish(term: AnswerTerm | None, answer: Answer | None, today: date) -> TermLine | None:
    """Until when an approved answer should be public; None for any other, and where no rule says so."""
    if term is None or term.publish is None or answer is None or answer.state is not AnswerState.APPROVED:
        return None
    if answer.decision is None:
        return None
    return _line(PUBLISH, term.publish.kind, term.publish.due(answer.decision.at), today)


def _line(step: str, kind: TermKind, day: date, today: date) -> TermLine:
    return TermLine(step, kind, day, max(0, (today - day).days))
