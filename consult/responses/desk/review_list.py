"""Answers with their comments, in the order a leader reads them: critiques first, then refusals, then the rest."""

from dataclasses import dataclass
from datetime import date

from sqlalchemy.orm import Session

from consult.consultations.models import Consultation
from consult.responses.answers.answer_state import Answer
from consult.responses.answers.due_state import AnswerTerm
from consult.responses.desk.counts import in_state
from consult.responses.desk.list_rows import CaseLine, lines
from consult.responses.words import NEEDS_REASON, AnswerState
from consult.submissions.words import SubmissionKind


@dataclass(frozen=True)
class Draft:
    """One answer with the comments that it answers."""

    answer: Answer
    lines: list[CaseLine]

    @property
    def to_critique(self) -> bool:
        """Whether it answers a phản biện xã hội."""
        return any(line.kind == SubmissionKind.CRITIQUE for line in self.lines)

    @property
    def refuses(self) -> bool:
        """Whether it does not, or only partly, accept."""
        return self.answer.latest.disposition in NEEDS_REASON


def sheet(
    session: Session,
    consultation: Consultation,
    state: AnswerState,
    term: AnswerTerm | None,
    today: date,
    senders: bool = False,
) -> list[Draft]:
    """All answers in this state, with their comments; the number of statements does not grow with them. `senders` is
    as in `lines`."""
    found = in_state(session, consultation, state)
    numbers = sorted(number for answer in found for number in answer.numbers)
    by_number = {line.number: line for line in lines(session, consultation, numbers, term, today, senders=senders)}
    drafts = [Draft(answer, [by_number[number] for number in answer.numbers]) for answer in found]
    return sorted(drafts, key=lambda draft: (not draft.to_critique, not draft.refuses, draft.answer.response.number))
