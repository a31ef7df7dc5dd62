"""What a văn bản phản biện xã hội says beyond its comments by clause, as anybody may read it."""

from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from consult.submissions.models import Comment, Critique
from consult.submissions.showing import PublicComment
from consult.submissions.words import SubmissionKind


def critique_of(session: Session, consultation_id: UUID, comment: PublicComment) -> Critique | None:
    """The critique that a comment is part of; None for other comments, and while it is not told who sent it: the body
    that leads a critique stands in every line of it. At most one statement."""
    if comment.kind is not SubmissionKind.CRITIQUE or not comment.organisation:
        return None
    return session.scalars(
        select(Critique)
        .join(
            Comment,
            (Comment.consultation_id == Critique.consultation_id) & (Comment.submission_id == Critique.submission_id),
        )
        .where(Critique.consultation_id == consultation_id, Comment.id == comment.id)
    ).one_or_none()
