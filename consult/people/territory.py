"""Which areas lie within another, under the names of today and of before."""

from collections.abc import Collection
from typing import Any
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from consult.people.models import Area, AreaSuccession


def areas_within(session: Session, area_id: UUID) -> set[UUID]:
    """The area and all that lie within it, with what each of them came from and became: who asks for a district that
    ended finds the communes of today in its place, who asks for a commune of today whatever still bears an old name."""
    inside = _closed(session, {area_id}, Area.id, Area.parent_id)
    later = _closed(session, inside, AreaSuccession.successor_id, AreaSuccession.predecessor_id)
    earlier = _closed(session, inside, AreaSuccession.predecessor_id, AreaSuccession.successor_id)
    return _closed(session, later | earlier, Area.id, Area.parent_id)


def lineage_of(session: Session, area_id: UUID) -> set[UUID]:
    """The area, all that it came from and all that it became, in any number of steps: who lived there means the same
    place under each of these names."""
    earlier = _closed(session, {area_id}, AreaSuccession.predecessor_id, AreaSuccession.successor_id)
    return earlier | _closed(session, {area_id}, AreaSuccession.successor_id, AreaSuccession.predecessor_id)


def later_names(session: Session, areas: Collection[UUID]) -> dict[UUID, set[UUID]]:
    """For each area itself and all that it became, in any number of steps. One statement."""
    after: dict[UUID, set[UUID]] = {}
    for old, new in session.execute(select(AreaSuccession.predecessor_id, AreaSuccession.successor_id)):
        after.setdefault(old, set()).add(new)
    found = {area: {area} for area in areas}
    for reached in found.values():
        step = set(reached)
        while step:
            step = {later for one in step for later in after.get(one, ())} - reached
            reached |= step
    return found


def _closed(session: Session, begin: Collection[UUID], found: Any, by: Any) -> set[UUID]:
    """What is reached from `begin` in any number of steps from `by` to `found`, the beginning too."""
    reached, new = set(begin), set(begin)
    while new:
        new = set(session.scalars(select(found).where(by.in_(new)))) - reached
        reached |= new
    return reached
