"""Answers with their comments, in the order a leader reads them: critiques first, then refusals, then the rest."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from uuid import UUID

from sqlalchemy.orm import Session

from consult.consultations.matter.answer_terms import AnswerTerm
from consult.consultations.models import Consultation
from consult.responses.answers.answer_state import Answer
from consult.responses.desk.counts import in_state
from consult.responses.desk.listing.list_rows import CaseLine, lines
from consult.responses.words import NEEDS_REASON, AnswerState
from consult.similar.kin import Kin, kin_of
from consult.similar.words import Likeness
from consult.submissions.comments import act_rules, comment_state
from consult.submissions.comments.outcome import READABLE
from consult.submissions.words import SubmissionKind


@dataclass(frozen=True)
class Together:
    """Comments of one group that one answer is for: the `line` that stands for them, and how many are what to it."""

    line: CaseLine
    others: list[CaseLine]
    group: int
    many: dict[Likeness, int]


@dataclass(frozen=True)
class Draft:
    """One answer with the comments that it answers, and the numbers of those that may be released with it; `kin` tells
    which of them belong together."""

    answer: Answer
    lines: list[CaseLine]
    releasable: frozenset[int] = frozenset()
    kin: Mapping[UUID, Kin] = field(default_factory=dict)

    @property
    def rows(self) -> list[CaseLine | Together]:
        """The comments as they are read: those of one group as one, at the place of the first of them."""
        groups: dict[int, list[CaseLine]] = {}
        for line in self.lines:
            if line.id in self.kin:
                groups.setdefault(self.kin[line.id].group, []).append(line)
        found: list[CaseLine | Together] = []
        for line in self.lines:
            own = groups.get(self.kin[line.id].group, []) if line.id in self.kin else []
            if len(own) < 2:
                found.append(line)
            elif own[0] is line:
                found.append(self._together(own))
        return found

    def _together(self, lines: list[CaseLine]) -> Together:
        said = [self.kin[line.id].likeness for line in lines]
        sample = lines[said.index(Likeness.IDENTICAL)] if Likeness.IDENTICAL in said else lines[0]
        others = [line for line in lines if line is not sample]
        return Together(sample, others, self.kin[sample.id].group, {one: said.count(one) for one in set(said)})

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
    kin = kin_of(session, consultation.id, [line.id for line in by_number.values()])
    drafts = [
        Draft(answer, [by_number[number] for number in answer.numbers], beside.intersection(answer.numbers), kin)
        for answer in found
    ]
    return sorted(drafts, key=lambda draft: (not draft.to_critique, not draft.refuses, draft.answer.response.number))
