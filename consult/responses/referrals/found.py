"""What was passed on: the lists of the desk, what its first page counts, and what everybody is told.

Where a comment went counts while its public answer says that another body is responsible (`stands`): of one that was
withdrawn since, or answered otherwise, nothing is owed any more. Every list, number and page asks that one condition.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Any, Protocol
from uuid import UUID

from sqlalchemy import ColumnElement, and_, func, select
from sqlalchemy.orm import Session, contains_eager

from consult.relationships import along
from consult.responses.answers.published import for_senders_alone_expression
from consult.responses.models import ResponseTarget
from consult.responses.referrals.models import Referral
from consult.responses.statistics.dispositions import disposition_expression
from consult.responses.words import Disposition
from consult.submissions.comments.outcome import ANYTHING, Outcome, outcome_expression
from consult.submissions.models import Comment, Submission

PAGE_SIZE = 50


class SaidInPublic(Protocol):
    """What has to be known of an answer: its text, None where it is for its sender alone, and what it comes to."""

    @property
    def text(self) -> str | None:
        """What anybody may read of it."""

    @property
    def disposition(self) -> str:
        """Its Disposition."""


@dataclass(frozen=True)
class Passed:
    """A page of what was passed on, what is late first, and how many there are in all; `standing` are the ids of those
    rows of which something is still owed or told. The numbers of comments, so many as a page holds, whose answer names
    another body and of which nothing else is known (`unsent`)."""

    rows: Sequence[Referral]
    standing: Collection[UUID]
    total: int
    unsent: Sequence[int]


def listed(session: Session, consultation_id: UUID, page: int, only: Sequence[Any] = ()) -> Passed:
    """What was passed on in a matter: what waits for an answer by its day, what waits to be released, then the rest,
    and last what is owed no more; narrowed by `only` (`late`, `to_release`). Three statements."""
    own, stands_ = and_(Referral.consultation_id == consultation_id, *only), stands()
    done = (Referral.released_at.is_not(None), Referral.replied_on.is_not(None))
    order = (stands_.is_(False), *done, Referral.due_on, Referral.number)
    found = session.execute(
        select(Referral, stands_).join(Referral.comment).options(contains_eager(Referral.comment)).where(own)
        .order_by(*order).limit(PAGE_SIZE).offset((page - 1) * PAGE_SIZE)
    ).all()  # fmt: skip
    total = session.scalar(select(func.count()).select_from(Referral).where(own)) or 0
    unsent = [] if only else _unsent(session, consultation_id)
    return Passed([row for row, _ in found], {row.id for row, standing in found if standing}, total, unsent)


@cache
def stands() -> ColumnElement[bool]:
    """Whether the public answer of its comment still says that another body is responsible, and the comment was not
    withdrawn since: a condition of a statement on Referral."""
    answered = select(ANYTHING).select_from(ResponseTarget).join(ResponseTarget.comment)
    return answered.where(along(Referral.comment), *_passes_on()).correlate(Referral).exists()


@cache
def told_expression() -> ColumnElement[bool]:
    """Whether anybody may read where it went: it stands, and its answer is not for its sender alone. A condition of a
    statement on Referral, as `public_ways` has it for comments."""
    answered = select(ANYTHING).select_from(ResponseTarget).join(ResponseTarget.comment)
    public = answered.where(along(Referral.comment), *_passes_on(), ~for_senders_alone_expression(ResponseTarget))
    return public.correlate(Referral).exists()


def late(today: date) -> list[Any]:
    """What waits longer than asked for on the local day `today`, as conditions."""
    return [Referral.replied_on.is_(None), Referral.due_on < today, stands()]


def to_release(by_id: UUID | None) -> list[Any]:
    """What somebody else than `by_id` wrote down and is not public yet, as conditions."""
    others = Referral.recorded_by_id.is_not(None), Referral.recorded_by_id != by_id
    return [Referral.replied_on.is_not(None), Referral.released_at.is_(None), *others, stands()]


def is_passed_on(session: Session, comment: Comment) -> bool:
    """Whether the answer that a comment has in public says that another body is responsible, and it stands."""
    own = (ResponseTarget.consultation_id == comment.consultation_id, ResponseTarget.comment_id == comment.id)
    found = select(ANYTHING).select_from(ResponseTarget).join(ResponseTarget.comment).where(*own, *_passes_on())
    return session.scalar(found) is not None


@cache
def _passes_on() -> tuple[Any, ...]:
    """The condition itself, in a statement on ResponseTarget and its Comment."""
    answered = outcome_expression() == Outcome.ANSWERED.value
    return disposition_expression() == Disposition.REFERRED.value, answered


def _unsent(session: Session, consultation_id: UUID) -> Sequence[int]:
    """The comments whose public answer names another body and of which nothing else is known."""
    own = (Referral.consultation_id == consultation_id, Referral.comment_id == ResponseTarget.comment_id)
    known = select(Referral.id).where(*own).correlate(ResponseTarget).exists()
    return session.scalars(
        select(Comment.number)
        .select_from(ResponseTarget)
        .join(ResponseTarget.comment)
        .where(ResponseTarget.consultation_id == consultation_id, ~known, *_passes_on())
        .order_by(Comment.number)
        .limit(PAGE_SIZE)
    ).all()


def late_in(session: Session, ids: Collection[UUID], today: date) -> dict[UUID, int]:
    """How many wait longer than asked for on the local day `today`, by matter. One statement."""
    return _counted(session, ids, *late(today))


def to_release_in(session: Session, ids: Collection[UUID], by_id: UUID | None) -> dict[UUID, int]:
    """How many answers of other bodies somebody else than `by_id` wrote down that are not public yet, by matter. One
    statement."""
    return _counted(session, ids, *to_release(by_id))


def public_ways(
    session: Session, consultation_id: UUID, answers: Mapping[UUID, SaidInPublic] | Mapping[UUID, SaidInPublic | None]
) -> dict[UUID, list[Referral]]:
    """Where comments went, of those with their public answers: nothing of one whose answer is for its sender alone,
    since what that body answers speaks of the same. One statement, none for nobody."""
    public = {key: one for key, one in answers.items() if one is not None and one.text is not None}
    ids = [key for key, one in public.items() if one.disposition == Disposition.REFERRED]
    return told_of(session, consultation_id, ids) if ids else {}


def told_of(session: Session, consultation_id: UUID, comment_ids: Iterable[UUID]) -> dict[UUID, list[Referral]]:
    """Where these comments (some hundreds at most) went, by their ids, the first first; what a body answered is to be
    told only where it is `told`. One statement."""
    found: dict[UUID, list[Referral]] = {}
    own = (Referral.consultation_id == consultation_id, Referral.comment_id.in_(list(comment_ids)), stands())
    for row in session.scalars(select(Referral).where(*own).order_by(Referral.number)):
        found.setdefault(row.comment_id, []).append(row)
    return found


def told_to_sender(session: Session, submission: Submission) -> dict[int, list[Referral]]:
    """The same of every comment of a submission, by their numbers. One statement."""
    found: dict[int, list[Referral]] = {}
    own = (Comment.consultation_id == submission.consultation_id, Comment.submission_id == submission.id, stands())
    rows = session.execute(
        select(Comment.number, Referral).join(Referral.comment).where(*own).order_by(Referral.number)
    )
    for number, row in rows:
        found.setdefault(number, []).append(row)
    return found


def _counted(session: Session, ids: Collection[UUID], *which: Any) -> dict[UUID, int]:
    wanted = select(Referral.consultation_id, func.count()).where(Referral.consultation_id.in_(ids), *which)
    rows = session.execute(wanted.group_by(Referral.consultation_id))
    return {matter: count for matter, count in rows}
