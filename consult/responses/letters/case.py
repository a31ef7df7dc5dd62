"""One letter on the desk, a văn bản góp ý or a văn bản phản biện xã hội: all that it says as points that are answered,
how far each is, until when, and what came with it. A point is a comment like any other and is answered as one."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from consult.consultations.matter.answer_terms import AnswerTerm
from consult.consultations.models import Consultation
from consult.errors import NotFound
from consult.outline.grammar.conclusions import says_something
from consult.responses.desk.listing.list_rows import CaseLine, lines
from consult.responses.dialogues.service import dialogues_of
from consult.responses.referrals import found as referrals
from consult.responses.referrals.models import Referral
from consult.responses.remarks.papers import papers_of
from consult.responses.second_words.models import Dialogue, SecondWordPaper
from consult.responses.second_words.told import SecondWord, second_words
from consult.responses.statistics.letters import LETTERS
from consult.submissions.comments.act_rules import ANSWERABLE
from consult.submissions.comments.outcome import Outcome
from consult.submissions.inputs import Cosigned
from consult.submissions.letter_models import LetterVersion
from consult.submissions.letters import place_of
from consult.submissions.models import Comment, Critique, Submission
from consult.submissions.receiving.critique_parts import parts_of
from consult.submissions.receiving.models import Attachment
from consult.submissions.sender import own_submission
from consult.submissions.sender.letter_amendment import versions_of
from consult.submissions.words import CritiquePart

AT_THE_END = (CritiquePart.CONCLUSION, CritiquePart.DIFFERING)
"""What a critique ends with; its other parts stand before its comments by clause."""


@dataclass(frozen=True)
class LetterCase:
    """A letter with its points in its order: the general ones, those by clause, the conclusion with recommendations.
    `due` is the day of the letter, `own_days` of the points whose day is another; `unowed` is what a critique says that
    is owed no answer; `versions` are there once it was amended; `words` is what its sender says of the answers and
    `went_to` the bodies to which points were passed on, by comment; `papers` those on which it said that, `dialogues`
    those held over it."""

    submission: Submission
    critique: Critique | None
    general: list[CaseLine]
    by_clause: list[CaseLine]
    at_the_end: list[CaseLine]
    unowed: list[tuple[CritiquePart, str]]
    due: date | None
    overdue: int
    own_days: Mapping[int, date]
    attachments: Sequence[Attachment]
    versions: Sequence[LetterVersion]
    words: Mapping[UUID, SecondWord]
    went_to: Mapping[UUID, Sequence[Referral]]
    dialogues: Sequence[Dialogue]
    papers: Sequence[SecondWordPaper]

    @property
    def points(self) -> list[CaseLine]:
        """All of them."""
        return [*self.general, *self.by_clause, *self.at_the_end]

    @property
    def owed(self) -> list[CaseLine]:
        """Those that are owed an answer, given or not."""
        return [one for one in self.points if one.outcome in ANSWERABLE]

    @property
    def waiting(self) -> list[CaseLine]:
        """Those that have no public answer yet."""
        return [one for one in self.points if one.outcome == Outcome.AWAITING]

    @property
    def unwritten(self) -> list[int]:
        """The numbers of those for which nobody has written an answer."""
        return [one.number for one in self.waiting if one.answer is None]

    def waiting_as(self, state: str) -> list[int]:
        """The numbers of those whose answer is not public and stands there (an AnswerState)."""
        return [one.number for one in self.waiting if one.answer is not None and one.answer.state == state]

    @property
    def unsatisfied(self) -> list[CaseLine]:
        """Those that wait for a final answer, since the first does not satisfy."""
        return [
            one
            for one in self.points
            if one.outcome == Outcome.ANSWERED and one.id in self.words and self.words[one.id].waits
        ]

    @property
    def answered_unsaid(self) -> bool:
        """Whether there is an answer of which its sender has said nothing yet."""
        return any(one.outcome == Outcome.ANSWERED and one.id not in self.words for one in self.points)

    @property
    def final_due(self) -> date | None:
        """Until when the first of those is due."""
        return min((day for one in self.unsatisfied if (day := self.words[one.id].due) is not None), default=None)

    @property
    def closed(self) -> bool:
        """Whether something that came with it is not for who looks: then its files and its text as a whole are not."""
        return any(one.closed for one in self.points)

    @property
    def first(self) -> CaseLine:
        """A point by which its sender is told: one beside which they still stand, if there is one."""
        return next((one for one in self.points if not one.left), self.points[0])

    @property
    def place(self) -> str:
        """Where it was drawn up."""
        return place_of(self.submission)

    @property
    def cosigned(self) -> list[Cosigned]:
        """The bodies that confirmed it for themselves."""
        return [Cosigned.read(one) for one in self.submission.cosigned]


def letter_case(
    session: Session,
    consultation: Consultation,
    number: int,
    term: AnswerTerm | None,
    today: date,
    set_apart: bool,
) -> LetterCase:
    """The letter that is the submission `number` of a matter, in a constant number of statements; raises NotFound.
    `set_apart` tells whether who looks may read what is in quarantine or was passed on."""
    own = (Submission.consultation_id == consultation.id, Submission.number == number, Submission.kind.in_(LETTERS))
    found = session.scalar(select(Submission).where(*own))
    if found is None:
        raise NotFound
    mine = (Comment.consultation_id == consultation.id, Comment.submission_id == found.id)
    numbers = session.scalars(select(Comment.number).where(*mine).order_by(Comment.position, Comment.number)).all()
    listed = {one.number: one for one in lines(session, consultation, numbers, term, today, set_apart, True)}
    # What was split is read and answered in its parts.
    points = [listed[each] for each in numbers if listed[each].outcome != Outcome.SPLIT]
    critique = session.get(Critique, (consultation.id, found.id))
    due = term.due(found.kind, found.received_at) if term else None
    days = {one.number: term.due(one.kind, one.received_at, one.number) for one in points} if term else {}
    waits = term is not None and any(one.outcome == Outcome.AWAITING for one in points)
    return LetterCase(
        submission=found,
        critique=critique,
        general=_in_order(one for one in points if one.critique_part and one.critique_part not in AT_THE_END),
        by_clause=[one for one in points if one.critique_part is None],
        at_the_end=_in_order(one for one in points if one.critique_part in AT_THE_END),
        unowed=_unowed(critique, points) if critique else [],
        due=due,
        overdue=term.overdue(found.kind, found.received_at, today) if term and waits else 0,
        own_days={one: day for one, day in days.items() if day is not None and day != due},
        attachments=own_submission.attachments_of(session, found),
        versions=versions_of(session, found),
        words=second_words(session, consultation.id, [one.id for one in points if not one.closed]),
        went_to=referrals.told_of(session, consultation.id, [one.id for one in points if not one.closed]),
        dialogues=dialogues_of(session, found),
        papers=papers_of(session, found),
    )


def _in_order(found: Iterable[CaseLine]) -> list[CaseLine]:
    """In the order of the law."""
    return sorted(found, key=lambda one: list(CritiquePart).index(CritiquePart(str(one.critique_part))))


def _unowed(critique: Critique, points: Sequence[CaseLine]) -> list[tuple[CritiquePart, str]]:
    """What a critique says that no point of it does: that there is no opinion, or everything, of one that came before
    its parts were points."""
    said = [(part, text) for part, text in parts_of(critique) if text]
    if critique.divided_at is None:
        return said
    silent = [(part, text) for part, text in said if not says_something(text)]
    # Where nothing else is said, its conclusion is a point, whatever that says.
    all_silent = len(silent) == len(said) and any(one.critique_part for one in points)
    return [(part, text) for part, text in silent if not (all_silent and part is CritiquePart.CONCLUSION)]
