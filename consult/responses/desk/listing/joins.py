"""What the desk's statements on comments join: the latest version, who has it in hand, what is proposed."""

from functools import cache
from typing import Any

from sqlalchemy import ColumnElement, exists, func, select
from sqlalchemy.orm import aliased

from consult.relationships import along
from consult.responses.models import Assignment
from consult.submissions.models import Comment, CommentAct, CommentVersion


@cache
def latest_assignment() -> ColumnElement[bool]:
    """Whether the assignment joined is the latest one of the comment."""
    later = aliased(Assignment)
    return ~exists().where(along(Assignment.of_comment.of_type(later)), later.at > Assignment.at)


@cache
def latest_version() -> Any:
    """The number of the comment's latest version."""
    return select(func.max(CommentVersion.version)).where(along(Comment.versions)).correlate(Comment).scalar_subquery()


@cache
def proposed() -> ColumnElement[bool]:
    """Whether something is proposed for the comment that waits for a second person."""
    return (
        select(CommentAct.id)
        .where(along(Comment.acts), CommentAct.effective_at.is_(None), CommentAct.refused_at.is_(None))
        .correlate(Comment)
        .exists()
    )
