"""What was asked of other bodies: of comments, of a matter, and of whom who looks works for."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Select, and_, func, or_, select
from sqlalchemy.orm import Session, selectinload

from consult.consultations.models import Consultation
from consult.policy import Actor
from consult.responses.coordination.models import CoordinationRequest, CoordinationTarget
from consult.submissions.models import Comment

PAGE_SIZE = 50
OPEN, LATE, REPLIED = "open", "late", "replied"
STATES = (OPEN, LATE, REPLIED)
MOST_BESIDE = 50


@dataclass(frozen=True)
class RequestPage:
    """One page of what was asked in a matter, and how much there is in each state."""

    requests: Sequence[CoordinationRequest]
    numbers: dict[UUID, list[int]]
    counts: dict[str, int]
    page: int
    pages: int


def of_matter(session: Session, consultation: Consultation, state: str, page: int, today: date) -> RequestPage:
    """What was asked in a matter, the first due first; all of it where no state is named."""
    mine = CoordinationRequest.consultation_id == consultation.id
    counts = {one: _count(session, [mine, *_in(one, today)]) for one in STATES}
    total = counts[state] if state in STATES else _count(session, [mine])
    pages = max(1, -(-total // PAGE_SIZE))
    page = min(page, pages)
    chosen = (
        select(CoordinationRequest)
        .where(mine, *_in(state, today))
        .order_by(CoordinationRequest.due_on, CoordinationRequest.id)
        .offset((page - 1) * PAGE_SIZE)
        .limit(PAGE_SIZE)
    )
    found = session.scalars(_with_people(chosen)).all()
    return RequestPage(found, numbers_of(session, consultation.id, found), counts, page, pages)


def of_comments(session: Session, consultation: Consultation, numbers: Collection[int]) -> list[CoordinationRequest]:
    """What was asked of any of these comments and not withdrawn, replies first."""
    if not numbers:
        return []
    about = (
        select(CoordinationTarget.request_id)
        .join(CoordinationTarget.comment)
        .where(CoordinationTarget.consultation_id == consultation.id, Comment.number.in_(list(numbers)))
    )
    chosen = (
        select(CoordinationRequest)
        .where(
            CoordinationRequest.consultation_id == consultation.id,
            CoordinationRequest.id.in_(about),
            CoordinationRequest.withdrawn_at.is_(None),
        )
        .order_by(CoordinationRequest.replied_at.is_(None), CoordinationRequest.due_on, CoordinationRequest.id)
        .limit(MOST_BESIDE)
    )
    return list(session.scalars(_with_people(chosen)))


def asked_of(session: Session, actor: Actor, replied: bool = False) -> list[tuple[Consultation, CoordinationRequest]]:
    """What bodies of this person were asked, and still are or have `replied`; the first due first."""
    if not actor.seats:
        return []
    state = CoordinationRequest.replied_at.is_not(None) if replied else CoordinationRequest.replied_at.is_(None)
    chosen = (
        select(Consultation, CoordinationRequest)
        .join(Consultation, Consultation.id == CoordinationRequest.consultation_id)
        .where(_of(actor), CoordinationRequest.withdrawn_at.is_(None), state)
        .order_by(CoordinationRequest.due_on, CoordinationRequest.id)
        .limit(PAGE_SIZE * 4)
    )
    return [(consultation, request) for consultation, request in session.execute(chosen)]


def numbers_of(
    session: Session, consultation_id: UUID, requests: Collection[CoordinationRequest]
) -> dict[UUID, list[int]]:
    """The numbers of the comments that each is about."""
    rows = session.execute(
        select(CoordinationTarget.request_id, Comment.number)
        .join(CoordinationTarget.comment)
        .where(
            CoordinationTarget.consultation_id == consultation_id,
            CoordinationTarget.request_id.in_([one.id for one in requests]),
        )
        .order_by(Comment.number)
    )
    found: dict[UUID, list[int]] = {}
    for request_id, number in rows:
        found.setdefault(request_id, []).append(number)
    return found


def _of(actor: Actor) -> ColumnElement[bool]:
    own = [
        and_(
            CoordinationRequest.organisation_id == seat.organisation_id,
            or_(CoordinationRequest.unit_id.is_(None), CoordinationRequest.unit_id == seat.unit_id),
        )
        for seat in actor.seats
    ]
    return or_(*own)


def _in(state: str, today: date) -> list[ColumnElement[bool]]:
    replied, gone = CoordinationRequest.replied_at, CoordinationRequest.withdrawn_at
    waiting = [replied.is_(None), gone.is_(None)]
    conditions: dict[str, list[Any]] = {
        OPEN: waiting,
        LATE: [*waiting, CoordinationRequest.due_on < today],
        REPLIED: [replied.is_not(None)],
    }
    return conditions.get(state, [])


def _count(session: Session, conditions: Sequence[Any]) -> int:
    return session.scalar(select(func.count()).select_from(CoordinationRequest).where(*conditions)) or 0


def _with_people(chosen: Select[Any]) -> Select[Any]:
    return chosen.options(
        selectinload(CoordinationRequest.asked_by), selectinload(CoordinationRequest.replied_by)
    )  # fmt: skip
