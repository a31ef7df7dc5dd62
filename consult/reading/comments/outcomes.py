"""What became of comments as columns of a statement on Comment, for narrowing the public list."""

from typing import Any

from sqlalchemy import ColumnElement, and_, exists, select

from consult.responses.models import Assignment, ResponsePublication, ResponseTarget, ResponseVersion
from consult.submissions.comments.outcome import ANYTHING
from consult.submissions.models import Comment


def latest_disposition() -> Any:
    """The disposition of the answer published last, None while there is none."""
    return (
        select(ResponseVersion.disposition)
        .join(
            ResponsePublication,
            and_(
                ResponsePublication.consultation_id == ResponseVersion.consultation_id,
                ResponsePublication.version_id == ResponseVersion.id,
            ),
        )
        .join(
            ResponseTarget,
            and_(
                ResponseTarget.consultation_id == ResponsePublication.consultation_id,
                ResponseTarget.response_id == ResponsePublication.response_id,
            ),
        )
        .where(ResponseTarget.consultation_id == Comment.consultation_id, ResponseTarget.comment_id == Comment.id)
        .order_by(ResponsePublication.at.desc(), ResponsePublication.id.desc())
        .limit(1)
        .correlate(Comment)
        .scalar_subquery()
    )


def assigned_expression() -> ColumnElement[bool]:
    """Whether a comment was ever given to a unit or person."""
    return exists(ANYTHING).where(
        Assignment.consultation_id == Comment.consultation_id, Assignment.comment_id == Comment.id
    )
