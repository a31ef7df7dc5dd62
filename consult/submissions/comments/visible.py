"""Who may read a comment, and what of it is told outside the desk: each rule once, for pages, files and programs.

Where lists need a rule in SQL it stands here beside the one in Python; tests hold the two against each other.
"""

from collections.abc import Collection, Iterable, Sequence
from functools import cache
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Select, and_, func, or_, select
from sqlalchemy.orm import Session, aliased

from consult.relationships import along
from consult.submissions.comments.outcome import (
    ANYTHING,
    READABLE,
    VALIDITY,
    Outcome,
    Visibility,
    invalid_act,
)
from consult.submissions.comments.standing import outcome_is, quarantined_expression, unseen_expression, visibility_is
from consult.submissions.models import Comment, CommentAct
from consult.submissions.words import CommentActKind

_REASON_TOLD = frozenset({CommentActKind.WITHHELD, CommentActKind.REDACTED, CommentActKind.INVALID})
UNSEEN = frozenset({Visibility.IN_CHECK, Visibility.QUARANTINED})
UNCHECKED = "unchecked"
NEVER_CHECKED = frozenset({Outcome.WITHDRAWN, Outcome.INVALID, Outcome.PASSED_ON})
_PASSED_ON = (CommentAct.kind == CommentActKind.PASSED_ON, CommentAct.effective_at.is_not(None))


@cache
def readable_expression() -> ColumnElement[bool]:
    """Whether anybody may read a text (READABLE), in a statement on Comment."""
    return visibility_is(*sorted(READABLE))


def is_kept_back(visibility: Visibility | str) -> bool:
    """Whether it was decided that a text is not public, or not in full: its parts are not either."""
    return visibility not in {Visibility.IN_CHECK, Visibility.PUBLIC}


def is_quarantined(visibility: Visibility | str) -> bool:
    """Whether a text was set apart, until it is decided what it is."""
    return visibility == Visibility.QUARANTINED


def is_in_check(visibility: Visibility | str) -> bool:
    """Whether nobody decided anything of a text yet."""
    return visibility == Visibility.IN_CHECK


def waits_for_check(outcome: Outcome | str, visibility: Visibility | str) -> bool:
    """Whether it is still to be decided if a text becomes public: nobody decides it of what is no comment any more."""
    return visibility in UNSEEN and outcome not in NEVER_CHECKED


@cache
def waits_for_check_expression() -> ColumnElement[bool]:
    """`waits_for_check` in a statement on Comment."""
    return and_(unseen_expression(), ~outcome_is(*NEVER_CHECKED))


def told_visibility(outcome: Outcome | str, visibility: Visibility | str) -> str:
    """The code of the words for who may read a comment: `unchecked` when nobody will decide of it any more."""
    if visibility in UNSEEN and not waits_for_check(outcome, visibility):
        return UNCHECKED
    return Visibility(visibility).value


def is_set_apart(outcome: Outcome | str, visibility: Visibility | str) -> bool:
    """Whether only those of the desk who deal with it may read a comment: one in quarantine, or passed on."""
    return visibility == Visibility.QUARANTINED or outcome == Outcome.PASSED_ON


@cache
def set_apart_expression() -> ColumnElement[bool]:
    """`is_set_apart` in a statement on Comment."""
    return or_(quarantined_expression(), outcome_is(Outcome.PASSED_ON))


def set_aside() -> tuple[ColumnElement[bool], ...]:
    """The conditions for what is in quarantine and still to be dealt with, in a statement on Comment."""
    return quarantined_expression(), ~outcome_is(*NEVER_CHECKED)


def once_set_apart(consultation_ids: Sequence[UUID]) -> Select[Any]:
    """The comments of these matters that were ever in quarantine: few, and found by the index of such acts."""
    return select(CommentAct.comment_id).where(
        CommentAct.consultation_id.in_(consultation_ids), CommentAct.kind == CommentActKind.QUARANTINED
    )


def outside_outcome(outcome: Outcome | str) -> Outcome:
    """What is told outside of what became of a comment: what was passed on looks like what still waits."""
    return Outcome.AWAITING if outcome == Outcome.PASSED_ON else Outcome(outcome)


def outside_visibility(visibility: Visibility | str) -> Visibility:
    """What is told outside of who may read a comment: what is in quarantine looks like what is in check."""
    return Visibility.IN_CHECK if visibility == Visibility.QUARANTINED else Visibility(visibility)


def is_reason_public(kind: CommentActKind | str) -> bool:
    """Whether the reason of an act is a code that stands in the log; that of others is a note of the desk."""
    return kind in _REASON_TOLD


def outcome_code(outcome: Outcome | str) -> str:
    """The same as open data and the log call it: `open` for whatever has no outcome that is told."""
    told = outside_outcome(outcome)
    return "open" if told is Outcome.AWAITING else told.value


def own_outcome_code(outcome: Outcome | str) -> str:
    """The same for who sent the comment, who is told that it was passed on."""
    return outcome_code(outcome) if outcome != Outcome.PASSED_ON else Outcome.PASSED_ON.value


def visibility_code(visibility: Visibility | str) -> str:
    """The same as open data and the log call it: `unreleased` for whatever is not told."""
    told = outside_visibility(visibility)
    return "unreleased" if told is Visibility.IN_CHECK else told.value


def sent_with_passed_on(session: Session, consultation_id: UUID, submission_ids: Collection[UUID]) -> set[UUID]:
    """The submissions of which a comment was passed on under another law, which protects who sent it: nobody's name
    stands beside any of their comments."""
    own = (Comment.consultation_id == consultation_id, Comment.submission_id.in_(submission_ids))
    return set(session.scalars(select(Comment.submission_id).join(Comment.acts).where(*own, *_PASSED_ON)))


@cache
def sent_with_passed_on_expression() -> ColumnElement[bool]:
    """`sent_with_passed_on` in a statement on Comment."""
    return _passed_on_beside(ANYTHING).exists()


@cache
def count_passed_on_beside() -> ColumnElement[int]:
    """How many comments were passed on of the submission of a comment, in a statement on Comment."""
    return _passed_on_beside(func.count()).scalar_subquery()


def _passed_on_beside(column: ColumnElement[int]) -> Select[int]:
    beside = aliased(Comment)
    return (
        select(column)
        .select_from(beside)
        .join(beside.acts)
        .where(along(Comment.sent_together.of_type(beside)), *_PASSED_ON)
        .correlate(Comment)
    )


def why_invalid(acts: Iterable[CommentAct]) -> str:
    """The code of why a comment with these acts is invalid, which is that of the latest; empty when it is not."""
    act = invalid_act(acts)
    return act.reason if act is not None else ""


def reasons_of_invalid(session: Session, consultation_id: UUID, comment_ids: Collection[UUID]) -> dict[UUID, str]:
    """`why_invalid` of each of these comments that is, by its id. One statement."""
    found: dict[UUID, list[CommentAct]] = {}
    wanted = select(CommentAct).where(
        CommentAct.consultation_id == consultation_id,
        CommentAct.comment_id.in_(comment_ids),
        CommentAct.kind.in_(VALIDITY),
    )
    for act in session.scalars(wanted) if comment_ids else ():
        found.setdefault(act.comment_id, []).append(act)
    return {comment_id: reason for comment_id, acts in found.items() if (reason := why_invalid(acts))}
