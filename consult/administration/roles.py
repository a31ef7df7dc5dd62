"""Roles: granted and ended with the day they count from. Administrators do not give themselves any."""

from datetime import date, datetime, timedelta
from uuid import UUID

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from consult import clock
from consult.administration import acts
from consult.db import Lock, new_id, writing
from consult.errors import Invalid, NotFound, Refused
from consult.people.models import Membership, Organisation, Unit, User
from consult.people.words import Role
from consult.policy import Actor


def grant(
    session: Session,
    user_id: UUID,
    organisation_id: UUID,
    unit_id: UUID | None,
    role: Role,
    first_day: date | None,
    last_day: date | None,
    actor: Actor,
    now: datetime,
) -> Membership:
    """Gives a person a role from the beginning of `first_day` (local; None: from now) to the end of `last_day`.

    Raises Refused("not_to_yourself") for whoever grants to themselves, whatever the role: a desk role above all;
    Refused("organisation_ended"), and Invalid for days in the wrong order or a unit of another organisation.
    """
    if user_id == actor.user_id:
        raise Refused("not_to_yourself")
    since = max(clock.start_of_day(first_day), now) if first_day else now
    until = clock.start_of_day(last_day + timedelta(days=1)) if last_day else None
    if until is not None and until <= since:
        raise Invalid({"last_day": "before_it_began"})
    with writing(session, Lock.PEOPLE):
        user, organisation = session.get(User, user_id), session.get(Organisation, organisation_id)
        unit = session.get(Unit, unit_id) if unit_id else None
        if user is None or organisation is None:
            raise NotFound
        if unit_id and (unit is None or unit.organisation_id != organisation_id):
            raise Invalid({"unit": "not_a_choice"})
        if organisation.valid_to is not None and organisation.valid_to <= clock.local_day(since):
            raise Refused("organisation_ended")
        made = Membership(
            id=new_id(),
            user_id=user_id,
            organisation_id=organisation_id,
            unit_id=unit_id,
            role=role,
            since=since,
            until=until,
            granted_by_id=actor.user_id,
        )
        session.add(made)
        told = {"role": role.value, "organisation": organisation.name, "membership_id": str(made.id)}
        acts.note(session, "role_granted", user.name, actor, now, **told)
    return made


def end(session: Session, membership_id: UUID, last_day: date | None, actor: Actor, now: datetime) -> Membership:
    """Ends a role at the end of `last_day` (local; None or a day gone by: now).

    Raises Refused("role_ended") when it has ended before, Refused("last_administrator") for the last one.
    """
    with writing(session, Lock.PEOPLE):
        held = session.get(Membership, membership_id)
        if held is None:
            raise NotFound
        if held.until is not None and held.until <= now:
            raise Refused("role_ended")
        until = clock.start_of_day(last_day + timedelta(days=1)) if last_day else now
        if held.role is Role.ADMINISTRATOR:
            check_not_last_administrator(session, held.user, now, but=held.id)
        held.until = max(until, now, held.since)
        told = {"role": held.role.value, "organisation": held.organisation.name, "membership_id": str(held.id)}
        acts.note(session, "role_ended", held.user.name, actor, now, **told)
    return held


def check_not_last_administrator(session: Session, user: User, now: datetime, but: UUID | None = None) -> None:
    """Raises Refused("last_administrator") when nobody could administer the site without `user` (or, with `but`,
    without that one membership)."""
    lasting = session.scalars(
        select(Membership)
        .join(User, User.id == Membership.user_id)
        .where(
            Membership.role == Role.ADMINISTRATOR,
            Membership.since <= now,
            or_(Membership.until.is_(None), Membership.until > now),
            User.disabled_at.is_(None),
        )
    ).all()
    theirs = [held for held in lasting if (held.id == but if but else held.user_id == user.id)]
    if theirs and len(theirs) == len(lasting):
        raise Refused("last_administrator")
