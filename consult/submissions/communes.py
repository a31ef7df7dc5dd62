"""The commune somebody types: one in force, by its present name or one from before a merger."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from sqlalchemy.orm import Session

from consult.people.service import find_areas
from consult.text import folded

MOST = 12


@dataclass(frozen=True)
class Found:
    """A commune in force; `former` is the older name by which it was found, or empty."""

    id: UUID
    name: str
    former: str


def find(session: Session, typed: str, day: date) -> list[Found]:
    """Communes in force on the local `day` whose present or former name fits what was typed; only those whose name is
    exactly that, when there are any."""
    found: dict[UUID, Found] = {}
    for one in find_areas(session, typed, day, MOST):
        for area in one.now:
            former = "" if area.id == one.area.id else one.area.name
            found.setdefault(area.id, Found(area.id, area.name, former))
    words = folded(typed).strip()
    exact = [one for one in found.values() if _fits(folded(one.former or one.name), words)]
    return exact or list(found.values())


def _fits(name: str, words: str) -> bool:
    """People type "Phong Quang" for "xã Phong Quang"."""
    return name == words or name.partition(" ")[2] == words
