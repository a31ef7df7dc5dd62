"""The two public sums of a matter, each a partition of everything received, in the form docs/ledger.md gives them."""

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, case, func, literal, select
from sqlalchemy.orm import Session

from consult.responses.state_of_answers import outcome_column
from consult.submissions.models import Comment, CommentAct
from consult.submissions.state import Outcome, Visibility, changed_at_expression, visibility_expression
from consult.submissions.words import CommentActKind, WithheldReason


def outcome(session: Session, consultation_id: UUID) -> dict[str, Any]:
    """What became of everything received: `received` and its terms, `invalid` by reason. One statement."""
    terms = _counted(session, consultation_id, outcome_column(), _reason(CommentActKind.INVALID), Outcome.INVALID)
    whole = {name.value: _sum(terms, name) for name in Outcome}
    return {"received": sum(whole.values()), **whole, "invalid": _by_reason(terms, Outcome.INVALID)}


def visibility(session: Session, consultation_id: UUID) -> dict[str, Any]:
    """Who may read everything received: `total` and its terms, `withheld` by reason. One statement."""
    withdrawn = Comment.id.in_(
        select(CommentAct.comment_id).where(
            CommentAct.consultation_id == consultation_id,
            CommentAct.kind == CommentActKind.WITHDRAWN,
            CommentAct.effective_at.is_not(None),
        )
    )
    latest = _reason(CommentActKind.WITHHELD, CommentAct.effective_at >= changed_at_expression())
    reason = case((withdrawn, literal(WithheldReason.WITHDRAWN.value)), else_=latest)
    terms = _counted(session, consultation_id, visibility_expression(), reason, Visibility.WITHHELD)
    whole = {name.value: _sum(terms, name) for name in Visibility}
    return {"total": sum(whole.values()), **whole, "withheld": _by_reason(terms, Visibility.WITHHELD)}


def _reason(kind: CommentActKind, *also: ColumnElement[bool]) -> ColumnElement[str]:
    """The reason of the latest act of a kind that counts, as a column of a statement on Comment."""
    return (
        select(CommentAct.reason)
        .where(
            CommentAct.consultation_id == Comment.consultation_id,
            CommentAct.comment_id == Comment.id,
            CommentAct.kind == kind,
            CommentAct.effective_at.is_not(None),
            *also,
        )
        .order_by(CommentAct.effective_at.desc(), CommentAct.id.desc())
        .limit(1)
        .correlate(Comment)
        .scalar_subquery()
    )


def _counted(
    session: Session, consultation_id: UUID, term: ColumnElement[str], reason: ColumnElement[str], with_reason: str
) -> list[tuple[str, str, int]]:
    each = (
        select(term.label("term"), reason.label("reason")).where(Comment.consultation_id == consultation_id).subquery()
    )
    said = case((each.c.term == with_reason, each.c.reason), else_=literal(""))
    grouped = select(each.c.term, said.label("said")).subquery()
    rows = session.execute(
        select(grouped.c.term, grouped.c.said, func.count()).group_by(grouped.c.term, grouped.c.said)
    )
    return [(name, why or "", number) for name, why, number in rows]


def _sum(terms: Iterable[tuple[str, str, int]], name: str) -> int:
    return sum(number for term, _reason, number in terms if term == name)


def _by_reason(terms: Iterable[tuple[str, str, int]], name: str) -> dict[str, int]:
    return {reason: number for term, reason, number in sorted(terms) if term == name}
