"""What the forms of preparation offer to choose from."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from consult.consultations.matter import profiles
from consult.consultations.models import Consultation, LegalProfile
from consult.people.models import Area, Organisation
from consult.people.words import Level, Role
from consult.policy import Actor

PREPARERS = (Role.OFFICER, Role.PUBLISHER)
Choice = tuple[str, str]


@dataclass(frozen=True)
class Choices:
    """Bodies, areas and rules as (id, name); `own` are the bodies for which the person prepares matters, `projects` the
    names of those that public matters are about."""

    own: list[Choice]
    bodies: list[Choice]
    areas: list[Choice]
    profiles: list[Choice]
    projects: list[str]


def choices(session: Session, actor: Actor, day: date) -> Choices:
    """Everything the form of a matter's facts offers on a local `day`, in four statements."""
    bodies = organisations(session, day)
    mine = {seat.organisation_id for seat in actor.seats if seat.role in PREPARERS}
    return Choices(
        own=[(str(body.id), body.name) for body in bodies if body.id in mine],
        bodies=[(str(body.id), body.name) for body in bodies],
        areas=[(str(key), name) for key, name in areas(session, day)],
        profiles=[(str(one.id), one.name) for one in _profiles(session) if profiles.in_force(one, day)],
        projects=_projects(session),
    )


def organisations(session: Session, day: date) -> list[Organisation]:
    """The organisations that exist on a local `day`, by name."""
    return list(
        session.scalars(
            select(Organisation)
            .where(
                or_(Organisation.valid_from.is_(None), Organisation.valid_from <= day),
                or_(Organisation.valid_to.is_(None), Organisation.valid_to > day),
            )
            .order_by(Organisation.folded_name, Organisation.id)
        )
    )


def areas(session: Session, day: date) -> list[tuple[UUID, str]]:
    """The provinces and communes in force on a local `day`, by name."""
    rows = session.execute(
        select(Area.id, Area.name)
        .where(
            Area.level.in_([Level.PROVINCE, Level.COMMUNE]),
            Area.valid_from <= day,
            or_(Area.valid_to.is_(None), Area.valid_to > day),
        )
        .order_by(Area.level.desc(), Area.folded_name, Area.id)
    )
    return [(key, name) for key, name in rows]


def _projects(session: Session) -> list[str]:
    found = session.scalars(select(Consultation.project).where(Consultation.published_at.is_not(None)))
    return sorted({name for project in found if (name := project.get("name"))})


def _profiles(session: Session) -> list[LegalProfile]:
    return list(session.scalars(select(LegalProfile).order_by(LegalProfile.name, LegalProfile.id)))
