"""What became of comments as columns of a statement on Comment, for narrowing the public list."""

from functools import cache
from typing import Any

from sqlalchemy import ColumnElement, exists, select

from consult.relationships import along
from consult.responses.models import Assignment, ResponsePublication, ResponseTarget, ResponseVersion
from consult.submissions.comments.outcome import ANYTHING
from consult.submissions.models import Comment


def latest_disposition() -> Any:
    """The disposition of the answer published last, None while there is none."""
    return (
        select(ResponseVersion.disposition)
        .join(ResponseVersion.publications)
        .join(ResponsePublication.targets)
        .where(along(ResponseTarget.comment))
        .order_by(ResponsePublication.at.desc(), ResponsePublication.id.desc())
        .limit(1)
        .correlate(Comment)
        .scalar_subquery()
    )


@cache
def assigned_expression() -> ColumnElement[bool]:
    """Whether a comment was ever given to a unit or person."""
    return exists(ANYTHING).where(along(Assignment.comment))
