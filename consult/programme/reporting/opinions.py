"""Comments as numbers of a report: what was received, answered, answered late, and what was overdue at the end. A row
tells the matter, the number of the comment and its days, nothing of what was said or by whom."""

from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, and_, false, or_, select

from consult import clock
from consult.consultations.matter.answer_terms import terms_of
from consult.consultations.models import Consultation
from consult.people.models import Organisation
from consult.programme.facts import day
from consult.programme.reporting.numbers import Listed, Number, Row, Scope
from consult.relationships import along
from consult.responses.answers.due_state import overdue_expression
from consult.responses.models import ResponseTarget
from consult.responses.statistics.dispositions import (
    answered_at_expression,
    disposition_expression,
    late_answers,
    late_expression,
)
from consult.responses.words import Disposition
from consult.submissions.comments.outcome import ENDS, Outcome, stands_expression
from consult.submissions.comments.standing import outcome_is
from consult.submissions.models import Comment, CommentAct, Submission

Matters = Mapping[UUID, Consultation]


def received(scope: Scope, matters: Matters, code: str, only: Sequence[ColumnElement[bool]] = ()) -> Number:
    """What came in within the span; `only` narrows it, on a Submission beside which its Organisation is joined."""
    within = (Comment.received_at >= scope.span.start, Comment.received_at < scope.span.end)
    return _number(code, matters, _comments(matters).where(*within, *only))


def answered(scope: Scope, matters: Matters, code: str, disposition: Disposition | None = None) -> Number:
    """What had its first answer within the span, with the `disposition` that is public now, or any."""
    wanted = _answered(scope, matters)
    if disposition is not None:
        wanted = wanted.where(disposition_expression() == disposition.value)
    return _number(code, matters, wanted)


def answered_late(scope: Scope, matters: Matters, code: str) -> Number:
    """What had its first answer within the span, but after its term. Two statements for each matter of its own."""
    terms = terms_of(scope.session, list(matters.values()))
    late = [
        and_(Comment.consultation_id == own, late_expression(term, late_answers(scope.session, matters[own], term)))
        for own, term in terms.items()
    ]
    return _number(code, matters, _answered(scope, matters).where(or_(false(), *late)))


def overdue(scope: Scope, matters: Matters, code: str) -> Number:
    """What had not ended by the end of the span and was late on its last day, or today."""
    terms = terms_of(scope.session, list(matters.values()))
    late = [
        and_(Comment.consultation_id == own, overdue_expression(term, scope.as_of))
        for own, term in terms.items()
        if _still_owed(scope, matters[own])
    ]
    ended = (
        select(CommentAct.id)
        .where(along(Comment.acts), CommentAct.kind.in_(list(ENDS)), CommentAct.effective_at < scope.span.end)
        .where(stands_expression())
        .correlate(Comment)
        .exists()
    )
    wanted = _comments(matters).where(Comment.received_at < scope.span.end, ~ended, or_(false(), *late))
    return _number(code, matters, wanted, adds_up=False)


def _still_owed(scope: Scope, matter: Consultation) -> bool:
    return all(moment is None or moment >= scope.span.end for moment in (matter.concluded_at, matter.withdrawn_at))


def _comments(matters: Matters) -> Listed:
    return (
        select(Comment.consultation_id, Comment.number, Comment.received_at, answered_at_expression().label("ended"))
        .select_from(Comment)
        .join(Comment.submission)
        .outerjoin(Organisation, Organisation.id == Submission.organisation_id)
        .where(Comment.consultation_id.in_(list(matters)))
        .order_by(Comment.received_at, Comment.consultation_id, Comment.number)
    )


def _answered(scope: Scope, matters: Matters) -> Listed:
    at = answered_at_expression()
    wanted = _comments(matters).join(ResponseTarget, along(ResponseTarget.comment))
    return wanted.where(at >= scope.span.start, at < scope.span.end, outcome_is(Outcome.ANSWERED))


def _number(code: str, matters: Matters, listed: Listed, adds_up: bool = True) -> Number:
    def told(row: Any) -> Row:
        matter = matters[row.consultation_id]
        ended = day(clock.local_day(row.ended)) if row.ended is not None else ""
        path = f"/lay-y-kien/{matter.slug}/y-kien/{row.number}/"
        named = f"{matter.title} ({row.number})"
        return Row(named, matter.answering.name, day(clock.local_day(row.received_at)), ended, path=path)

    return Number(code, listed, told, adds_up)
