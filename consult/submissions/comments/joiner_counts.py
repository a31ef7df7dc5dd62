"""How many are of one opinion with a comment (lượt cùng ý kiến): counted apart from what was received."""

from collections.abc import Collection
from functools import cache
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Select, func, select
from sqlalchemy.orm import Session

from consult.relationships import along
from consult.submissions.models import Comment, Joiner


@cache
def count_expression() -> ColumnElement[int]:
    """How many have joined a comment and not taken it back, as a column of a statement on Comment."""
    return (
        select(func.count())
        .select_from(Joiner)
        .where(along(Comment.joiners), Joiner.withdrawn_at.is_(None))
        .correlate(Comment)
        .scalar_subquery()
    )


def all_counts(consultation_id: UUID) -> Select[Any, Any]:
    """How many have joined each comment of a matter that anybody joined, as `comment_id` and `joiners`."""
    return (
        select(Joiner.comment_id, func.count().label("joiners"))
        .where(Joiner.consultation_id == consultation_id, Joiner.withdrawn_at.is_(None))
        .group_by(Joiner.comment_id)
    )


def counts(session: Session, consultation_id: UUID, comment_ids: Collection[UUID]) -> dict[UUID, int]:
    """How many have joined each of these comments; those that nobody joined are not in it. One statement."""
    rows = session.execute(all_counts(consultation_id).where(Joiner.comment_id.in_(comment_ids)))
    return {comment_id: count for comment_id, count in rows}
