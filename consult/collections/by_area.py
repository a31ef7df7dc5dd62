"""The same sums by commune: as they are today, or as they were before they were merged."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy.orm import Session

from consult.collections.sums import OfBranch, Sum
from consult.people import areas
from consult.people.models import Area


@dataclass(frozen=True)
class OfArea:
    """What branches of one commune recorded themselves. Without `area` those of branches whose commune is not known;
    `parts` are the communes between which it cannot be told apart: what an old one was divided into, or what a new one
    was made of."""

    area: Area | None
    sum: Sum
    parts: Sequence[Area] = ()


def by_new_units(session: Session, rows: Sequence[OfBranch], day: date) -> list[OfArea]:
    """By the communes of the local `day`; what was divided between several stays under its old name."""

    def today(area: Area) -> tuple[Area, Sequence[Area]]:
        if area.in_force(day):
            return area, ()
        heirs = areas.successors(session, [area.id], day)[area.id]
        return (heirs[0], ()) if len(heirs) == 1 else (area, heirs)

    return _grouped(rows, today)


def by_old_units(session: Session, rows: Sequence[OfBranch], day: date) -> list[OfArea]:
    """By the communes before the last change by the local `day`; what was recorded for a new one made of several, or
    for one that was there before another became part of it, stays under its name."""

    def before(area: Area) -> tuple[Area, Sequence[Area]]:
        if not area.in_force(day):
            return area, ()
        old = areas.predecessors(session, area.id, day)
        new = all(one.valid_to is None or area.valid_from >= one.valid_to for one in old)
        return (old[0], ()) if len(old) == 1 and new else (area, old if new else [area, *old])

    return _grouped(rows, before)


def _grouped(rows: Sequence[OfBranch], place: Callable[[Area], tuple[Area, Sequence[Area]]]) -> list[OfArea]:
    found: dict[object, OfArea] = {}
    for row in rows:
        area, parts = place(row.branch.area) if row.branch.area is not None else (None, ())
        key = area.id if area is not None else None
        before = found.get(key, OfArea(area, Sum(), parts))
        found[key] = OfArea(area, before.sum + row.own, parts)
    # Where nothing was recorded there is nothing that could not be told apart.
    told = (one for one in found.values() if not (one.parts and one.sum.silent))
    return sorted(told, key=lambda one: (one.area is None, one.area.folded_name if one.area else ""))
