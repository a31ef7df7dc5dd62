"""What became of comments as columns of a statement on Comment, for narrowing the public list."""

from functools import cache

from sqlalchemy import ColumnElement, exists

from consult.relationships import along
from consult.responses.models import Assignment
from consult.submissions.comments.outcome import ANYTHING


@cache
def assigned_expression() -> ColumnElement[bool]:
    """Whether a comment was ever given to a unit or person."""
    return exists(ANYTHING).where(along(Assignment.comment))
