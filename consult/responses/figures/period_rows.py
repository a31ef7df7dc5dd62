"""What the database says of many matters within a span, grouped so far that the answer does not grow with comments."""

from collections.abc import Collection, Mapping, Sequence
from typing import Any
from uuid import UUID

from sqlalchemy import Text, and_, case, cast, false, func, or_, select
from sqlalchemy.orm import Session

from consult.consultations.matter.answer_terms import AnswerTerm
from consult.people.models import Organisation
from consult.relationships import along
from consult.responses.desk.listing.joins import latest_assignment
from consult.responses.figures.span import Span
from consult.responses.models import Assignment, ResponseTarget
from consult.responses.statistics.bodies import contributor_expression, public_contributor_expression
from consult.responses.statistics.dispositions import answered_at_expression, disposition_before
from consult.responses.statistics.local_days import LocalDay
from consult.submissions.comments.outcome import ENDS, Outcome, stands_expression
from consult.submissions.comments.standing import outcome_is
from consult.submissions.models import Comment, CommentAct, Joiner, Submission

Terms = Mapping[UUID, AnswerTerm]


def received(session: Session, ids: Collection[UUID], named: Collection[UUID], span: Span) -> Sequence[Any]:
    """(matter, who, count) of what came in; who as far as everybody may know, but for the matters `named`."""
    who = case((Comment.consultation_id.in_(named), contributor_expression()), else_=public_contributor_expression())
    own = who.label("who")
    return session.execute(
        select(Comment.consultation_id, own, func.count())
        .select_from(Comment)
        .join(Comment.submission)
        .outerjoin(Organisation, Organisation.id == Submission.organisation_id)
        .where(Comment.consultation_id.in_(ids), Comment.received_at >= span.start, Comment.received_at < span.end)
        .group_by(Comment.consultation_id, own)
    ).all()


def submissions(session: Session, ids: Collection[UUID], span: Span) -> Sequence[Any]:
    """(matter, kind, count) of what was sent in one go. People are told nowhere by their number (`suppression`): only
    letters and critiques are asked for by who calls."""
    within = (Submission.received_at >= span.start, Submission.received_at < span.end)
    return session.execute(
        select(Submission.consultation_id, Submission.kind, func.count())
        .where(Submission.consultation_id.in_(ids), *within)
        .group_by(Submission.consultation_id, Submission.kind)
    ).all()


def joiners(session: Session, ids: Collection[UUID], span: Span) -> Sequence[Any]:
    """(matter, count) of who joined a comment and did not leave."""
    within = (Joiner.at >= span.start, Joiner.at < span.end, Joiner.withdrawn_at.is_(None))
    return session.execute(
        select(Joiner.consultation_id, func.count())
        .where(Joiner.consultation_id.in_(ids), *within)
        .group_by(Joiner.consultation_id)
    ).all()


def answered(session: Session, ids: Collection[UUID], terms: Terms, span: Span) -> Sequence[Any]:
    """(matter, kind, day received, number if its sender was waited for, unit, day answered, disposition, count) of
    what had its first answer within the span; as the disposition stood at its end."""
    at, disposition = answered_at_expression(), disposition_before(span.end)
    each = (
        _comments([*_keys(terms), LocalDay(at).label("answered"), cast(disposition, Text).label("disposition")])
        .join(ResponseTarget, along(ResponseTarget.comment))
        .where(Comment.consultation_id.in_(ids), at >= span.start, at < span.end)
        .where(outcome_is(Outcome.ANSWERED))
        .subquery()
    )
    return session.execute(select(*each.c, func.count()).where(each.c.disposition.is_not(None)).group_by(*each.c)).all()


def waiting(session: Session, ids: Collection[UUID], terms: Terms, span: Span) -> Sequence[Any]:
    """(matter, kind, day received, number if its sender was waited for, unit, count) of what was there by the end of
    the span and had not ended by then."""
    ended = (
        select(CommentAct.id)
        .where(along(Comment.acts), CommentAct.kind.in_(list(ENDS)), CommentAct.effective_at < span.end)
        .where(stands_expression())
        .correlate(Comment)
        .exists()
    )
    keys = _keys(terms)
    there = (Comment.consultation_id.in_(ids), Comment.received_at < span.end)
    return session.execute(_comments([*keys, func.count()]).where(*there, ~ended).group_by(*keys)).all()


def _keys(terms: Terms) -> list[Any]:
    waited = [and_(Comment.consultation_id == own, Comment.number.in_(list(one.pauses)))
              for own, one in terms.items() if one.pauses]  # fmt: skip
    number = case((or_(false(), *waited), Comment.number), else_=0)
    day = LocalDay(Comment.received_at)
    return [Comment.consultation_id, Submission.kind, day.label("day"), number.label("number"), Assignment.unit_id]


def _comments(columns: Sequence[Any]) -> Any:
    return (
        select(*columns)
        .select_from(Comment)
        .join(Comment.submission)
        .outerjoin(Assignment, along(Assignment.comment) & latest_assignment())
    )
