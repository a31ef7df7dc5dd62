"""Standing in at a desk: whoever holds a role there of their own names a colleague of the same desk for a time, and
ends it again.

Nobody new comes to the desk by it, two pairs of eyes are counted by person, and a place that is taken for somebody is
not handed on; so no administrator is asked. How long it may last is the province's rule.
"""

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from uuid import UUID

from sqlalchemy import Select, or_, select
from sqlalchemy.orm import Session, joinedload

from consult import clock
from consult.administration.accounts import access, roles
from consult.administration.accounts.roles import Granted
from consult.db import Lock, writing
from consult.errors import Invalid, NotFound, Refused
from consult.outbox.service import emit
from consult.people.models import Membership, User
from consult.people.words import DESK_ROLES
from consult.policy import Actor

MOST_DAYS = 90


def own_places(session: Session, actor: Actor, now: datetime) -> Sequence[Membership]:
    """The roles at a desk that `actor` holds of their own, and may have somebody stand in for."""
    held = _held(now).where(Membership.user_id == actor.user_id, Membership.deputy_for_id.is_(None))
    return session.scalars(held).all()


def colleagues(session: Session, actor: Actor, now: datetime) -> list[User]:
    """Who else works at a desk where `actor` has a place of their own, by name."""
    bodies = {one.organisation_id for one in own_places(session, actor, now)}
    held = session.scalars(_held(now).where(Membership.organisation_id.in_(bodies))).all()
    found = {one.user_id: one.user for one in held if one.user_id != actor.user_id and one.user.disabled_at is None}
    return sorted(found.values(), key=lambda one: (one.name, one.id))


def named(session: Session, actor: Actor, now: datetime) -> Sequence[Membership]:
    """Who stands in for `actor` now or will, the first to begin first."""
    lasting = Membership.until > now
    mine = select(Membership).where(Membership.deputy_for_id == actor.user_id, lasting)
    return session.scalars(_with_names(mine).order_by(Membership.since, Membership.id)).all()


def taken(session: Session, actor: Actor, now: datetime) -> Sequence[Membership]:
    """The places that `actor` takes for others now."""
    return session.scalars(
        _held(now).where(Membership.user_id == actor.user_id, Membership.deputy_for_id.is_not(None))
    ).all()


def name_deputy(
    session: Session, place_id: UUID, deputy_id: UUID, first_day: date | None, last_day: date | None, actor: Actor,
    now: datetime,
) -> Membership:  # fmt: skip
    """Lets a colleague take the place `place_id` (a Membership of the actor's own) from the beginning of `first_day`
    (local; None or a day gone by: from now) to the end of `last_day`; tells them (`deputy_named`).

    Raises NotFound (not the actor's place); Invalid (`last_day`: required, `before_it_began`, `deputy_too_long`;
    `deputy`: `not_a_choice`, who does not work at that desk, or stands in there already).
    """
    since, until = _time(first_day, last_day, now)
    with writing(session, Lock.PEOPLE):
        place = next((one for one in own_places(session, actor, now) if one.id == place_id), None)
        if place is None:
            raise NotFound
        if place.until is not None and place.until < until:
            raise Invalid({"last_day": "deputy_too_long"})
        _check_colleague(session, place, deputy_id, since, until, actor, now)
        seat = Granted(deputy_id, place.organisation_id, place.unit_id, place.role, since, until, actor.user_id)
        made = roles.give(session, seat, "deputy_named", actor, actor.user_id, now)
        emit(session, "deputy_named", now, None, membership=str(made.id))
        session.flush()
    return made


def end_deputy(session: Session, membership_id: UUID, actor: Actor, now: datetime) -> None:
    """Takes the place back: from now on nobody stands in there. Raises NotFound (another's), Refused("role_ended")."""
    with writing(session, Lock.PEOPLE):
        held = session.get(Membership, membership_id)
        if held is None or held.deputy_for_id != actor.user_id:
            raise NotFound
        if roles.is_over(held, now):
            raise Refused("role_ended")
        held.until = max(now, held.since)
        access.note_role_end(session, "deputy_ended", held, actor, now)


def _time(first_day: date | None, last_day: date | None, now: datetime) -> tuple[datetime, datetime]:
    if last_day is None:
        raise Invalid({"last_day": "required"})
    since = max(clock.start_of_day(first_day), now) if first_day else now
    until = clock.start_of_day(last_day + timedelta(days=1))
    if until <= since:
        raise Invalid({"last_day": "before_it_began"})
    if until - since > timedelta(days=MOST_DAYS + 1):
        raise Invalid({"last_day": "deputy_too_long"})
    return since, until


def _check_colleague(
    session: Session, place: Membership, deputy_id: UUID, since: datetime, until: datetime, actor: Actor, now: datetime
) -> None:
    there = _held(now).where(Membership.organisation_id == place.organisation_id, Membership.user_id == deputy_id)
    found = session.scalars(there.where(Membership.deputy_for_id.is_(None))).first()
    if found is None or deputy_id == actor.user_id or found.user.disabled_at is not None:
        raise Invalid({"deputy": "not_a_choice"})
    again = select(Membership.id).where(
        Membership.user_id == deputy_id, Membership.deputy_for_id == actor.user_id, Membership.role == place.role,
        Membership.organisation_id == place.organisation_id, Membership.since < until, Membership.until > since,
    )  # fmt: skip
    if session.scalar(again.limit(1)) is not None:
        raise Invalid({"deputy": "deputy_already"})


def _held(now: datetime) -> Select[Membership]:
    in_force = (Membership.since <= now, or_(Membership.until.is_(None), Membership.until > now))
    return _with_names(select(Membership).where(Membership.role.in_(DESK_ROLES), *in_force).order_by(Membership.id))


def _with_names(statement: Select[Membership]) -> Select[Membership]:
    named_too = (Membership.user, Membership.organisation, Membership.deputy_for)
    return statement.options(*(joinedload(one) for one in named_too))
