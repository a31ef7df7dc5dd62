"""The letters of a matter as the desk lists them, each with how many of its points are answered."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import cache
from uuid import UUID

from sqlalchemy import ColumnElement, func, select
from sqlalchemy.orm import Session, joinedload

from consult.consultations.matter.answer_terms import AnswerTerm
from consult.consultations.models import Consultation
from consult.relationships import along
from consult.responses.second_words.waiting import letter_waits_expression
from consult.responses.second_words.waiting import waiting as second_words_waiting
from consult.responses.statistics.letters import LETTERS
from consult.submissions.comments.outcome import Outcome, author_left_expression, outcome_expression
from consult.submissions.comments.standing import outcome_is
from consult.submissions.models import Comment, Submission
from consult.text import one_line

AT_ONCE = 50
WAITING, UNSATISFIED = "cho", "chua-thoa-dang"
"""Letters of which something has no public answer yet, or waits for a final answer."""


@dataclass(frozen=True)
class LetterRow:
    """A letter with its points: how many are `owed` an answer and how many have one that is public. `sender` is empty
    where they took their name back; `overdue` counts days, 0 where nothing waits any more. `final_due` is until when
    the first final answer is owed to what does not satisfy, if one is."""

    submission: Submission
    sender: str
    owed: int
    answered: int
    due: date | None
    overdue: int
    final_due: date | None = None


@dataclass(frozen=True)
class Listed:
    """One page of them, and how many there are in all."""

    rows: list[LetterRow]
    total: int
    page: int

    @property
    def pages(self) -> int:
        """How many pages they fill."""
        return max(1, -(-self.total // AT_ONCE))


def listed(
    session: Session, consultation: Consultation, only: str, page: int, term: AnswerTerm | None, today: date
) -> Listed:
    """A page of the letters, in the order received, in five statements; of those that are `only` asked for, WAITING or
    UNSATISFIED."""
    wanted = [Submission.consultation_id == consultation.id, Submission.kind.in_(LETTERS)]
    wanted += [NARROWED[only]()] if only else []
    total = session.scalar(select(func.count(Submission.id)).where(*wanted)) or 0
    chosen = select(Submission).options(joinedload(Submission.organisation)).where(*wanted)
    found = session.scalars(chosen.order_by(Submission.number).limit(AT_ONCE).offset((page - 1) * AT_ONCE)).all()
    counted = _counted(session, consultation.id, [one.id for one in found])
    gone = _gone(session, consultation.id, [one.id for one in found])
    final = _final_due(session, consultation.id) if found else {}
    rows = [_row(one, counted.get(one.id, {}), one.id in gone, term, today) for one in found]
    return Listed([replace(row, final_due=final.get(row.submission.id)) for row in rows], total, page)


def waiting_in(session: Session, matters: Iterable[Consultation]) -> Mapping[UUID, int]:
    """How many letters of each matter have a point without a public answer, in one statement."""
    ids = [one.id for one in matters]
    if not ids:
        return {}
    statement = (
        select(Submission.consultation_id, func.count(Submission.id))
        .where(Submission.consultation_id.in_(ids), Submission.kind.in_(LETTERS), waits_expression())
        .group_by(Submission.consultation_id)
    )
    return {matter: number for matter, number in session.execute(statement)}


@cache
def waits_expression() -> ColumnElement[bool]:
    """Whether something in a Submission has no public answer yet."""
    return (
        select(Comment.id)
        .where(along(Submission.comments), outcome_is(Outcome.AWAITING))
        .correlate(Submission)
        .exists()
    )


NARROWED: Mapping[str, Callable[[], ColumnElement[bool]]] = {
    WAITING: waits_expression,
    UNSATISFIED: letter_waits_expression,
}


def _final_due(session: Session, consultation_id: UUID) -> dict[UUID, date]:
    """Until when the first final answer is owed, by letter; few letters of a matter ever have one."""
    found: dict[UUID, date] = {}
    for one in second_words_waiting(session, consultation_id):
        if (due := one.word.due) is not None:
            found[one.submission_id] = min(due, found.get(one.submission_id, due))
    return found


def _row(
    one: Submission, counted: Mapping[Outcome, int], gone: bool, term: AnswerTerm | None, today: date
) -> LetterRow:
    waiting, answered = counted.get(Outcome.AWAITING, 0), counted.get(Outcome.ANSWERED, 0)
    sender = one.organisation.name if one.organisation else one_line(one.sender_name)
    return LetterRow(
        one,
        "" if gone else sender,
        waiting + answered,
        answered,
        term.due(one.kind, one.received_at) if term else None,
        term.overdue(one.kind, one.received_at, today) if term and waiting else 0,
    )


def _counted(session: Session, consultation_id: UUID, ids: Sequence[UUID]) -> dict[UUID, dict[Outcome, int]]:
    each = (
        select(Comment.submission_id, outcome_expression().label("outcome"))
        .where(Comment.consultation_id == consultation_id, Comment.submission_id.in_(ids))
        .subquery()
    )
    found: dict[UUID, dict[Outcome, int]] = {}
    rows = session.execute(
        select(each.c.submission_id, each.c.outcome, func.count()).group_by(each.c.submission_id, each.c.outcome)
    )
    for submission_id, outcome, number in rows:
        found.setdefault(submission_id, {})[Outcome(outcome)] = number
    return found


def _gone(session: Session, consultation_id: UUID, ids: Sequence[UUID]) -> set[UUID]:
    """Those beside none of whose points their sender stands any more."""
    of_these = (Comment.consultation_id == consultation_id, Comment.submission_id.in_(ids))
    there = set(session.scalars(select(Comment.submission_id).where(*of_these, ~author_left_expression()).distinct()))
    return set(ids) - there
