"""Who of a body reviews its letters and who signs them, as an administrator set it."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload

from consult.db import Lock, writing
from consult.errors import Invalid
from consult.people.models import Membership, Organisation, User
from consult.people.organisations import organisation
from consult.people.words import ORGANISATION_ROLES, Role


def holding(session: Session, organisation_id: UUID, now: datetime) -> list[Membership]:
    """The roles in force for preparing and sending the letters of a body, by name of who holds them."""
    held = session.scalars(
        select(Membership)
        .join(Membership.user)
        .where(Membership.organisation_id == organisation_id, Membership.role.in_(ORGANISATION_ROLES))
        .options(joinedload(Membership.user), joinedload(Membership.deputy_for))
        .order_by(User.name, Membership.id)
    )
    return [one for one in held if one.in_force(now) and one.user.disabled_at is None]


def people(session: Session, organisation_id: UUID, now: datetime) -> list[User]:
    """Everybody who prepares or sends the letters of a body now, by name."""
    return list({one.user_id: one.user for one in holding(session, organisation_id, now)}.values())


def senders(session: Session, organisation_id: UUID, now: datetime) -> list[Membership]:
    """Who may send the letters of a body now, and until when: a deputy for some time has an end."""
    return [one for one in holding(session, organisation_id, now) if one.role is Role.SENDER]


def recorded(session: Session, body: Organisation) -> list[User]:
    """Who reviews and who signs as it was set, also who has left since."""
    named = [one for one in (body.reviewer_id, body.signatory_id) if one is not None]
    return list(session.scalars(select(User).where(User.id.in_(named)).order_by(User.id))) if named else []


def reviewer_of(session: Session, body: Organisation, now: datetime) -> User | None:
    """Who reviews its letters, as long as they work for it: nobody waits for somebody who has left."""
    return _still_there(session, body, body.reviewer_id, now)


def signatory_of(session: Session, body: Organisation, now: datetime) -> User | None:
    """Who signs its letters, as long as they work for it."""
    return _still_there(session, body, body.signatory_id, now)


def change(
    session: Session, organisation_id: UUID, reviewer_id: UUID | None, signatory_id: UUID | None, now: datetime
) -> Organisation:
    """Says anew who reviews and who signs; None for nobody named. Raises NotFound, and Invalid for whoever does not
    work for the body and was not named before: who has left may stay where they are, and is named nowhere anew."""
    with writing(session, Lock.PEOPLE):
        body = organisation(session, organisation_id)
        there = {one.id for one in people(session, organisation_id, now)}
        named = {"reviewer": (reviewer_id, body.reviewer_id), "signatory": (signatory_id, body.signatory_id)}
        errors = {name: "not_a_choice" for name, (one, held) in named.items() if one not in {None, held, *there}}
        if errors:
            raise Invalid(errors)
        body.reviewer_id, body.signatory_id = reviewer_id, signatory_id
    return body


def _still_there(session: Session, body: Organisation, user_id: UUID | None, now: datetime) -> User | None:
    return next((one for one in people(session, body.id, now) if one.id == user_id), None) if user_id else None
