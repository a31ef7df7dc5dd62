"""Communes by the name people type: with or without accents, the present name or one from before a merger."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from sqlalchemy.orm import Session

from consult.people.areas import find_areas, without_kind
from consult.people.models import Area
from consult.text import one_line, searched

MOST = 12


@dataclass(frozen=True)
class FoundCommune:
    """A commune in force; `former` is the older name by which it was found, or empty."""

    id: UUID
    name: str
    former: str


def name_of(session: Session, area_id: str) -> str:
    """The name of the commune that a form bears, so that its sender sees which was understood; empty for none."""
    try:
        area = session.get(Area, UUID(area_id)) if area_id else None
    except ValueError:
        return ""
    return area.name if area else ""


def find(session: Session, typed: str, day: date) -> list[FoundCommune]:
    """Communes in force on the local `day` whose present or former name fits what was typed, exact names first; only
    that one, when a single name is the very one that was typed."""
    found: dict[UUID, FoundCommune] = {}
    for one in find_areas(session, typed, day, MOST):
        for area in one.now:
            found.setdefault(area.id, FoundCommune(area.id, area.name, one.area.name if one.old else ""))
    words = without_kind(searched(one_line(typed)))
    exact = [one for one in found.values() if without_kind(searched(one.former or one.name)) == words]
    return exact if len(exact) == 1 else list(found.values())[:MOST]
