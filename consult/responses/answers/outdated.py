"""Answers not public yet whose comments say something else since, or stand elsewhere: the SQL beside `stale_answers`.

Nobody can approve or publish them until they are saved again, so who wrote them is told.
"""

from collections.abc import Collection
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, and_, exists, or_, select

from consult.relationships import along
from consult.responses.answers import wording_states
from consult.responses.models import ResponseTarget, ResponseVersion
from consult.submissions.comments import transcripts
from consult.submissions.comments.outcome import Outcome
from consult.submissions.comments.standing import outcome_is
from consult.submissions.models import Comment, CommentAct, CommentVersion
from consult.submissions.words import CommentActKind


def comments(consultation_ids: Collection[UUID], writers: Collection[UUID] | None = None) -> Any:
    """Of these matters, `consultation_id` and `comment_id` of each comment that waits and was amended, written down or
    moved after its answer was written; only of wordings of `writers`, where those are given."""
    own = [ResponseVersion.written_by_id.in_(writers)] if writers is not None else []
    wordings = wording_states.of_matters(consultation_ids, wording_states.waits(), *own).subquery()
    answer = and_(
        wordings.c.consultation_id == ResponseTarget.consultation_id,
        wordings.c.response_id == ResponseTarget.response_id,
    )
    return (
        select(ResponseTarget.consultation_id, ResponseTarget.comment_id)
        .join(wordings, answer)
        .join(ResponseTarget.comment)
        .where(ResponseTarget.consultation_id.in_(consultation_ids))
        .where(outcome_is(Outcome.AWAITING))
        .where(_changed_since(wordings.c.written_at))
    )


def _changed_since(written_at: ColumnElement[Any]) -> ColumnElement[bool]:
    """Whether the comment is another one than at that instant, in a statement on Comment."""
    moved = CommentAct.kind == CommentActKind.MOVED, CommentAct.effective_at > written_at
    return or_(
        exists().where(along(Comment.versions), CommentVersion.at > written_at),
        exists().where(along(Comment.acts), *moved),
        transcripts.heard_at_expression() > written_at,
    )
