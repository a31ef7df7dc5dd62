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


def _closed(session: Session, begin: Collection[UUID], found: Any, by: Any) -> set[UUID]:
    """What is reached from `begin` in any number of steps from `by` to `found`, the beginning too."""
    reached, new = set(begin), set(begin)
    while new:
        new = set(session.scalars(select(found).where(by.in_(new)))) - reached
        reached |= new
    return reached
