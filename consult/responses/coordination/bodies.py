"""Whom a name means that was typed: a body or a unit of the site, or somebody who is asked by letter."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from consult import clock
from consult.people.models import Membership, Organisation, Unit
from consult.text import one_line, searched

BETWEEN = " – "


@dataclass(frozen=True)
class Body:
    """A body or unit by the name that people choose; `signs_in` whether somebody of it reads the site."""

    name: str
    organisation_id: UUID | None = None
    unit_id: UUID | None = None
    signs_in: bool = False


def offered(session: Session, now: datetime) -> list[Body]:
    """The bodies of which somebody signs in, and their units, by name; in two statements."""
    held = select(Membership.organisation_id).where(
        Membership.since <= now, or_(Membership.until.is_(None), Membership.until > now)
    )
    bodies = session.scalars(
        select(Organisation).where(Organisation.id.in_(held)).order_by(Organisation.name, Organisation.id)
    ).all()
    names = {body.id: body.name for body in bodies}
    units = session.scalars(select(Unit).where(Unit.organisation_id.in_(names)).order_by(Unit.name, Unit.id))
    today = clock.local_day(now)
    found = [Body(body.name, body.id, None, True) for body in bodies]
    found += [
        Body(f"{unit.name}{BETWEEN}{names[unit.organisation_id]}", unit.organisation_id, unit.id, True)
        for unit in units
        if _open(unit, today)
    ]
    return found


def meant(session: Session, typed: str, known: list[Body]) -> Body:
    """Whom a typed name means; one that nobody here bears is asked by letter under it."""
    said = searched(one_line(typed))
    for one in known:
        if searched(one.name) == said:
            return one
    for body in session.scalars(select(Organisation).where(Organisation.name == one_line(typed)).limit(1)):
        return Body(body.name, body.id)
    return Body(one_line(typed))


def _open(unit: Unit, today: date) -> bool:
    return unit.valid_to is None or today < unit.valid_to
