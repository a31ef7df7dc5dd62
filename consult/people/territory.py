"""Which areas lie within another, under the names of a day and of before.

A merger may be entered before its day: until then everybody lives where they lived, and each function is asked for a
local `day`. Only where it matters to nobody on which day somebody looks is it None.
"""

from collections.abc import Collection
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, select
from sqlalchemy.orm import Session

from consult.people.models import Area, AreaSuccession

_EARLIER = AreaSuccession.predecessor_id, AreaSuccession.successor_id
_LATER = AreaSuccession.successor_id, AreaSuccession.predecessor_id


def areas_within(session: Session, area_id: UUID, day: date | None) -> set[UUID]:
    """The area and all that lie within it, with what each of them came from and became by a day: who asks for a
    district that ended finds the communes of today in its place, who asks for a commune of today whatever still bears
    an old name."""
    inside, by = _closed(session, {area_id}, Area.id, Area.parent_id), _by(day)
    later, earlier = (_closed(session, inside, *columns, *by) for columns in (_LATER, _EARLIER))
    return _closed(session, later | earlier, Area.id, Area.parent_id)


def lineage_of(session: Session, area_id: UUID, day: date) -> set[UUID]:
    """The area, all that it came from and all that it became by a day, in any number of steps: who lived there means
    the same place under each of these names."""
    return {one for columns in (_EARLIER, _LATER) for one in _closed(session, {area_id}, *columns, *_by(day))}


def later_names(session: Session, areas: Collection[UUID], day: date) -> dict[UUID, set[UUID]]:
    """For each area itself and all that it became by a day, in any number of steps. One statement."""
    after: dict[UUID, set[UUID]] = {}
    steps = select(AreaSuccession.predecessor_id, AreaSuccession.successor_id).where(*_by(day))
    for old, new in session.execute(steps):
        after.setdefault(old, set()).add(new)
    found = {area: {area} for area in areas}
    for reached in found.values():
        step = set(reached)
        while step:
            step = {later for one in step for later in after.get(one, ())} - reached
            reached |= step
    return found


def standing_for(session: Session, areas: Collection[UUID], day: date) -> dict[UUID, list[Area]]:
    """For each area those in force on a day that stand in its place, itself where nothing does. Two statements."""
    became = later_names(session, areas, day)
    known = {one for names in became.values() for one in names}
    by_id = {one.id: one for one in session.scalars(select(Area).where(Area.id.in_(known)))}
    found = {}
    for area, names in became.items():
        own = [by_id[area]] if by_id[area].in_force(day) else [by_id[one] for one in names if by_id[one].in_force(day)]
        found[area] = sorted(own, key=lambda one: (one.folded_name, str(one.id))) or [by_id[area]]
    return found


def _by(day: date | None) -> list[ColumnElement[bool]]:
    return [] if day is None else [AreaSuccession.on <= day]


def _closed(session: Session, begin: Collection[UUID], found: Any, by: Any, *only: ColumnElement[bool]) -> set[UUID]:
    """What is reached from `begin` in any number of steps from `by` to `found`, the beginning too."""
    reached, new = set(begin), set(begin)
    while new:
        new = set(session.scalars(select(found).where(by.in_(new), *only))) - reached
        reached |= new
    return reached
