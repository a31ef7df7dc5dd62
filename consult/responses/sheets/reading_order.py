"""The order in which a leader reads many answers, which of them stand open, and how many are read on one page.

Open stand those that want reading one by one: answers to a critique, refusals, and answers on a clause that people are
for and against. The rest is one line each. A page is as long as it can be read, whatever stands open on it.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from math import ceil
from typing import Any
from uuid import UUID

from sqlalchemy import Select, func, select
from sqlalchemy.orm import Session

from consult.consultations.models import Consultation
from consult.responses.answers.answer_state import Answer
from consult.responses.desk.counts import in_state
from consult.responses.desk.listing.joins import latest_version
from consult.responses.models import ResponseTarget
from consult.responses.words import NEEDS_REASON, AnswerState
from consult.submissions.comments.act_rules import GONE
from consult.submissions.comments.standing import outcome_is
from consult.submissions.models import Comment, CommentVersion, Submission
from consult.submissions.words import Stance, SubmissionKind

SHOWN_OF_COMMENTS = 3
"""So many of the comments of an answer are read at once; the others are one press away."""
FOLDED, OPEN, COMMENT, LINE, LETTERS = 38, 240, 230, 31, 90
"""How high they are on a desk's screen, in pixels; so many letters stand in a line."""
PAGE = 9_500


@dataclass(frozen=True)
class Standing:
    """An answer in its place; `opened` says whether it stands open."""

    answer: Answer
    to_critique: bool
    disputed: bool
    opened: bool

    @property
    def height(self) -> int:
        """How high it stands on a page, rather too high than too low."""
        if not self.opened:
            return FOLDED
        said = self.answer.latest
        lines = ceil(len(said.text) / LETTERS) + said.text.count("\n") + ceil(len(said.change) / LETTERS)
        return OPEN + lines * LINE + min(len(self.answer.numbers), SHOWN_OF_COMMENTS) * COMMENT


def ordered(session: Session, consultation: Consultation, state: AnswerState) -> list[Standing]:
    """All answers in this state in the order they are read: critiques, refusals, disputed clauses, the rest. What is
    approved stands folded. Eight statements, whatever their number."""
    found = in_state(session, consultation, state)
    ids = [answer.response.id for answer in found]
    critiques = _of(session, _to_critique(consultation.id), ids)
    disputed = _of(session, _on_disputed(consultation.id), ids) if state is AnswerState.DRAFTED else set()
    standings = [
        _standing(answer, answer.response.id in critiques, answer.response.id in disputed, state) for answer in found
    ]
    return sorted(standings, key=_place)


def pages(standings: Iterable[Standing]) -> list[list[Standing]]:
    """The pages they are read on, at least one."""
    made: list[list[Standing]] = [[]]
    height = 0
    for one in standings:
        if made[-1] and height + one.height > PAGE:
            made.append([])
            height = 0
        made[-1].append(one)
        height += one.height
    return made


def _standing(answer: Answer, to_critique: bool, disputed: bool, state: AnswerState) -> Standing:
    wants_reading = to_critique or disputed or answer.latest.disposition in NEEDS_REASON or answer.latest.warnings
    return Standing(answer, to_critique, disputed, bool(wants_reading) and state is AnswerState.DRAFTED)


def _place(one: Standing) -> tuple[bool, bool, bool, int]:
    refuses = one.answer.latest.disposition in NEEDS_REASON
    return not one.to_critique, not refuses, not one.disputed, one.answer.response.number


def _of(session: Session, statement: Select[Any], ids: Sequence[UUID]) -> set[UUID]:
    return set(session.scalars(statement)).intersection(ids) if ids else set()


def _to_critique(consultation_id: UUID) -> Select[Any]:
    return (
        select(ResponseTarget.response_id)
        .join(ResponseTarget.comment)
        .join(Comment.submission)
        .where(ResponseTarget.consultation_id == consultation_id, Submission.kind == SubmissionKind.CRITIQUE)
    )


def _on_disputed(consultation_id: UUID) -> Select[Any]:
    """The answers to comments on a clause that somebody is for and somebody against, of what still counts."""
    split = (
        select(Comment.provision_id)
        .join(Comment.versions)
        .where(
            Comment.consultation_id == consultation_id,
            Comment.provision_id.is_not(None),
            CommentVersion.stance.in_((Stance.SUPPORT, Stance.OPPOSE)),
            CommentVersion.version == latest_version(),
            ~outcome_is(*GONE),
        )
        .group_by(Comment.provision_id)
        .having(func.count(CommentVersion.stance.distinct()) > 1)
    )
    return (
        select(ResponseTarget.response_id)
        .join(ResponseTarget.comment)
        .where(ResponseTarget.consultation_id == consultation_id, Comment.provision_id.in_(split))
    )
