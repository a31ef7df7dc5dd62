"""What answers came to: the answer that a comment has in public, its first moment, and whether that was late."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import cache
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, and_, case, false, func, literal, or_, select
from sqlalchemy.orm import Session

from consult import clock
from consult.consultations.matter import calendar
from consult.consultations.matter.answer_terms import AnswerTerm
from consult.consultations.models import Consultation
from consult.db import Moment
from consult.relationships import along
from consult.responses.models import Response, ResponsePublication, ResponseTarget, ResponseVersion
from consult.responses.statistics.local_days import LocalDay
from consult.submissions.models import Comment, CommentAct, Submission
from consult.submissions.words import CommentActKind, SubmissionKind


@dataclass(frozen=True)
class LateAnswers:
    """What has to be known of a matter to say in a statement which of its answers were late: the local `days` on which
    it answered anything, and of the comments whose senders were `waited` for, by their numbers, those answered
    `late`."""

    days: tuple[date, ...] = ()
    waited: tuple[int, ...] = ()
    late: tuple[int, ...] = ()


@cache
def disposition_expression() -> Any:
    """The disposition that an answer has in public now, as a column of a statement on ResponseTarget: looked up for
    each, which takes less than to hold very many against each other."""
    return _disposition(ResponseTarget)


@cache
def disposition_of_response() -> Any:
    """The same as a column of a statement on Response."""
    return _disposition(Response)


def disposition_before(moment: datetime) -> Any:
    """The same as of an instant; NULL for an answer that was not public by then."""
    return _disposition(ResponseTarget, ResponsePublication.at < moment)


def _disposition(of: type[Response | ResponseTarget], *wanted: ColumnElement[bool]) -> Any:
    return (
        select(ResponseVersion.disposition)
        .select_from(ResponsePublication)
        .join(ResponsePublication.version)
        .where(along(of.publications), *wanted)
        .order_by(ResponsePublication.at.desc(), ResponsePublication.id.desc())
        .limit(1)
        .correlate(of)
        .scalar_subquery()
    )


def public_answers(session: Session, consultation_id: UUID) -> tuple[Any, ...]:
    """What changes with every answer that becomes public, as an index counts it. It is asked before what is to be kept
    is counted, as `ending_acts` is."""
    given = select(func.count(), func.max(ResponseTarget.at)).where(ResponseTarget.consultation_id == consultation_id)
    published = select(func.count()).where(ResponsePublication.consultation_id == consultation_id)
    return tuple(session.execute(given.add_columns(published.scalar_subquery())).one())


@cache
def answered_at_expression() -> Any:
    """When a Comment had its first answer, as a column of a statement on it."""
    return (
        select(func.min(CommentAct.effective_at))
        .where(along(Comment.acts), CommentAct.kind == CommentActKind.ANSWERED, CommentAct.effective_at.is_not(None))
        .correlate(Comment)
        .scalar_subquery()
    )


def late_answers(session: Session, matter: Consultation, term: AnswerTerm | None) -> LateAnswers:
    """What `late_expression` needs, in two statements at most; none where no term is set."""
    if term is None:
        return LateAnswers()
    day = LocalDay(answered_at_expression())
    own = Comment.consultation_id == matter.id
    days = session.scalars(select(day).where(own).distinct().order_by(day)).all()
    waited = tuple(sorted(term.pauses))
    rows: Sequence[Any] = []
    if waited:
        columns = (Comment.number, Submission.kind, Comment.received_at, answered_at_expression().label("at"))
        rows = session.execute(select(*columns).join(Comment.submission).where(own, Comment.number.in_(waited))).all()
    late = tuple(row.number for row in rows if row.at is not None and _was_late(term, row))
    return LateAnswers(tuple(date.fromisoformat(one) for one in days if one), waited, late)


def late_expression(term: AnswerTerm | None, answers: LateAnswers) -> ColumnElement[bool]:
    """Whether the first answer to a Comment came after its term, in a statement on Comment and Submission: the SQL
    beside `AnswerTerm.overdue` on the day of the answer."""
    if term is None or not answers.days:
        return false()
    on = LocalDay(answered_at_expression())
    starts = {day: term.latest_overdue_start(day) for day in answers.days}
    ends = {day.isoformat(): literal(calendar.end_of(start), Moment()) for day, start in starts.items()}
    public_over = [day.isoformat() for day, start in starts.items() if term.all_begun(start)]
    critique = Submission.kind == SubmissionKind.CRITIQUE
    by_day = and_(Comment.received_at < case(ends, value=on), or_(critique, on.in_(public_over)))
    if not answers.waited:
        return by_day
    return or_(and_(by_day, Comment.number.not_in(answers.waited)), Comment.number.in_(answers.late))


def _was_late(term: AnswerTerm, row: Any) -> bool:
    return term.overdue(row.kind, row.received_at, clock.local_day(row.at), row.number) > 0
