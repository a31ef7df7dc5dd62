"""Which comments stand in one way, asked of very many: what `outcome.py` tells of each, as conditions that the database
answers from the indexes of `partial_indexes.py`, or by joining once."""

from collections.abc import Sequence
from functools import cache
from typing import Any

from sqlalchemy import ColumnElement, Exists, and_, exists, or_, select
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


def still_answered(consultation_id: Any) -> ColumnElement[bool]:
    """Whether the outcome of a Comment of one matter is its answer, of those that have one: of very many, it is asked
    only of the few that have an act which counts more. The id may be a bound parameter."""
    before = list(ENDS)[: list(ENDS).index(CommentActKind.ANSWERED)]
    contested = select(CommentAct.comment_id).where(
        CommentAct.consultation_id == consultation_id,
        CommentAct.kind.in_(before),
        CommentAct.effective_at.is_not(None),
    )
    return or_(Comment.id.not_in(contested), ~_ended_by(before))


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
def visibility_is(*wanted: Visibility) -> ColumnElement[bool]:
    """Whether `visibility_of` is one of these, in a statement on Comment. As joins: were `visibility_expression`
    compared with a word, PostgreSQL would expect one comment of two hundred to be public, and look through all that was
    sent for each that is."""
    if wanted == (Visibility.QUARANTINED,):
        return quarantined_expression()
    kinds = [kind for kind, seen in SHOWS.items() if seen in wanted]
    withdrawn = has_act(CommentActKind.WITHDRAWN)
    asked = [and_(_shown_by(kinds), ~withdrawn)] if kinds else []
    asked += [and_(~_shown_by(list(SHOWS)), ~withdrawn)] if Visibility.IN_CHECK in wanted else []
    asked += [withdrawn] if Visibility.WITHHELD in wanted else []
    return or_(*asked)


@cache
def unseen_expression() -> ColumnElement[bool]:
    """Whether it is that nobody decided anything yet, or that it is set apart."""
    decided = [kind for kind in SHOWS if kind is not CommentActKind.QUARANTINED]
    return and_(~_shown_by(decided), ~has_act(CommentActKind.WITHDRAWN))


def _shown_by(kinds: Sequence[CommentActKind]) -> ColumnElement[bool]:
    """Whether an act of these kinds decides of the latest version: no other kind came later, and no other words. As a
    join for PostgreSQL and a look into an index for SQLite."""
    changed = exists(ANYTHING).where(along(Comment.versions), CommentVersion.at > CommentAct.effective_at)
    own = [of_this_comment(), kind_among(SHOWS), CommentAct.effective_at.is_not(None)]
    others = [kind for kind in SHOWS if kind not in kinds]
    own += [kind_among(kinds), ~_later(others).correlate(CommentAct)] if others else []
    return exists(ANYTHING).where(*own, ~changed.correlate(Comment, CommentAct))


def _later(kinds: Sequence[CommentActKind]) -> Exists:
    """Whether an act of these kinds came later than the CommentAct beside it."""
    later = aliased(CommentAct)
    return exists(ANYTHING).where(
        along(CommentAct.of_comment.of_type(later)),
        kind_among(SHOWS, later),
        kind_among(kinds, later),
        or_(
            later.effective_at > CommentAct.effective_at,
            and_(later.effective_at == CommentAct.effective_at, later.id > CommentAct.id),
        ),
    )


@cache
def quarantined_expression() -> ColumnElement[bool]:
    """Whether `visibility_of` is that it is set apart: asked of those alone that once were, which are few."""
    ever = exists(ANYTHING).where(of_this_comment(), CommentAct.kind == CommentActKind.QUARANTINED)
    return and_(ever, visibility_expression() == Visibility.QUARANTINED.value)
