"""What the desk's statements on comments join: the latest version, who has it in hand, what is proposed."""

from typing import Any

from sqlalchemy import ColumnElement, and_, func, select

from consult.responses.models import Assignment
from consult.submissions.models import Comment, CommentAct, CommentVersion


def of_comment(table: Any, condition: Any) -> Any:
    """`condition` on rows of `table` that are of the matter of the statement's comment."""
    return and_(table.consultation_id == Comment.consultation_id, condition)


def latest_assignment() -> ColumnElement[bool]:
    """Whether the assignment joined is the latest one of the comment."""
    latest = (
        select(func.max(Assignment.at))
        .where(Assignment.consultation_id == Comment.consultation_id, Assignment.comment_id == Comment.id)
        .correlate(Comment)
        .scalar_subquery()
    )
    return Assignment.at == latest


def latest_version() -> Any:
    """The number of the comment's latest version."""
    return (
        select(func.max(CommentVersion.version))
        .where(CommentVersion.consultation_id == Comment.consultation_id, CommentVersion.comment_id == Comment.id)
        .correlate(Comment)
        .scalar_subquery()
    )


def proposed() -> ColumnElement[bool]:
    """Whether something is proposed for the comment that waits for a second person."""
    return (
        select(CommentAct.id)
        .where(
            of_comment(CommentAct, CommentAct.comment_id == Comment.id),
            CommentAct.effective_at.is_(None),
            CommentAct.refused_at.is_(None),
        )
        .correlate(Comment)
        .exists()
    )
