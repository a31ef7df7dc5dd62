"""People counted by the communes of today, and by the districts and cities that there were before.

Both are told, and neither may give away what the other hides. Who reads both knows of each district that is told the
sum of what is hidden in it, and of all the others together theirs: in each of these blocks, which have nothing in
common, more than one value has to remain possible for every number under five (`suppression.safe`).
"""

from collections import Counter
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.orm import Session, aliased

from consult.people.models import Area, AreaSuccession
from consult.responses.statistics.suppression import LEAST, Cell, safe, suppressed
from consult.submissions.models import Submission
from consult.submissions.words import SubmissionKind

FORMER = "cu"
"""How an address asks for the units before."""
Unit = tuple[UUID | None, str]


@dataclass(frozen=True)
class CommuneCount:
    """How many people of one area wrote; without a name those who gave none."""

    name: str
    people: Cell
    area_id: UUID | None = field(default=None, compare=False)


@dataclass(frozen=True)
class AreaCounts:
    """People by the communes of today and by the districts before; None when telling them would tell of too few.
    `tellable` are the areas of which it may be told that five people or more wrote."""

    present: list[CommuneCount] | None
    former: list[CommuneCount] | None
    tellable: frozenset[UUID] = frozenset()


def by_area(session: Session, consultation_id: UUID, day: date) -> AreaCounts:
    """The people of a matter. Who named a commune that was merged by a local `day` is counted with the one it became;
    a merger may be entered before its day."""
    rows = session.execute(
        select(Area.id, Area.name, Area.valid_to, func.count())
        .select_from(Submission)
        .outerjoin(Area, Area.id == Submission.area_id)
        .where(Submission.consultation_id == consultation_id, Submission.kind == SubmissionKind.COMMENT)
        .group_by(Submission.area_id, Area.id, Area.name, Area.valid_to)
    ).all()
    gone = [own for own, _name, ended, _count in rows if ended is not None and ended <= day]
    present = _present_units(session, gone, day)
    units: Counter[Unit] = Counter()
    for own, name, _ended, count in rows:
        units[present.get(own, (own, name or ""))] += count
    lines = sorted(units.items(), key=lambda one: (not one[0][1], -one[1], one[0][1]))
    cells = suppressed([count for _unit, count in lines])
    if cells is None:
        return AreaCounts(None, None)
    told = [CommuneCount(name, cell, own) for ((own, name), _), cell in zip(lines, cells, strict=True)]
    former = regrouped(lines, cells, _districts(session, {own for own, _name in units if own is not None}, day))
    recorded = [(own, present.get(own), count) for own, _name, _ended, count in rows]
    named = {own: count for (own, _name), count in lines if own is not None}
    return AreaCounts(told, former, frozenset(_tellable(named, recorded)))


def regrouped(
    lines: Sequence[tuple[Unit, int]], cells: Sequence[Cell], districts: Mapping[UUID, Unit]
) -> list[CommuneCount]:
    """The lines with those together that lay in one district, told as far as may be beside their `cells`."""
    groups: dict[Unit, list[int]] = {}
    for place, ((own, name), _count) in enumerate(lines):
        groups.setdefault(districts.get(own, (own, name)) if own is not None else (own, name), []).append(place)
    counts = [count for _unit, count in lines]
    hidden = {key: [place for place in own if cells[place].count is None] for key, own in groups.items()}
    told = {key for key, own in groups.items() if _may_be_told([counts[place] for place in own],
                                                               [counts[place] for place in hidden[key]])}  # fmt: skip
    for key in sorted((one for one in told if hidden[one]), key=lambda one: len(hidden[one])):
        if _all_safe([counts[place] for one in groups if one not in told for place in hidden[one]]):
            break
        told.discard(key)
    found = [_line(key, [counts[place] for place in own], [cells[place] for place in own], key in told)
             for key, own in groups.items()]  # fmt: skip
    return sorted(found, key=lambda one: (not one.name, -(one.people.count or 0), one.name))


def _may_be_told(counts: Sequence[int], hidden: Sequence[int]) -> bool:
    """Whether the sum of a district may be told, by itself: five people or more, of several communes where any of them
    is hidden."""
    return not hidden or (sum(counts) >= LEAST and len(counts) > 1 and _all_safe(hidden))


def _all_safe(hidden: Sequence[int]) -> bool:
    few, others = [one for one in hidden if one < LEAST], [one for one in hidden if one >= LEAST]
    return not hidden or (bool(few) and safe(few, others)) or (not few and len(others) > 1)


def _line(key: Unit, counts: Sequence[int], cells: Sequence[Cell], told: bool) -> CommuneCount:
    if told:
        return CommuneCount(key[1], Cell(sum(counts)), key[0])
    return CommuneCount(key[1], cells[0] if len(cells) == 1 else Cell(None), key[0])


def _tellable(units: Mapping[UUID, int], recorded: Sequence[tuple[UUID | None, Unit | None, int]]) -> Iterator[UUID]:
    """The communes of today of which five people or more wrote, and those merged into them where neither they nor the
    rest of it are few."""
    yield from (own for own, count in units.items() if count >= LEAST)
    for own, unit, count in recorded:
        if own is not None and unit is not None and unit[0] is not None and count >= LEAST:
            rest = units[unit[0]] - count
            if rest == 0 or rest >= LEAST:
                yield own


def _present_units(session: Session, ended: Sequence[UUID], day: date) -> dict[UUID | None, Unit]:
    """Of areas that ended by a day the one that each became, through any number of changes; one that was divided is not
    among them, since nobody knows in which part of it somebody lives."""
    found: dict[UUID | None, Unit] = {}
    waiting = {own: own for own in ended}
    while waiting:
        step = AreaSuccession
        rows = session.execute(
            select(step.predecessor_id, Area.id, Area.name, Area.valid_to)
            .join(Area, Area.id == step.successor_id)
            .where(step.predecessor_id.in_(set(waiting.values())), step.on <= day)
        ).all()
        heirs = {old: [row for row in rows if row[0] == old] for old in waiting.values()}
        single = {own: heirs[old][0] for own, old in waiting.items() if len(heirs[old]) == 1}
        found.update({own: (row[1], row[2]) for own, row in single.items()})
        waiting = {own: row[1] for own, row in single.items() if row[3] is not None and row[3] <= day}
    return found


def _districts(session: Session, ids: Collection[UUID], day: date) -> dict[UUID, Unit]:
    """Of each unit the one district in which all that it was made of lay, or it lies itself; in two statements."""
    before, around = aliased(Area), aliased(Area)
    steps = (
        select(AreaSuccession.successor_id, around.id, around.name)
        .join(before, before.id == AreaSuccession.predecessor_id)
        .join(around, around.id == before.parent_id)
        .where(AreaSuccession.successor_id.in_(ids), AreaSuccession.on <= day)
    )
    own = select(Area.id, around.id, around.name).join(around, around.id == Area.parent_id)
    found: dict[UUID, set[Unit]] = {}
    for statement in (own.where(Area.id.in_(ids), Area.valid_to <= day), steps):
        for unit_id, district_id, name in session.execute(statement):
            found.setdefault(unit_id, set()).add((district_id, name))
    return {unit_id: next(iter(all_of)) for unit_id, all_of in found.items() if len(all_of) == 1}
