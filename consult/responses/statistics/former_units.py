"""People counted by the units of today, and by the districts and towns that there were before.

The breakdown by former units is worked out from nothing but the numbers that the one by present units tells: who has
both knows no more than who has one, whatever they subtract. A former unit of which a part is not told is not told.
"""

from collections.abc import Collection, Mapping, Sequence
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session, aliased

from consult.people.models import Area, AreaSuccession
from consult.responses.statistics.participation import CommuneCount
from consult.responses.statistics.suppression import Cell

FORMER = "cu"
"""How an address asks for the units before."""


def by_former_units(session: Session, told: Sequence[CommuneCount]) -> list[CommuneCount]:
    """What is told by present units, by the districts they were made of; a unit made of several stands by itself, as
    do those of whom nothing is known. In two statements."""
    districts = _districts(session, {line.area_id for line in told if line.area_id is not None})
    return regrouped(told, districts)


def regrouped(told: Sequence[CommuneCount], former: Mapping[UUID, tuple[UUID, str]]) -> list[CommuneCount]:
    """The lines with those together that have one former unit: each by its id and name."""
    parts: dict[object, list[CommuneCount]] = {}
    names: dict[object, tuple[UUID | None, str]] = {}
    for line in told:
        own = former.get(line.area_id) if line.area_id is not None else None
        key = own[0] if own is not None else (line.area_id, line.name)
        parts.setdefault(key, []).append(line)
        names[key] = own if own is not None else (line.area_id, line.name)
    lines = [CommuneCount(names[key][1], _sum(own), names[key][0]) for key, own in parts.items()]
    return sorted(lines, key=lambda one: (not one.name, -(one.people.count or 0), one.name))


def _sum(parts: Sequence[CommuneCount]) -> Cell:
    if len(parts) == 1:
        return parts[0].people
    counts = [part.people.count for part in parts]
    return Cell(None) if None in counts else Cell(sum(count for count in counts if count is not None))


def _districts(session: Session, ids: Collection[UUID]) -> dict[UUID, tuple[UUID, str]]:
    """Of each unit the one district in which all that it was made of lay, or it lies itself."""
    before, around = aliased(Area), aliased(Area)
    steps = (
        select(AreaSuccession.successor_id, around.id, around.name)
        .join(before, before.id == AreaSuccession.predecessor_id)
        .join(around, around.id == before.parent_id)
        .where(AreaSuccession.successor_id.in_(ids))
    )
    own = select(Area.id, around.id, around.name).join(around, around.id == Area.parent_id)
    found: dict[UUID, set[tuple[UUID, str]]] = {}
    for unit_id, district_id, name in session.execute(own.where(Area.id.in_(ids), Area.valid_to.is_not(None))):
        found.setdefault(unit_id, set()).add((district_id, name))
    for unit_id, district_id, name in session.execute(steps):
        found.setdefault(unit_id, set()).add((district_id, name))
    return {unit_id: next(iter(all_of)) for unit_id, all_of in found.items() if len(all_of) == 1}
