"""Many branches at once: pasted lines, and the communes of a province."""

from collections.abc import Collection as Several
from collections.abc import Sequence
from datetime import date
from uuid import UUID

from sqlalchemy.orm import Session

from consult.collections.branches.service import NewBranch
from consult.errors import Invalid
from consult.people import areas, mail_addresses, telephones
from consult.people.models import Area
from consult.people.words import Level
from consult.text import folded, one_line, says_commune, within_phrase

SEPARATORS = ("\t", ";", "|")


def read(session: Session, pasted: str, day: date) -> list[NewBranch]:
    """One branch in each line: its name, and after a tab or semicolon its commune, who to reach, a telephone number, a
    mail address, in any order. A commune is known by the name that it has on the local `day`, or had before; words that
    say they are one and are not known are `unknown_area`."""
    return [_line(session, line, day) for line in pasted.splitlines() if one_line(line)]


def of_communes(session: Session, prefix: str, parent_id: UUID, day: date, there: Several[str]) -> list[NewBranch]:
    """A branch for each commune of a province: "Ban công tác Mặt trận" and the name of the commune; those whose folded
    name is `there` are passed over. Raises Invalid when all are."""
    found = areas.areas_in_force(session, day, Level.COMMUNE, parent_id)
    every = [NewBranch(one_line(f"{prefix} {_named(prefix, area)}"), area_id=area.id) for area in found]
    new = [one for one in every if folded(one.name) not in there]
    if every and not new:
        raise Invalid({"branches": "all_there"})
    return new


def provinces(session: Session, day: date) -> Sequence[Area]:
    """The provinces whose communes are known."""
    return areas.areas_in_force(session, day, Level.PROVINCE)


def _named(prefix: str, area: Area) -> str:
    return within_phrase(area.name) if prefix else area.name


def _line(session: Session, line: str, day: date) -> NewBranch:
    separator = next((one for one in SEPARATORS if one in line), None)
    name, *rest = [one_line(part) for part in (line.split(separator) if separator else [line])]
    told = {"contact_name": "", "telephone": "", "mail": "", "unknown_area": ""}
    area = None
    for part in filter(None, rest):
        if mail_addresses.problem(part) is None:
            told["mail"] = part
        elif telephones.holds_one(part):
            told["telephone"] = part
        elif area is None and (meant := areas.named(session, part, day)) is not None:
            area = meant
        else:
            told["unknown_area" if says_commune(part) else "contact_name"] = part
    if area is None and not rest:
        area = areas.named(session, name, day)
    return NewBranch(name, None, area.id if area is not None else None, **told)
