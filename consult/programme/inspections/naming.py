"""What an inspected body, household or person is called in public, and what may be typed of each.

A person is never named, and a household that does business only where the province's rule says so
(CONSULT_INSPECTION_NAMES_HOUSEHOLDS): which decisions on persons are published by name is left to other law, and what
this site does not know it cannot tell. Of who is not named neither a name nor the signed paper is kept.
"""

from functools import lru_cache

from consult.catalogues import translations
from consult.programme.inspections.models import InspectionVersion
from consult.programme.words import InspectedKind


def is_named(kind: InspectedKind, names_households: bool) -> bool:
    """Whether who was inspected is told by name."""
    return kind is InspectedKind.ORGANISATION or (kind is InspectedKind.HOUSEHOLD and names_households)


def told_name(one: InspectionVersion) -> str:
    """Who was inspected, as everybody reads it; in Vietnamese, as names are."""
    if one.inspected is not None:
        return one.inspected.name
    return one.inspected_name or nameless(one.inspected_kind, one.area.name if one.area else "")


def told_beside(one: InspectionVersion, newest: InspectionVersion) -> str:
    """Who was inspected, as an earlier version tells it beside the `newest` public one: whom a correction no longer
    names no version names any more."""
    return told_name(newest if names_nobody(newest) else one)


def names_nobody(one: InspectionVersion) -> bool:
    """Whether a version tells of somebody who is not named, of whom neither the paper is told."""
    return one.inspected_id is None and not one.inspected_name


@lru_cache(maxsize=1_000)
def nameless(kind: InspectedKind, area: str) -> str:
    """Who is not named, in an area of this name: "Một cá nhân tại xã Yên Thịnh"."""
    say = translations("vi").gettext
    sentence: str = say(f"inspected.{kind.value}_at") if area else say(f"inspected.{kind.value}_somewhere")
    return sentence % {"area": area[:1].lower() + area[1:]} if area else sentence
