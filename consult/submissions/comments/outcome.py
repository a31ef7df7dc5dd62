"""What became of a comment, and who may read it: derived from the acts on it, in Python and in SQL alike.

The rules are those by which docs/ledger.md counts the two public sums, so that the sums of the database and those that
anybody computes from the log agree.
"""

from collections.abc import Iterable
from datetime import datetime
from enum import StrEnum
from functools import cache
from typing import Protocol, TypeVar
from uuid import UUID

from sqlalchemy import ColumnElement, and_, case, exists, func, literal, literal_column, or_, select
from sqlalchemy.orm import aliased

from consult.relationships import along
from consult.submissions.models import Comment, CommentAct, CommentVersion
from consult.submissions.words import CommentActKind


class Visibility(StrEnum):
    """Who may read the text of a comment: a partition of all that were received."""

    IN_CHECK = "in_check"
    PUBLIC = "public"
    REDACTED = "redacted"
    WITHHELD = "withheld"
    QUARANTINED = "quarantined"


class Outcome(StrEnum):
    """What became of a comment: a partition of all that were received, in the order in which they count."""

    WITHDRAWN = "withdrawn"
    INVALID = "invalid"
    SPLIT = "split"
    PASSED_ON = "passed_on"
    ANSWERED = "answered"
    AWAITING = "awaiting"


SHOWS: dict[CommentActKind, Visibility] = {
    CommentActKind.RELEASED: Visibility.PUBLIC,
    CommentActKind.REDACTED: Visibility.REDACTED,
    CommentActKind.WITHHELD: Visibility.WITHHELD,
    CommentActKind.QUARANTINED: Visibility.QUARANTINED,
}
ENDS: dict[CommentActKind, Outcome] = {
    CommentActKind.WITHDRAWN: Outcome.WITHDRAWN,
    CommentActKind.INVALID: Outcome.INVALID,
    CommentActKind.SPLIT: Outcome.SPLIT,
    CommentActKind.PASSED_ON: Outcome.PASSED_ON,
    CommentActKind.ANSWERED: Outcome.ANSWERED,
}
"""In the order in which they count; INVALID only until the comment is REINSTATED."""
VALIDITY = frozenset({CommentActKind.INVALID, CommentActKind.REINSTATED})

ANYTHING: ColumnElement[int] = literal_column("1")
"""What is asked of a row that need only be there: "*" would be read from its table, though the index says it all."""

READABLE = frozenset({Visibility.PUBLIC, Visibility.REDACTED})


AHEAD_OF_LOG = "ahead_of_log"
"""The member of `CommentAct.details` of what was withheld since its words were erased again in a database that was set
back, while the log took no entry that says so. Closing it takes such an act out again."""


class ActFacts(Protocol):
    """What the rules need to know of an act; a CommentAct has it."""

    id: UUID
    kind: CommentActKind
    effective_at: datetime | None


AnAct = TypeVar("AnAct", bound=ActFacts)


def deciding_act(acts: Iterable[AnAct], changed_at: datetime) -> AnAct | None:
    """The act that decides who may read the text, whose latest version is from `changed_at`; None while in check.

    Withdrawing is final. Otherwise the latest effective act counts, unless the text was changed after it.
    """
    effective = [act for act in acts if act.effective_at is not None]
    for act in effective:
        if act.kind is CommentActKind.WITHDRAWN:
            return act
    showing = [act for act in effective if act.kind in SHOWS and act.effective_at and act.effective_at >= changed_at]
    return max(showing, key=lambda act: (act.effective_at, act.id), default=None)


def visibility_of(acts: Iterable[ActFacts], changed_at: datetime) -> Visibility:
    """Who may read a comment with these acts, whose latest version is from `changed_at`."""
    return visibility_by(deciding_act(acts, changed_at))


def visibility_by(act: ActFacts | None) -> Visibility:
    """The same, by the act that decides it."""
    return Visibility.IN_CHECK if act is None else SHOWS.get(act.kind, Visibility.WITHHELD)


def is_ahead_of_log(act: CommentAct | None) -> bool:
    """Whether an act waits for the log to take the entry that closes an erased comment."""
    return act is not None and AHEAD_OF_LOG in act.details


def outcome_of(acts: Iterable[ActFacts]) -> Outcome:
    """What became of a comment with these acts."""
    act = ending_act(acts)
    return ENDS[act.kind] if act is not None else Outcome.AWAITING


def ending_act(acts: Iterable[AnAct]) -> AnAct | None:
    """The act by which a comment has its outcome, of several of that kind the latest; None while it awaits one."""
    counting = [act for act in acts if act.effective_at is not None]
    invalid = invalid_act(counting)
    for kind in ENDS:
        own = [act for act in counting if act.kind is kind]
        if own and (invalid is not None or kind is not CommentActKind.INVALID):
            return max(own, key=lambda act: (act.effective_at, act.id))
    return None


def invalid_act(acts: Iterable[AnAct]) -> AnAct | None:
    """The act by which a comment is invalid; None when it never was, or two people have said that it is one after
    all."""
    said = [act for act in acts if act.effective_at is not None and act.kind in VALIDITY]
    last = max(said, key=lambda act: (act.effective_at, act.id), default=None)
    return last if last is not None and last.kind is CommentActKind.INVALID else None


@cache
def visibility_expression() -> ColumnElement[str]:
    """`visibility_of` as a column of a statement on Comment."""
    latest = (
        select(CommentAct.kind)
        .where(
            of_this_comment(),
            kind_among(SHOWS),
            CommentAct.effective_at >= changed_at_expression(),
        )
        .order_by(CommentAct.effective_at.desc(), CommentAct.id.desc())
        .limit(1)
        .correlate(Comment)
        .scalar_subquery()
    )
    shown = case({kind: literal(seen.value) for kind, seen in SHOWS.items()}, value=latest, else_=literal("in_check"))
    return case((has_act(CommentActKind.WITHDRAWN), literal(Visibility.WITHHELD.value)), else_=shown)


@cache
def outcome_expression() -> ColumnElement[str]:
    """`outcome_of` as a column of a statement on Comment."""
    places = {kind: place for place, kind in enumerate(ENDS)}
    first = (
        select(func.min(case(places, value=CommentAct.kind)))
        .where(of_this_comment(), CommentAct.effective_at.is_not(None), kind_among(ENDS), stands_expression())
        .correlate(Comment)
        .scalar_subquery()
    )
    told = {place: literal(ENDS[kind].value) for kind, place in places.items()}
    return case(told, value=first, else_=literal(Outcome.AWAITING.value))


@cache
def changed_at_expression() -> ColumnElement[datetime]:
    """When the latest version of a comment was sent, as a column of a statement on Comment."""
    return select(func.max(CommentVersion.at)).where(along(Comment.versions)).correlate(Comment).scalar_subquery()


def author_left(acts: Iterable[ActFacts]) -> bool:
    """Whether its sender withdrew a comment that others had joined: the text stays, with nobody's name."""
    return any(act.kind is CommentActKind.AUTHOR_LEFT for act in acts)


@cache
def author_left_expression() -> ColumnElement[bool]:
    """`author_left` as a column of a statement on Comment."""
    return has_act(CommentActKind.AUTHOR_LEFT)


@cache
def stands_expression() -> ColumnElement[bool]:
    """Whether an act was not undone by a later one, in a statement on CommentAct."""
    later = aliased(CommentAct)
    undone = exists(ANYTHING).where(
        along(CommentAct.of_comment.of_type(later)),
        later.kind == CommentActKind.REINSTATED,
        or_(
            later.effective_at > CommentAct.effective_at,
            and_(later.effective_at == CommentAct.effective_at, later.id > CommentAct.id),
        ),
    )
    return or_(CommentAct.kind != CommentActKind.INVALID, ~undone)


@cache
def has_act(kind: CommentActKind) -> ColumnElement[bool]:
    """Whether a Comment has such an act that counts."""
    stands = [stands_expression()] if kind is CommentActKind.INVALID else []
    return exists(ANYTHING).where(
        of_this_comment(), CommentAct.kind == kind, CommentAct.effective_at.is_not(None), *stands
    )


@cache
def of_this_comment() -> ColumnElement[bool]:
    """Whether a CommentAct is on the Comment beside it."""
    return along(Comment.acts)


def kind_among(kinds: Iterable[CommentActKind], act: type[CommentAct] = CommentAct) -> ColumnElement[bool]:
    """In the words of an index of such acts (`partial_indexes.py`): the kinds stand in the statement as they are."""
    return act.kind.in_([literal_column(f"'{kind.value}'") for kind in kinds])
