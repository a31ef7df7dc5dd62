"""Every public promise, narrowed by body, commune, kind and how it stands: late ones first."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, func, select
from sqlalchemy.orm import Session, aliased, joinedload

from consult.consultations.models import Consultation
from consult.people.heirs import heirs, with_predecessors
from consult.people.models import Area, Organisation
from consult.people.territory import areas_within
from consult.programme.promise_models import Promise
from consult.programme.words import PromiseKind
from consult.text import folded

PAGE_SIZE = 50
MOST_BODIES = 100
MOST_LINES = 20_000
"""Lines of a file: who wants more narrows it."""
STATES = ("open", "late", "ended")
Columns = tuple[ColumnElement[Any], ...]
_WHOLE = (
    joinedload(Promise.by), joinedload(Promise.keeper), joinedload(Promise.area), joinedload(Promise.matter),
)  # fmt: skip
_ORDER = (Promise.due_on, Promise.consultation_id, Promise.number)


@dataclass(frozen=True)
class BoardFilters:
    """What a reader narrows the board by: how it stands (`open`, `late`, `ended`), who owes it (with all that this
    body took over from), within which area (under all its names, before and after), which kind."""

    state: str = "open"
    by_id: UUID | None = None
    area_id: UUID | None = None
    kind: PromiseKind | None = None


@dataclass(frozen=True)
class BodyLine:
    """How much one body owes that is open, and how much of it is late."""

    body_id: UUID
    name: str
    open: int
    late: int


def conditions(session: Session, asked: BoardFilters, today: date) -> Columns:
    """The columns by which the list is narrowed on a local day."""
    found: list[ColumnElement[bool]] = [Promise.public_at.is_not(None)]
    found.append(Promise.ended_on.is_not(None) if asked.state == "ended" else Promise.ended_on.is_(None))
    if asked.state == "late":
        found.append(Promise.due_on < today)
    if asked.by_id is not None:
        found.append(Promise.by_id.in_(with_predecessors(session, asked.by_id, today)))
    if asked.area_id is not None:
        found.append(Promise.area_id.in_(areas_within(session, asked.area_id, today)))
    if asked.kind is not None:
        found.append(Promise.kind == asked.kind)
    return tuple(found)


def listed(session: Session, asked: BoardFilters, today: date, limit: int, offset: int = 0) -> Sequence[Promise]:
    """The promises that are asked for, the oldest day first, so that what is late comes first; of what ended the newest
    end. One statement, and those that tell which communes lie within an area."""
    wanted = select(Promise).where(*conditions(session, asked, today)).options(*_WHOLE).order_by(*_order(asked))
    return session.scalars(wanted.limit(limit).offset(offset)).all()


def table(session: Session, asked: BoardFilters, today: date) -> Sequence[tuple[Any, ...]]:
    """The same, as many as a file holds, and of each only what the file tells: number, kind, title of the matter,
    text, who owes it, who follows it, area, first day, day, end, how it ended, address of the matter."""
    by, keeper = aliased(Organisation), aliased(Organisation)
    wanted = select(
        Promise.number, Promise.kind, Consultation.title, Promise.text, by.name, keeper.name, Area.name,
        Promise.first_due_on, Promise.due_on, Promise.ended_on, Promise.ending, Consultation.slug,
    ).join(Promise.by.of_type(by)).join(Promise.keeper.of_type(keeper))  # fmt: skip
    wanted = wanted.outerjoin(Promise.area).join(Promise.matter).where(*conditions(session, asked, today))
    return [tuple(row) for row in session.execute(wanted.order_by(*_order(asked)).limit(MOST_LINES))]


def _order(asked: BoardFilters) -> tuple[Any, ...]:
    return (Promise.ended_on.desc(), *_ORDER) if asked.state == "ended" else _ORDER


def newly_late(session: Session, today: date, limit: int) -> Sequence[Promise]:
    """What is open and late, the latest day first. One statement."""
    late = (Promise.public_at.is_not(None), Promise.ended_on.is_(None), Promise.due_on < today)
    newest = Promise.due_on.desc(), Promise.consultation_id, Promise.number
    return session.scalars(select(Promise).where(*late).options(*_WHOLE).order_by(*newest).limit(limit)).all()


def sums(session: Session, today: date) -> tuple[int, int, int]:
    """How many promises are open, late, and ended. Two statements."""
    public = Promise.public_at.is_not(None)
    still = select(func.count(), func.count().filter(Promise.due_on < today)).where(public, Promise.ended_on.is_(None))
    open_, late = session.execute(still).one()
    ended = select(func.count()).where(public, Promise.ended_on.is_not(None))
    return open_, late, session.scalar(ended) or 0


def by_body(session: Session, today: date) -> list[BodyLine]:
    """The bodies of today that owe something, those with the most that is late first; what a body owed that another
    one took over from counts there. Two statements, and two for each step from one body to the next."""
    late = func.count().filter(Promise.due_on < today)
    owing = select(Promise.by_id, func.count(), late).where(Promise.public_at.is_not(None), Promise.ended_on.is_(None))
    counted = session.execute(owing.group_by(Promise.by_id)).all()
    today_is = heirs(session, [by_id for by_id, _open, _late in counted], today)
    lines: dict[UUID, BodyLine] = {}
    for by_id, open_, late_ in counted:
        body = today_is[by_id]
        before = lines.get(body.id, BodyLine(body.id, body.name, 0, 0))
        lines[body.id] = replace(before, open=before.open + open_, late=before.late + late_)
    return sorted(lines.values(), key=lambda one: (-one.late, -one.open, folded(one.name)))[:MOST_BODIES]
