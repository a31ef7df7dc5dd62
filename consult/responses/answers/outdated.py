"""Answers not public yet whose comments say something else since, stand elsewhere, or are to be answered no more: the
SQL beside `stale_answers`.

Nobody can approve or publish them until they are saved again, so who wrote them is told.
"""

from collections.abc import Collection
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, and_, exists, or_, select, union_all

from consult.relationships import along, under_name
from consult.responses.answers import wording_states
from consult.responses.models import ResponseTarget, ResponseVersion
from consult.submissions.comments import transcripts
from consult.submissions.comments.act_rules import ANSWERABLE
from consult.submissions.comments.outcome import Outcome
from consult.submissions.comments.standing import outcome_is
from consult.submissions.models import Comment, CommentAct, CommentVersion
from consult.submissions.words import CommentActKind

_Beside = under_name(ResponseTarget, "beside")
_ENDED = tuple(one for one in Outcome if one not in ANSWERABLE)


def comments(consultation_ids: Collection[UUID], writers: Collection[UUID] | None = None) -> Any:
    """Of these matters, `consultation_id` and `comment_id` of each comment that waits and was amended, written down or
    moved after its answer was written, and of each that ended meanwhile (withdrawn, invalid, split, passed on) while
    others of the same answer wait; only of wordings of `writers`, where those are given."""
    own = [ResponseVersion.written_by_id.in_(writers)] if writers is not None else []
    wordings = wording_states.of_matters(consultation_ids, wording_states.waits(), *own).subquery()
    changed = outcome_is(Outcome.AWAITING), _changed_since(wordings.c.written_at)
    ended = outcome_is(*_ENDED), _others_wait(consultation_ids)
    return union_all(*(_aimed_at(consultation_ids, wordings).where(*which) for which in (changed, ended)))


def _aimed_at(consultation_ids: Collection[UUID], wordings: Any) -> Any:
    answer = and_(
        wordings.c.consultation_id == ResponseTarget.consultation_id,
        wordings.c.response_id == ResponseTarget.response_id,
    )
    return (
        select(ResponseTarget.consultation_id, ResponseTarget.comment_id)
        .join(wordings, answer)
        .join(ResponseTarget.comment)
        .where(ResponseTarget.consultation_id.in_(consultation_ids))
    )


def _others_wait(consultation_ids: Collection[UUID]) -> ColumnElement[bool]:
    """Whether the answer of a ResponseTarget is still owed to another comment: one that is owed to nobody is nobody's
    work, and of a published one every comment is answered."""
    waiting = (
        select(_Beside.response_id)
        .join(_Beside.comment)
        .where(_Beside.consultation_id.in_(consultation_ids), outcome_is(Outcome.AWAITING))
        .correlate(None)
    )
    return ResponseTarget.response_id.in_(waiting)


def _changed_since(written_at: ColumnElement[Any]) -> ColumnElement[bool]:
    """Whether the comment is another one than at that instant, in a statement on Comment."""
    moved = CommentAct.kind == CommentActKind.MOVED, CommentAct.effective_at > written_at
    return or_(
        exists().where(along(Comment.versions), CommentVersion.at > written_at),
        exists().where(along(Comment.acts), *moved),
        transcripts.heard_at_expression() > written_at,
    )
