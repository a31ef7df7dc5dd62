"""Answers with their comments, in the order a leader reads them: critiques first, then refusals, then the rest."""

from dataclasses import dataclass
from datetime import date

from sqlalchemy.orm import Session

from consult.consultations.matter.answer_terms import AnswerTerm
from consult.consultations.models import Consultation
from consult.responses.answers.answer_state import Answer
from consult.responses.desk.counts import in_state
from consult.responses.desk.listing.list_rows import CaseLine, lines
from consult.responses.words import NEEDS_REASON, AnswerState
from consult.submissions.comments import act_rules, comment_state
from consult.submissions.comments.outcome import READABLE
from consult.submissions.words import SubmissionKind


@dataclass(frozen=True)
class Draft:
    """One answer with the comments that it answers, and the numbers of those that may be released with it."""

    answer: Answer
    lines: list[CaseLine]
    releasable: frozenset[int] = frozenset()

    @property
    def to_critique(self) -> bool:
        """Whether it answers a phản biện xã hội."""
        return any(line.kind == SubmissionKind.CRITIQUE for line in self.lines)

    @property
    def unseen(self) -> list[CaseLine]:
        """Its comments that nobody outside may read."""
        return [line for line in self.lines if line.visibility not in READABLE]

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
    states = comment_state.read(session, consultation.id, numbers) if numbers else []
    beside = frozenset(one.comment.number for one in states if act_rules.released_beside(one, consultation))
    drafts = [
        Draft(answer, [by_number[number] for number in answer.numbers], beside.intersection(answer.numbers))
        for answer in found
    ]
    return sorted(drafts, key=lambda draft: (not draft.to_critique, not draft.refuses, draft.answer.response.number))
