"""Areas: found by old or new name without accents, with what became of them and what they came from."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from sqlalchemy import or_, select
from sqlalchemy.orm import Session, joinedload

from consult.people.models import Area, AreaSuccession
from consult.people.words import Level
from consult.text import one_line, searched, searched_pattern

KINDS = (
    "thanh pho truc thuoc trung uong", "thanh pho", "thi tran", "thi xa", "dac khu", "phuong", "tinh", "huyen",
    "quan", "xa", "tp", "tx", "tt", "p", "h", "q", "x", "t",
)  # fmt: skip
"""What people write before a name, folded; the shorter ones only with a space or a full stop after them."""

MOST_CANDIDATES = 400
LONGEST_QUERY = 80


@dataclass(frozen=True)
class FoundArea:
    """An area that answers to a name. `now` are the areas in force that stand in its place: itself, or, for an old
    one, those it became (part of)."""

    area: Area
    now: tuple[Area, ...]

    @property
    def old(self) -> bool:
        """Whether the name that was asked for is no longer in use: "xã Dương Quang (cũ) → xã Phong Quang"."""
        return self.area not in self.now


def find_areas(
    session: Session, query: str, day: date, limit: int = 10, level: Level | None = Level.COMMUNE
) -> list[FoundArea]:
    """The areas that answer to `query` on the local `day`, the closest names first, at most `limit`.

    Accents, tone placement, case and what stands before the name (xã, phường, TT., TP.) do not matter; the name may be
    an old one. After a comma stands a wider area ("Dương Quang, Bắc Kạn"). `level` None takes all levels.
    """
    name, *around = [_words(part) for part in query[:LONGEST_QUERY].split(",")]
    if not name:
        return []
    wanted = {name, without_kind(name)}
    conditions = [Area.folded_name.like(searched_pattern(one), escape="\\") for one in sorted(wanted)]
    statement = (
        select(Area)
        .options(joinedload(Area.parent).joinedload(Area.parent))
        .where(or_(*conditions), Area.valid_from <= day)
    )
    if level is not None:
        statement = statement.where(Area.level == level)
    areas = session.scalars(statement.order_by(Area.folded_name, Area.valid_from.desc()).limit(MOST_CANDIDATES)).all()
    ranked = sorted(
        (area for area in areas if _answers(area, wanted) and _within(area, around)),
        key=lambda area: (_distance(area, wanted), not area.in_force(day), area.folded_name, area.code),
    )[:limit]
    became = successors(session, [area.id for area in ranked if not area.in_force(day)], day)
    return [FoundArea(area, (area,) if area.in_force(day) else became.get(area.id, ())) for area in ranked]


def named(session: Session, words: str, day: date) -> Area | None:
    """The commune that is meant by its whole name in writing: of that kind (xã, phường) and with those accents before
    others, and of the local `day` before former ones, which often lent their names to what they became. None when there
    is none, or several are meant equally well. After a comma stands a wider area."""
    asked = one_line(words).partition(",")[0].strip()
    found = [one.area for one in find_areas(session, words, day) if plain_name(one.area.name) == plain_name(asked)]
    by_rank = sorted(found, key=lambda area: _less_meant(area, asked, day))
    if len(by_rank) > 1 and _less_meant(by_rank[0], asked, day) == _less_meant(by_rank[1], asked, day):
        return None
    return by_rank[0] if by_rank else None


def _less_meant(area: Area, asked: str, day: date) -> tuple[bool, bool, bool]:
    kindless = plain_name(asked) == _words(asked)
    same_kind = kindless or _words(area.name) == _words(asked)
    return not same_kind, not area.name.casefold().endswith(asked.casefold()), not area.in_force(day)


def area_by_key(session: Session, code: str, valid_from: date) -> Area | None:
    """The area with this code since this day: codes are used again, so both are needed."""
    return session.scalar(select(Area).where(Area.code == code, Area.valid_from == valid_from))


def areas_in_force(
    session: Session, day: date, level: Level | None = Level.COMMUNE, parent_id: UUID | None = None
) -> Sequence[Area]:
    """All areas of a level that exist on the local `day`, by name; those of one parent when it is given."""
    statement = select(Area).where(Area.valid_from <= day, or_(Area.valid_to.is_(None), Area.valid_to > day))
    if level is not None:
        statement = statement.where(Area.level == level)
    if parent_id is not None:
        statement = statement.where(Area.parent_id == parent_id)
    return session.scalars(statement.order_by(Area.folded_name, Area.code)).all()


def successors(session: Session, ids: Iterable[UUID], day: date) -> dict[UUID, tuple[Area, ...]]:
    """For each area the areas in force on the local `day` that stand in its place, through any number of changes.

    An area without a successor of its own (a district, since that level ended) became what its communes became.
    """
    wanted = list(ids)
    return {one: tuple(sorted(_heirs(session, one, day), key=lambda area: area.folded_name)) for one in wanted}


def predecessors(session: Session, area_id: UUID, day: date) -> Sequence[Area]:
    """The areas that became (part of) this one by the local `day`, by name."""
    return session.scalars(
        select(Area)
        .join(AreaSuccession, AreaSuccession.predecessor_id == Area.id)
        .where(AreaSuccession.successor_id == area_id, AreaSuccession.on <= day)
        .order_by(Area.folded_name, Area.id)
    ).all()


def without_kind(name: str) -> str:
    """A folded name without what stands before it: `phong quang` for `xa phong quang`."""
    for kind in KINDS:
        if name.startswith(f"{kind} ") and len(name) > len(kind) + 1:
            return name[len(kind) + 1 :]
    return name


def plain_name(name: str) -> str:
    """A name as two are compared: folded, and without what stands before it."""
    return without_kind(_words(name))


def _heirs(session: Session, area_id: UUID, day: date) -> set[Area]:
    heirs: set[Area] = set()
    seen, waiting = {area_id}, [area_id]
    while waiting:
        steps = session.scalars(
            select(Area)
            .join(AreaSuccession, AreaSuccession.successor_id == Area.id)
            .where(AreaSuccession.predecessor_id.in_(waiting), AreaSuccession.on <= day)
        ).all()
        if not steps and not heirs:
            children = session.scalars(select(Area.id).where(Area.parent_id.in_(waiting)))
            waiting = [one for one in children if one not in seen]
            seen.update(waiting)
            continue
        heirs.update(area for area in steps if area.in_force(day))
        waiting = [area.id for area in steps if not area.in_force(day) and area.id not in seen]
        seen.update(waiting)
    return heirs


def _words(text: str) -> str:
    return " ".join(re.findall(r"[^\W_]+", searched(text)))


def _answers(area: Area, wanted: set[str]) -> bool:
    return any(one in searched(area.folded_name) for one in wanted)


def _within(area: Area, around: list[str]) -> bool:
    """Whether every part named after a comma is the name of an area around this one."""
    names = []
    parent = area.parent
    while parent is not None:
        names.append(without_kind(searched(parent.folded_name)))
        parent = parent.parent
    return all(any(without_kind(part) in name for name in names) for part in around if part)


def _distance(area: Area, wanted: set[str]) -> int:
    """0 for the very name, then names that begin with what was typed, then those that hold it."""
    name = searched(area.folded_name)
    bare = without_kind(name)
    if name in wanted:
        return 0
    if bare in wanted:
        return 1
    return 2 if any(bare.startswith(f"{one} ") for one in wanted) else 3 if bare.startswith(tuple(wanted)) else 4
