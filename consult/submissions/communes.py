"""Communes by the name people type: with or without accents, the present name or one from before a merger."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from consult.people.models import Area, AreaSuccession
from consult.people.words import Level
from consult.text import folded, one_line

MOST = 12
_KINDS = ("xa ", "phuong ", "thi tran ", "dac khu ")


@dataclass(frozen=True)
class Found:
    """A commune in force; `former` is the older name by which it was found, or empty."""

    id: UUID
    name: str
    former: str


def find(session: Session, typed: str, day: date) -> list[Found]:
    """Communes in force on the local `day` whose present or former name fits what was typed, exact names first."""
    words = folded(one_line(typed))
    if not words:
        return []
    pattern = "%" + words.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_") + "%"
    named = session.scalars(
        select(Area)
        .where(Area.level == Level.COMMUNE, Area.folded_name.like(pattern, escape="\\"))
        .order_by(Area.folded_name, Area.valid_from)
        .limit(MOST * 4)
    ).all()
    found: dict[UUID, Found] = {}
    for area in sorted(named, key=lambda area: _bare(area.folded_name) != _bare(words)):
        if area.in_force(day):
            found.setdefault(area.id, Found(area.id, area.name, ""))
        else:
            for later in _successors(session, area, day):
                found.setdefault(later.id, Found(later.id, later.name, area.name))
    exact = [one for one in found.values() if _bare(folded(one.former or one.name)) == _bare(words)]
    return exact if len(exact) == 1 else list(found.values())[:MOST]


def name_of(session: Session, area_id: UUID) -> str | None:
    """The name of an area; None when there is none such."""
    return session.scalar(select(Area.name).where(Area.id == area_id))


def _bare(name: str) -> str:
    """A folded name without the word for its kind: people type "Phong Quang" for "xã Phong Quang"."""
    return next((name.removeprefix(kind) for kind in _KINDS if name.startswith(kind)), name)


def _successors(session: Session, area: Area, day: date, depth: int = 3) -> list[Area]:
    later = session.scalars(
        select(Area)
        .join(AreaSuccession, AreaSuccession.successor_id == Area.id)
        .where(AreaSuccession.predecessor_id == area.id)
    ).all()
    found = [one for one in later if one.in_force(day)]
    if not found and depth:
        found = [last for one in later for last in _successors(session, one, day, depth - 1)]
    return found
