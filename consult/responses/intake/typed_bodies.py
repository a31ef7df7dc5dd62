"""A body that nobody knew until its letter came: its name as it was typed, until an administrator confirms it or merges
it into the one that was meant."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from consult.errors import Invalid
from consult.people import organisations
from consult.people.models import Organisation
from consult.people.organisations import NewOrganisation
from consult.people.words import Level, OrganisationKind
from consult.text import folded, one_line

KINDS = (
    OrganisationKind.SOCIO_POLITICAL, OrganisationKind.MEMBER, OrganisationKind.RELIGIOUS, OrganisationKind.COMMUNITY,
    OrganisationKind.AGENCY,
)  # fmt: skip
"""What may be typed in: not the bodies that publish, answer or lead a critique, all of which are known."""
LEVELS = (Level.PROVINCE, Level.COMMUNE, Level.COMMUNITY)


@dataclass(frozen=True)
class TypedBody:
    """A body as an officer typed it."""

    name: str
    kind: OrganisationKind
    level: Level


def known(session: Session, typed: TypedBody) -> UUID | None:
    """The body that has this name already, as anybody writes it."""
    same = select(Organisation.id).where(
        Organisation.folded_name == folded(one_line(typed.name)), Organisation.valid_to.is_(None)
    )
    return session.scalar(same.limit(1))


def added(session: Session, typed: TypedBody, area_id: UUID | None, by_id: UUID | None, now: datetime) -> UUID:
    """The body of this name: the one that is there, or a new one that waits to be confirmed. Call inside a transaction
    that keeps people to itself. Raises Invalid({"new_body": …})."""
    there = known(session, typed)
    if there is not None:
        return there
    new = NewOrganisation(typed.name, typed.kind, typed.level, area_id=area_id, typed_by_id=by_id, typed_at=now)
    try:
        made = organisations.create(session, new)
    except Invalid as invalid:
        raise Invalid({"new_body": invalid.errors.get("name", "not_a_choice")}) from invalid
    session.flush()
    return made.id
