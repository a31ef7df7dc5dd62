"""Organisations: found, made, ended. Nothing is renamed in place: what was published under a name keeps it; what takes
over from what is told by `successions`."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import cache
from uuid import UUID

from sqlalchemy import ColumnElement, false, func, or_, select
from sqlalchemy.orm import Session

from consult.db import Lock, new_id, writing
from consult.errors import Invalid, NotFound, Refused
from consult.people.models import Organisation, OrganisationSuccession
from consult.people.words import Level, OrganisationKind, Standing
from consult.text import folded, one_line, searched, searched_pattern

LONGEST_NAME = 300


@dataclass(frozen=True)
class NewOrganisation:
    """The facts of an organisation as typed; days are local, `valid_from` None when it is not known."""

    name: str
    kind: OrganisationKind
    level: Level
    short_name: str = ""
    area_id: UUID | None = None
    place: str = ""
    valid_from: date | None = None
    standing: Standing | None = None
    typed_by_id: UUID | None = None
    typed_at: datetime | None = None
    """Who typed it at a desk, and when; None for what an administrator adds."""


def organisations(
    session: Session,
    query: str = "",
    kind: OrganisationKind | None = None,
    level: Level | None = None,
    area_id: UUID | None = None,
    day: date | None = None,
    limit: int = 200,
) -> Sequence[Organisation]:
    """Organisations by name; every word of `query` is in the name, accents apart. `day` leaves out those that do not
    exist on that local day."""
    statement = select(Organisation)
    words = searched(one_line(query)).split()[:10]
    for word in words:
        statement = statement.where(Organisation.folded_name.like(searched_pattern(word), escape="\\"))
    for column, value in ((Organisation.kind, kind), (Organisation.level, level), (Organisation.area_id, area_id)):
        if value is not None:
            statement = statement.where(column == value)
    if day is not None:
        statement = statement.where(
            or_(Organisation.valid_from.is_(None), Organisation.valid_from <= day),
            or_(Organisation.valid_to.is_(None), Organisation.valid_to > day),
        )
    found = session.scalars(statement.order_by(Organisation.folded_name, Organisation.id).limit(limit))
    return [body for body in found if all(word in searched(body.folded_name) for word in words)]


def organisation(session: Session, organisation_id: UUID) -> Organisation:
    """The organisation with this id. Raises NotFound."""
    found = session.get(Organisation, organisation_id)
    if found is None:
        raise NotFound
    return found


def create(session: Session, new: NewOrganisation) -> Organisation:
    """Adds an organisation. Raises Invalid for a name that is missing, too long, or in use at the same time, and for a
    religious body without its standing."""
    name = one_line(new.name)
    if not name or len(name) > LONGEST_NAME:
        raise Invalid({"name": "too_long" if name else "required"})
    standing = new.standing if new.kind is OrganisationKind.RELIGIOUS else None
    if standing is None and new.kind is OrganisationKind.RELIGIOUS and new.typed_at is None:
        raise Invalid({"standing": "required"})
    with writing(session, Lock.PEOPLE):
        same = select(Organisation.id).where(Organisation.folded_name == folded(name), Organisation.valid_to.is_(None))
        if session.scalar(same.limit(1)) is not None:
            raise Invalid({"name": "name_in_use"})
        made = Organisation(
            id=new_id(),
            name=name,
            short_name=one_line(new.short_name) or name,
            kind=new.kind,
            level=new.level,
            area_id=new.area_id,
            place=one_line(new.place),
            valid_from=new.valid_from,
            standing=standing,
            typed_by_id=new.typed_by_id,
            typed_at=new.typed_at,
            folded_name=folded(name),
        )
        session.add(made)
    return made


def end(session: Session, organisation_id: UUID, day: date) -> None:
    """The organisation no longer exists from the local `day` on. Raises Refused("organisation_ended") when it has
    ended before, Invalid when it would end before it began."""
    with writing(session, Lock.PEOPLE):
        ended = organisation(session, organisation_id)
        if ended.valid_to is not None:
            raise Refused("organisation_ended")
        if ended.valid_from is not None and day <= ended.valid_from:
            raise Invalid({"day": "before_it_began"})
        ended.valid_to = day


def lineage(session: Session, organisation_id: UUID) -> tuple[Sequence[Organisation], Sequence[Organisation]]:
    """The organisations this one took over from, and those that took over from it."""
    step = OrganisationSuccession
    before = select(Organisation).join(step, step.predecessor_id == Organisation.id)
    after = select(Organisation).join(step, step.successor_id == Organisation.id)
    return (
        session.scalars(
            before.where(step.successor_id == organisation_id).order_by(Organisation.name, Organisation.id)
        ).all(),
        session.scalars(
            after.where(step.predecessor_id == organisation_id).order_by(Organisation.name, Organisation.id)
        ).all(),
    )


@cache
def unconfirmed() -> ColumnElement[bool]:
    """Whether only who typed the name of a body vouches for it, as `Organisation.unconfirmed` has it."""
    waits = Organisation.typed_at.is_not(None) & Organisation.confirmed_at.is_(None) & Organisation.valid_to.is_(None)
    return func.coalesce(waits, false())


def numbers_letters(kind: OrganisationKind, level: Level) -> bool:
    """Whether a letter of such a body has a number. Minutes of a village, a letter of a parish or of a group have none:
    place and day say which one it is."""
    return level is not Level.COMMUNITY and kind not in {OrganisationKind.RELIGIOUS, OrganisationKind.COMMUNITY}


def letter_place(body: Organisation) -> str:
    """The place that a body writes on its letters, or that of its territory."""
    return body.place or (body.area.name if body.area else "")
