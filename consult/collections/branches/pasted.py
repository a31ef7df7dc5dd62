"""Many branches at once: pasted lines, the communes of a province, and bodies that the site knows."""

from collections.abc import Sequence
from datetime import date
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from consult.collections.branches.service import NewBranch
from consult.people import areas, mail_addresses, telephones
from consult.people.models import Area, Organisation
from consult.people.words import Level
from consult.text import one_line, within_phrase

SEPARATORS = ("\t", ";", "|")


def read(session: Session, pasted: str, day: date) -> list[NewBranch]:
    """One branch in each line: its name, and after a tab or semicolon its commune, who to reach, a telephone number, a
    mail address, in any order. A commune that has only one meaning on the local `day` is known by its name."""
    return [_line(session, line, day) for line in pasted.splitlines() if one_line(line)]


def of_communes(session: Session, prefix: str, parent_id: UUID, day: date) -> list[NewBranch]:
    """A branch for each commune of a province: "Ban công tác Mặt trận" and the name of the commune."""
    found = areas.areas_in_force(session, day, Level.COMMUNE, parent_id)
    return [NewBranch(one_line(f"{prefix} {_named(prefix, area)}"), area_id=area.id) for area in found]


def of_bodies(session: Session, ids: Sequence[UUID]) -> list[NewBranch]:
    """A branch for each of these bodies, reached as the site knows it."""
    found = session.scalars(select(Organisation).where(Organisation.id.in_(ids)).order_by(Organisation.folded_name))
    return [NewBranch(one.name, one.id, one.area_id, telephone=one.telephone, mail=one.mail) for one in found]


def provinces(session: Session, day: date) -> Sequence[Area]:
    """The provinces whose communes are known."""
    return areas.areas_in_force(session, day, Level.PROVINCE)


def _named(prefix: str, area: Area) -> str:
    return within_phrase(area.name) if prefix else area.name


def _line(session: Session, line: str, day: date) -> NewBranch:
    separator = next((one for one in SEPARATORS if one in line), None)
    name, *rest = [one_line(part) for part in (line.split(separator) if separator else [line])]
    told = {"mail": "", "telephone": "", "contact_name": ""}
    area_id = None
    for part in filter(None, rest):
        if mail_addresses.problem(part) is None:
            told["mail"] = part
        elif telephones.holds_one(part):
            told["telephone"] = part
        elif (area := _commune(session, part, day)) is not None and area_id is None:
            area_id = area.id
        else:
            told["contact_name"] = part
    if area_id is None and not rest:
        area = _commune(session, name, day)
        area_id = area.id if area is not None else None
    return NewBranch(name, None, area_id, told["contact_name"], told["telephone"], told["mail"])


def _commune(session: Session, words: str, day: date) -> Area | None:
    """The commune of this very name; None when there is none, or more than one."""
    found = [one for one in areas.find_areas(session, words, day) if _same(one.area, words)]
    return found[0].area if len(found) == 1 else None


def _same(area: Area, words: str) -> bool:
    from_name, from_words = areas.plain_name(area.name), areas.plain_name(words)
    return from_name == from_words
