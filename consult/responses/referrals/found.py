"""What was passed on: the lists of the desk, what its first page counts, and what everybody is told."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import and_, func, select
from sqlalchemy.orm import Session, contains_eager

from consult.relationships import along
from consult.responses.models import ResponseTarget
from consult.responses.referrals.models import Referral
from consult.responses.statistics.dispositions import disposition_expression
from consult.responses.words import Disposition
from consult.submissions.models import Comment, Submission

PAGE_SIZE = 50


@dataclass(frozen=True)
class Passed:
    """A page of what was passed on, what is late first, and how many there are in all; the numbers of comments, so
    many as a page holds, whose answer names another body and of which nothing else is known (`unsent`)."""

    rows: Sequence[Referral]
    total: int
    unsent: Sequence[int]


def listed(session: Session, consultation_id: UUID, page: int, only: Sequence[Any] = ()) -> Passed:
    """What was passed on in a matter: what waits for an answer by its day, what waits to be released, then the rest;
    narrowed by `only` (`late`, `to_release`). Three statements."""
    own = and_(Referral.consultation_id == consultation_id, *only)
    order = (Referral.released_at.is_not(None), Referral.replied_on.is_not(None), Referral.due_on, Referral.number)
    rows = session.scalars(
        select(Referral).join(Referral.comment).options(contains_eager(Referral.comment)).where(own)
        .order_by(*order).limit(PAGE_SIZE).offset((page - 1) * PAGE_SIZE)
    ).all()  # fmt: skip
    total = session.scalar(select(func.count()).select_from(Referral).where(own)) or 0
    unsent = [] if only else _unsent(session, consultation_id)
    return Passed(rows, total, unsent)


def late(today: date) -> list[Any]:
    """What waits longer than asked for on the local day `today`, as conditions."""
    return [Referral.replied_on.is_(None), Referral.due_on < today]


def to_release(by_id: UUID | None) -> list[Any]:
    """What somebody else than `by_id` wrote down and is not public yet, as conditions."""
    others = Referral.recorded_by_id.is_not(None), Referral.recorded_by_id != by_id
    return [Referral.replied_on.is_not(None), Referral.released_at.is_(None), *others]


def _unsent(session: Session, consultation_id: UUID) -> Sequence[int]:
    """The comments whose public answer names another body and of which nothing else is known."""
    own = (Referral.consultation_id == consultation_id, Referral.comment_id == ResponseTarget.comment_id)
    known = select(Referral.id).where(*own).correlate(ResponseTarget).exists()
    return session.scalars(
        select(Comment.number)
        .join(ResponseTarget, along(ResponseTarget.comment))
        .where(ResponseTarget.consultation_id == consultation_id, ~known)
        .where(disposition_expression() == Disposition.REFERRED.value)
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


def told_of(session: Session, consultation_id: UUID, comment_ids: Iterable[UUID]) -> dict[UUID, list[Referral]]:
    """Where these comments (some hundreds at most) went, by their ids, the first first; what a body answered is to be
    told only where it is `told`. One statement."""
    found: dict[UUID, list[Referral]] = {}
    own = (Referral.consultation_id == consultation_id, Referral.comment_id.in_(list(comment_ids)))
    for row in session.scalars(select(Referral).where(*own).order_by(Referral.number)):
        found.setdefault(row.comment_id, []).append(row)
    return found


def told_to_sender(session: Session, submission: Submission) -> dict[int, list[Referral]]:
    """The same of every comment of a submission, by their numbers. One statement."""
    found: dict[int, list[Referral]] = {}
    own = (Comment.consultation_id == submission.consultation_id, Comment.submission_id == submission.id)
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
