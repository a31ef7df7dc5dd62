"""The two public sums of a matter, each a partition of the comments received, in the form docs/ledger.md gives them."""

from collections.abc import Iterable
from typing import Any

from sqlalchemy import ColumnElement, and_, case, exists, func, select
from sqlalchemy.orm import Session

from consult.consultations.models import Consultation
from consult.responses.models import ResponsePublication, ResponseTarget
from consult.submissions.models import Comment, CommentAct
from consult.submissions.state import (
    Outcome,
    Visibility,
    changed_at_expression,
    outcome_expression,
    visibility_expression,
)
from consult.submissions.words import CommentActKind

WITHDRAWN_REASON = "withdrawn"


def outcome(session: Session, consultation: Consultation) -> dict[str, Any]:
    """What became of every comment of the matter, in one statement: {"received", "withdrawn", "invalid": {reason: n},
    "split", "passed_on", "answered", "awaiting"}; the terms add up to `received`."""
    term = outcome_expression(answered_expression())
    reason = case((term == Outcome.INVALID, _reason(_was(CommentActKind.INVALID))), else_="")
    counted = _counted(session, consultation, term, reason)
    sums: dict[str, Any] = {word.value: 0 for word in Outcome}
    return {"received": _total(counted), **_filled(sums, counted, Outcome.INVALID)}


def visibility(session: Session, consultation: Consultation) -> dict[str, Any]:
    """Who may read every comment of the matter, in one statement: {"total", "in_check", "public", "redacted",
    "withheld": {reason: n}, "quarantined"}; the terms add up to `total`."""
    term = visibility_expression()
    withdrawn = exists().where(*_of_comment(), CommentAct.kind == CommentActKind.WITHDRAWN)
    latest = and_(_was(CommentActKind.WITHHELD), CommentAct.effective_at >= changed_at_expression())
    reason = case(
        (and_(term == Visibility.WITHHELD, withdrawn), WITHDRAWN_REASON),
        (term == Visibility.WITHHELD, _reason(latest)),
        else_="",
    )
    counted = _counted(session, consultation, term, reason)
    sums: dict[str, Any] = {word.value: 0 for word in Visibility}
    return {"total": _total(counted), **_filled(sums, counted, Visibility.WITHHELD)}


def answered_expression() -> ColumnElement[bool]:
    """Whether an answer to the comment of the statement was published."""
    return exists().where(
        ResponseTarget.consultation_id == Comment.consultation_id,
        ResponseTarget.comment_id == Comment.id,
        ResponsePublication.consultation_id == ResponseTarget.consultation_id,
        ResponsePublication.response_id == ResponseTarget.response_id,
    )


Counted = list[tuple[str, str, int]]


def _counted(
    session: Session, consultation: Consultation, term: ColumnElement[str], reason: ColumnElement[Any]
) -> Counted:
    each = (
        select(term.label("term"), reason.label("reason"))
        .select_from(Comment)
        .where(Comment.consultation_id == consultation.id)
        .subquery()
    )
    rows = session.execute(select(each.c.term, each.c.reason, func.count()).group_by(each.c.term, each.c.reason))
    return [(row[0], row[1] or "", row[2]) for row in rows]


def _filled(sums: dict[str, Any], counted: Iterable[tuple[str, str, int]], with_reasons: str) -> dict[str, Any]:
    reasons: dict[str, int] = {}
    for term, reason, count in counted:
        if term == with_reasons:
            reasons[reason or "other"] = reasons.get(reason or "other", 0) + count
        else:
            sums[term] += count
    return {**sums, with_reasons: reasons}


def _total(counted: Counted) -> int:
    return sum(count for _, _, count in counted)


def _of_comment() -> tuple[ColumnElement[bool], ...]:
    return (
        CommentAct.consultation_id == Comment.consultation_id,
        CommentAct.comment_id == Comment.id,
        CommentAct.effective_at.is_not(None),
    )


def _was(kind: CommentActKind) -> ColumnElement[bool]:
    return CommentAct.kind == kind


def _reason(which: ColumnElement[bool]) -> ColumnElement[str]:
    return (
        select(CommentAct.reason)
        .where(*_of_comment(), which)
        .order_by(CommentAct.effective_at.desc(), CommentAct.id.desc())
        .limit(1)
        .correlate(Comment)
        .scalar_subquery()
    )
