"""The public models, narrowed by commune, kind and whether they live; and how they spread."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, func, select, tuple_
from sqlalchemy.orm import Session, aliased, joinedload

from consult.consultations.models import Consultation
from consult.people.models import Area, Organisation
from consult.people.territory import areas_within, standing_for
from consult.programme.head_models import Programme
from consult.programme.practices.descent import LONGEST_LINE, parent_of
from consult.programme.practices.models import Practice
from consult.programme.words import PracticeKind, PracticeSetting
from consult.text import folded

PAGE_SIZE = 50
MOST_CHOICES = 1_000
MOST_LINES = 20_000
"""Lines of a file: who wants more narrows it."""
MOST_OF_FAMILY = 500
"""Models of one tree."""
MOST_COMMUNES = 300
ALIVE, ENDED = STATES = ("alive", "ended")
_WHOLE = (joinedload(Practice.lead), joinedload(Practice.area), joinedload(Practice.programme))
_PARENT = (Practice.parent_matter_id, Practice.parent_number)
_ORDER = (Practice.public_at.desc(), Practice.consultation_id, Practice.number.desc())


@dataclass(frozen=True)
class PracticeFilters:
    """What a reader narrows the list by: how it stands (`alive`, `ended`, empty: both), within which area (under all
    its names, before and after), where and what it is."""

    state: str = ""
    area_id: UUID | None = None
    kind: PracticeKind | None = None
    setting: PracticeSetting | None = None


@dataclass(frozen=True)
class Branch:
    """A model in a tree, and what spread from it."""

    practice: Practice
    copies: "list[Branch]"


def listed(session: Session, asked: PracticeFilters, today: date, limit: int, offset: int = 0) -> Sequence[Practice]:
    """The public models that are asked for on a local day, the newest first."""
    wanted = select(Practice).where(*_conditions(session, asked, today)).options(*_WHOLE).order_by(*_ORDER)
    return session.scalars(wanted.limit(limit).offset(offset)).all()


def table(session: Session, asked: PracticeFilters, today: date) -> Sequence[tuple[Any, ...]]:
    """The same, as many as a file holds, and of each only what the file tells: number, title and id of the matter,
    title, setting, kind, who leads it, area, village, first and last day, cost, households, matter and number of what
    it spread from, address of the matter."""
    wanted = select(
        Practice.number, Consultation.title, Practice.consultation_id, Practice.title, Practice.setting, Practice.kind,
        Organisation.name, Area.name, Practice.village, Practice.started_on, Practice.ended_on, Practice.cost,
        Practice.households, Practice.parent_matter_id, Practice.parent_number, Consultation.slug,
    ).join(Practice.lead).join(Practice.area).join(Practice.programme).join(Programme.matter)  # fmt: skip
    ordered = wanted.where(*_conditions(session, asked, today)).order_by(*_ORDER).limit(MOST_LINES)
    return [tuple(row) for row in session.execute(ordered)]


def of_programme(session: Session, consultation_id: UUID) -> Sequence[Practice]:
    """The public models under one programme, the newest first: as many as a page tells."""
    own = (Practice.consultation_id == consultation_id, Practice.public_at.is_not(None))
    ordered = select(Practice).where(*own).options(joinedload(Practice.area)).order_by(Practice.number.desc())
    return session.scalars(ordered.limit(PAGE_SIZE)).all()


def sums(session: Session) -> tuple[int, int, int]:
    """How many models are public, how many of them live, and how many spread from another. One statement."""
    lives, spread = func.count().filter(Practice.ended_on.is_(None)), func.count(Practice.parent_number)
    told = session.execute(select(func.count(), lives, spread).where(Practice.public_at.is_not(None))).one()
    return told[0], told[1], told[2]


def by_commune(session: Session, today: date) -> list[tuple[UUID, str, int, int]]:
    """Communes of a local day with models: id, name, how many, how many of them spread from another; those with most
    first. What was written down under an old name counts in what it became by that day, as in the list narrowed by it.
    Three statements."""
    counted = select(Practice.area_id, func.count(), func.count(Practice.parent_number))
    grouped = counted.where(Practice.public_at.is_not(None)).group_by(Practice.area_id)
    rows = session.execute(grouped).all()
    now = standing_for(session, [key for key, _many, _spread in rows], today)
    sums: dict[UUID, tuple[str, int, int]] = {}
    for key, many, spread in rows:
        for last in now[key]:
            name, all_many, all_spread = sums.get(last.id, (last.name, 0, 0))
            sums[last.id] = name, all_many + many, all_spread + spread
    found = sorted(((key, *one) for key, one in sums.items()), key=lambda row: (-row[2], folded(row[1]), str(row[0])))
    return found[:MOST_COMMUNES]


def choices(session: Session) -> list[tuple[str, str]]:
    """The public models to choose from, by name."""
    found = session.execute(
        select(Practice.id, Practice.title, Area.name).join(Practice.area).where(Practice.public_at.is_not(None))
        .order_by(Practice.title, Practice.id).limit(MOST_CHOICES)
    )  # fmt: skip
    return [(str(key), f"{title} ({area})") for key, title, area in found]


def roots(session: Session, limit: int, offset: int = 0) -> Sequence[Practice]:
    """The public models that spread from no other and from which others spread, the oldest first."""
    copy = aliased(Practice)
    spread = select(copy.id).where(
        copy.parent_matter_id == Practice.consultation_id, copy.parent_number == Practice.number,
        copy.public_at.is_not(None),
    )  # fmt: skip
    wanted = select(Practice).where(Practice.public_at.is_not(None), Practice.parent_number.is_(None), spread.exists())
    ordered = wanted.order_by(Practice.started_on, Practice.consultation_id, Practice.number).options(*_WHOLE)
    return session.scalars(ordered.limit(limit).offset(offset)).all()


def root_of(session: Session, one: Practice) -> Practice:
    """The public model that a line begins with; itself where it spread from none that is public."""
    for _step in range(LONGEST_LINE):
        parent = parent_of(session, one)
        if parent is None or parent.public_at is None:
            return one
        one = parent
    return one


def trees(session: Session, begin: Sequence[Practice]) -> list[Branch]:
    """What spread from these models, and from those again: one statement for each generation."""
    branches = [Branch(one, []) for one in begin]
    known, generation = {_key(one.practice): one for one in branches}, branches
    while generation and len(known) < MOST_OF_FAMILY:
        found = [(known[one.parent_matter_id, one.parent_number], one) for one in _copies(session, generation)]
        new = [(above, Branch(one, [])) for above, one in found if _key(one) not in known]
        for above, below in new:
            above.copies.append(below)
            known[_key(below.practice)] = below
        generation = [below for _above, below in new]
    return branches


def _copies(session: Session, generation: Sequence[Branch]) -> Iterator[Practice]:
    keys = [_key(one.practice) for one in generation]
    pair = tuple_(Practice.parent_matter_id, Practice.parent_number)
    # A pair among pairs is found by no index of SQLite's; each half among its own is.
    near = [column.in_({key[side] for key in keys}) for side, column in enumerate(_PARENT)]
    wanted = select(Practice).where(pair.in_(keys), *near, Practice.public_at.is_not(None)).options(*_WHOLE)
    yield from session.scalars(
        wanted.order_by(Practice.started_on, Practice.consultation_id, Practice.number).limit(MOST_OF_FAMILY)
    )


def _key(one: Practice) -> Any:
    return one.consultation_id, one.number


def _conditions(session: Session, asked: PracticeFilters, today: date) -> list[ColumnElement[bool]]:
    found: list[ColumnElement[bool]] = [Practice.public_at.is_not(None)]
    if asked.state in STATES:
        found.append(Practice.ended_on.is_(None) if asked.state == ALIVE else Practice.ended_on.is_not(None))
    if asked.area_id is not None:
        found.append(Practice.area_id.in_(areas_within(session, asked.area_id, today)))
    if asked.kind is not None:
        found.append(Practice.kind == asked.kind)
    if asked.setting is not None:
        found.append(Practice.setting == asked.setting)
    return found
