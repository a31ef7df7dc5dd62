"""Which comments stand in one way, asked of very many: what `outcome.py` tells of each, as conditions that the database
answers from the indexes of `partial_indexes.py`, or by joining once."""

from collections.abc import Sequence
from functools import cache

from sqlalchemy import ColumnElement, and_, exists, or_
from sqlalchemy.orm import aliased

from consult.relationships import along
from consult.submissions.comments.outcome import (
    ANYTHING,
    ENDS,
    SHOWS,
    Outcome,
    Visibility,
    has_act,
    kind_among,
    of_this_comment,
    stands_expression,
    visibility_expression,
)
from consult.submissions.models import Comment, CommentAct, CommentVersion
from consult.submissions.words import CommentActKind


@cache
def outcome_is(*wanted: Outcome) -> ColumnElement[bool]:
    """Whether `outcome_of` is one of these, in a statement on Comment: the acts that end a comment are asked for once,
    which is what counting a hundred thousand of them costs."""
    order, ends = list(Outcome), list(ENDS)
    places = sorted({order.index(one) for one in wanted})
    if places == list(range(len(places))) and len(places) < len(order):
        return _ended_by(ends[: len(places)])
    if places == list(range(places[0], len(order))) and places[0]:
        return ~_ended_by(ends[: places[0]])
    return or_(*(_ended_as(order[place]) for place in places))


def _ended_as(wanted: Outcome) -> ColumnElement[bool]:
    ends = list(ENDS)
    if wanted is Outcome.AWAITING:
        return ~_ended_by(ends)
    place = list(ENDS.values()).index(wanted)
    own = _ended_by(ends[place : place + 1])
    return and_(own, ~_ended_by(ends[:place])) if place else own


def _ended_by(kinds: Sequence[CommentActKind]) -> ColumnElement[bool]:
    ending = (CommentAct.effective_at.is_not(None), kind_among(ENDS))
    own = [stands_expression()] if CommentActKind.INVALID in kinds else []
    of_kind = [CommentAct.kind.in_(kinds)] if len(kinds) < len(ENDS) else []
    return exists(ANYTHING).where(of_this_comment(), *ending, *of_kind, *own)


@cache
def in_check_expression() -> ColumnElement[bool]:
    """Whether `visibility_of` is that nobody decided anything yet, in a statement on Comment."""
    return and_(~_shown_by(), ~has_act(CommentActKind.WITHDRAWN))


@cache
def unseen_expression() -> ColumnElement[bool]:
    """Whether it is that, or that it is set apart: nothing that says otherwise is later than the setting apart."""
    later = aliased(CommentAct)
    apart_since = exists(ANYTHING).where(
        along(CommentAct.of_comment.of_type(later)),
        later.kind == CommentActKind.QUARANTINED,
        or_(
            later.effective_at > CommentAct.effective_at,
            and_(later.effective_at == CommentAct.effective_at, later.id > CommentAct.id),
        ),
    )
    decided = _shown_by(CommentAct.kind != CommentActKind.QUARANTINED, ~apart_since.correlate(CommentAct))
    return and_(~decided, ~has_act(CommentActKind.WITHDRAWN))


def _shown_by(*which: ColumnElement[bool]) -> ColumnElement[bool]:
    """Whether such an act decides of the latest version, as a join for PostgreSQL and a look into an index for
    SQLite."""
    changed = exists(ANYTHING).where(along(Comment.versions), CommentVersion.at > CommentAct.effective_at)
    own = (of_this_comment(), kind_among(SHOWS), CommentAct.effective_at.is_not(None), *which)
    return exists(ANYTHING).where(*own, ~changed.correlate(Comment, CommentAct))


@cache
def quarantined_expression() -> ColumnElement[bool]:
    """Whether `visibility_of` is that it is set apart: asked of those alone that once were, which are few."""
    ever = exists(ANYTHING).where(of_this_comment(), CommentAct.kind == CommentActKind.QUARANTINED)
    return and_(ever, visibility_expression() == Visibility.QUARANTINED.value)


@cache
def visibility_is(wanted: Visibility) -> ColumnElement[bool]:
    """Whether `visibility_of` is that, in a statement on Comment."""
    asked = {Visibility.IN_CHECK: in_check_expression, Visibility.QUARANTINED: quarantined_expression}
    return asked[wanted]() if wanted in asked else visibility_expression() == wanted.value
