"""Answers with their comments, in the order a leader reads them: critiques first, then refusals, then the rest."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from uuid import UUID

from sqlalchemy.orm import Session

from consult.consultations.matter.answer_terms import AnswerTerm
from consult.consultations.models import Consultation
from consult.responses.answers import list_hash, stale_answers
from consult.responses.answers.answer_state import Answer
from consult.responses.answers.due_lines import TermLine, to_publish
from consult.responses.desk.listing.list_rows import CaseLine, lines
from consult.responses.sheets import reading_order
from consult.responses.sheets.reading_order import Standing
from consult.responses.words import AnswerState
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
    which of them belong together, `opened` whether it stands open, `disputed` whether people are for and against,
    `changed` which of them say something else since it was written, `publish` until when it should be public once it is
    approved."""

    answer: Answer
    lines: list[CaseLine]
    releasable: frozenset[int] = frozenset()
    kin: Mapping[UUID, Kin] = field(default_factory=dict)
    opened: bool = False
    disputed: bool = False
    changed: Sequence[int] = ()
    publish: TermLine | None = None

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


@dataclass(frozen=True)
class Sheet:
    """One page of the answers in a state: its `drafts`, which page of how many, all `answers` in their order, `others`
    of them on other pages; `mark` is the hash over all in their versions."""

    drafts: list[Draft]
    page: int
    pages: int
    answers: list[Answer]
    mark: str

    @property
    def total(self) -> int:
        """How many answers are in this state."""
        return len(self.answers)

    @property
    def warned(self) -> bool:
        """Whether the writer of any of them was warned of something."""
        return any(answer.latest.warnings for answer in self.answers)

    @property
    def others(self) -> int:
        """How many answers stand on other pages."""
        return self.total - len(self.drafts)


def sheet(
    session: Session,
    consultation: Consultation,
    state: AnswerState,
    term: AnswerTerm | None,
    today: date,
    senders: bool = False,
    page: int = 1,
    late: bool = False,
) -> Sheet:
    """One page of the answers in this state, with their comments; the number of statements does not grow with them. A
    page that is no more is the last. `senders` is as in `lines`; with `late` those alone that should be public."""
    standings = reading_order.ordered(session, consultation, state)
    if late:
        standings = [one for one in standings if (term_line := to_publish(term, one.answer, today)) and term_line.over]
    pages = reading_order.pages(standings)
    page = min(page, len(pages))
    found = drafts(session, consultation, pages[page - 1], term, today, senders)
    answers = [one.answer for one in standings]
    return Sheet(found, page, len(pages), answers, list_hash.over(consultation.id, list_hash.entries(answers)))


def drafts(
    session: Session,
    consultation: Consultation,
    found: Sequence[Standing],
    term: AnswerTerm | None,
    today: date,
    senders: bool,
) -> list[Draft]:
    """These answers with their comments, in this order; `senders` is as in `lines`."""
    numbers = sorted(number for one in found for number in one.answer.numbers)
    shown = lines(session, consultation, numbers, term, today, senders=senders, answers=False)
    by_number = {line.number: line for line in shown}
    states = comment_state.read(session, consultation.id, numbers) if numbers else []
    known = {one.comment.number: one for one in states}
    beside = frozenset(one.comment.number for one in states if act_rules.released_beside(one, consultation))
    kin = kin_of(session, consultation.id, [line.id for line in by_number.values()])
    return [
        replace(
            _draft(one, by_number, beside, kin),
            changed=stale_answers.changed_since(one.answer, [known[number] for number in one.answer.numbers]),
            publish=to_publish(term, one.answer, today),
        )
        for one in found
    ]


def _draft(one: Standing, by_number: Mapping[int, CaseLine], beside: frozenset[int], kin: Mapping[UUID, Kin]) -> Draft:
    numbers = one.answer.numbers
    found = [by_number[number] for number in numbers]
    return Draft(one.answer, found, beside.intersection(numbers), kin, one.opened, one.disputed)
