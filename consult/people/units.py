"""Units (phòng, ban) of an organisation, each with its focal mailbox."""

from collections.abc import Sequence
from datetime import date
from uuid import UUID

from sqlalchemy import or_, select
from sqlalchemy.orm import Session, contains_eager

from consult.db import Lock, new_id, writing
from consult.errors import Invalid, NotFound, Refused
from consult.people import mail_addresses
from consult.people.models import Organisation, Unit
from consult.people.organisations import LONGEST_NAME, organisation
from consult.text import folded, one_line


def units_of(session: Session, organisation_id: UUID, day: date | None = None) -> Sequence[Unit]:
    """The units of an organisation by name; `day` leaves out those that do not exist on that local day."""
    statement = select(Unit).where(Unit.organisation_id == organisation_id)
    if day is not None:
        statement = statement.where(
            or_(Unit.valid_from.is_(None), Unit.valid_from <= day), or_(Unit.valid_to.is_(None), Unit.valid_to > day)
        )
    return session.scalars(statement.order_by(Unit.name, Unit.id)).all()


def all_units(session: Session, day: date) -> Sequence[Unit]:
    """The units of all organisations on the local `day`, each with its organisation, by their names."""
    return session.scalars(
        select(Unit)
        .join(Unit.organisation)
        .options(contains_eager(Unit.organisation))
        .where(
            or_(Unit.valid_from.is_(None), Unit.valid_from <= day), or_(Unit.valid_to.is_(None), Unit.valid_to > day)
        )
        .order_by(Organisation.folded_name, Unit.name, Unit.id)
    ).all()


def unit(session: Session, unit_id: UUID) -> Unit:
    """The unit with this id. Raises NotFound."""
    found = session.get(Unit, unit_id)
    if found is None:
        raise NotFound
    return found


def create_unit(session: Session, organisation_id: UUID, name: str, mailbox: str, day: date) -> Unit:
    """Adds a unit from the local `day` on. Raises Invalid for a missing name, one in use, or a wrong mailbox."""
    named, mail = _checked(name, mailbox)
    with writing(session, Lock.PEOPLE):
        organisation(session, organisation_id)
        if any(folded(one.name) == folded(named) for one in units_of(session, organisation_id, day)):
            raise Invalid({"name": "name_in_use"})
        made = Unit(id=new_id(), organisation_id=organisation_id, name=named, mailbox=mail, valid_from=day)
        session.add(made)
    return made


def change_mailbox(session: Session, unit_id: UUID, mailbox: str) -> Unit:
    """Where a unit gets its mail. Raises Invalid for what is no mail address."""
    with writing(session, Lock.PEOPLE):
        changed = unit(session, unit_id)
        changed.mailbox = _checked(changed.name, mailbox)[1]
    return changed


def end_unit(session: Session, unit_id: UUID, day: date) -> Unit:
    """The unit no longer exists from the local `day` on. Raises Refused("unit_ended")."""
    with writing(session, Lock.PEOPLE):
        ended = unit(session, unit_id)
        if ended.valid_to is not None:
            raise Refused("unit_ended")
        ended.valid_to = day
    return ended


def _checked(name: str, mailbox: str) -> tuple[str, str]:
    named, mail = one_line(name), one_line(mailbox)
    if not named or len(named) > LONGEST_NAME:
        raise Invalid({"name": "too_long" if named else "required"})
    if mail and (wrong := mail_addresses.problem(mail)):
        raise Invalid({"mailbox": wrong})
    return named, mail
