"""Second words that did not satisfy and wait for their final answer: which, of which letters, how many of each matter,
and which wording of an answer can be that one."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from uuid import UUID

from sqlalchemy import ColumnElement, Select, func, select
from sqlalchemy.orm import Session

from consult.consultations.models import Consultation
from consult.relationships import along
from consult.responses.second_words.models import AnswerRemark
from consult.responses.second_words.told import SecondWord, answered_expression, second_words
from consult.responses.second_words.words import Verdict
from consult.submissions.comments.outcome import Outcome
from consult.submissions.comments.standing import outcome_is
from consult.submissions.models import Comment, Submission


@dataclass(frozen=True)
class Waiting:
    """A comment whose answer did not satisfy the body that sent it, by its number, with its letter."""

    number: int
    comment_id: UUID
    submission_id: UUID
    word: SecondWord

    def fits(self, written_at: datetime) -> bool:
        """Whether a wording written at that instant knows what was said: the second word, and the dialogue held."""
        said = [self.word.remark.signed_at, *(one.dialogue.recorded_at for one in self.word.dialogues)]
        return all(at is None or at <= written_at for at in said)


def waiting(
    session: Session, consultation_id: UUID, numbers: Iterable[int] | None = None, submission_id: UUID | None = None
) -> list[Waiting]:
    """The comments of a matter (those of these numbers, or of one letter) that wait for a final answer, in their order:
    one statement, and two more where there are some."""
    statement = _waiting().where(AnswerRemark.consultation_id == consultation_id)
    if numbers is not None:
        statement = statement.where(Comment.number.in_(list(numbers)))
    if submission_id is not None:
        statement = statement.where(Comment.submission_id == submission_id)
    # Few comments have one: an order asked of the database would have it begin with all of them.
    rows = sorted(session.execute(statement).all(), key=lambda row: row.number)
    words = second_words(session, consultation_id, [row.id for row in rows]) if rows else {}
    return [Waiting(row.number, row.id, row.submission_id, words[row.id]) for row in rows]


def letters_waiting_in(session: Session, matters: Iterable[Consultation]) -> Mapping[UUID, int]:
    """How many letters of each matter have something that waits for a final answer, in one statement."""
    ids = [one.id for one in matters]
    if not ids:
        return {}
    counted = (
        _waiting()
        .with_only_columns(AnswerRemark.consultation_id, func.count(Comment.submission_id.distinct()))
        .where(AnswerRemark.consultation_id.in_(ids))
        .group_by(AnswerRemark.consultation_id)
    )
    return {matter: number for matter, number in session.execute(counted)}


def comments_waiting_in(session: Session, matters: Iterable[Consultation]) -> Mapping[UUID, int]:
    """How many comments of each matter wait for a final answer, in one statement."""
    ids = [one.id for one in matters]
    if not ids:
        return {}
    counted = _waiting().with_only_columns(AnswerRemark.consultation_id, func.count(Comment.id))
    own = counted.where(AnswerRemark.consultation_id.in_(ids)).group_by(AnswerRemark.consultation_id)
    return {matter: number for matter, number in session.execute(own)}


def comments_waiting(consultation_id: UUID) -> Select[UUID]:
    """The ids of the comments of a matter that wait for a final answer, as a statement."""
    return _waiting().with_only_columns(Comment.id).where(AnswerRemark.consultation_id == consultation_id)


@cache
def letter_waits_expression() -> ColumnElement[bool]:
    """Whether something in a Submission waits for a final answer."""
    return (
        select(Comment.id)
        .join(AnswerRemark, along(AnswerRemark.comment))
        .where(along(Submission.comments), *_owed())
        .correlate(Submission)
        .exists()
    )


@cache
def _waiting() -> Select[UUID, int, UUID]:
    return (
        select(Comment.id, Comment.number, Comment.submission_id)
        .select_from(AnswerRemark)
        .join(AnswerRemark.comment)
        .where(*_owed())
    )


def _owed() -> list[ColumnElement[bool]]:
    """Of an AnswerRemark with its Comment; what its sender has withdrawn since is owed nothing more."""
    said = (AnswerRemark.verdict == Verdict.UNSATISFIED, AnswerRemark.signed_at.is_not(None))
    return [*said, ~answered_expression(), outcome_is(Outcome.ANSWERED)]
