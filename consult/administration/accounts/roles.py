"""Roles: granted and ended with the day they count from. Administrators give themselves none, and those of the desk and
of administrators not alone."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from consult import clock
from consult.administration import audit_log
from consult.administration.accounts import access
from consult.administration.models import RoleProposal
from consult.db import Lock, new_id, writing
from consult.errors import Invalid, NotFound, Refused
from consult.people.models import Membership, Organisation, Unit, User
from consult.people.words import DESK_ROLES, Role
from consult.policy import Actor

NEED_SECOND = DESK_ROLES | {Role.ADMINISTRATOR}
"""Roles that a second administrator confirms. The desk's roles are each other's second pair of eyes: whoever could give
two of them alone could be both pairs, by an account made for it; and an administrator could make a second one."""


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
    deputy_for_id: UUID | None = None,
) -> Membership | RoleProposal:
    """Gives a person a role from the beginning of `first_day` (local; None: from now) to the end of `last_day`; one of
    `NEED_SECOND` is only proposed, unless a command gives it: who runs commands holds the whole site.

    `deputy_for_id` is whose place is taken: somebody who holds that very role there, for a time that has an end.

    Raises Refused("not_to_yourself") for whoever grants to themselves, whatever the role: a desk role above all;
    Refused("organisation_ended"), and Invalid for days in the wrong order, a unit of another organisation, or a place
    that nobody holds.
    """
    if user_id == actor.user_id:
        raise Refused("not_to_yourself")
    since = max(clock.start_of_day(first_day), now) if first_day else now
    until = clock.start_of_day(last_day + timedelta(days=1)) if last_day else None
    if until is not None and until <= since:
        raise Invalid({"last_day": "before_it_began"})
    seat = Granted(user_id, organisation_id, unit_id, role, since, until, deputy_for_id)
    with writing(session, Lock.PEOPLE):
        if deputy_for_id is not None:
            _check_place(session, seat)
        if role in NEED_SECOND and actor.user_id is not None:
            return _propose(session, seat, actor, actor.user_id, now)
        return give(session, seat, "role_granted", actor, actor.user_id, now)


@dataclass(frozen=True)
class Granted:
    """A role to be held from one instant until another."""

    user_id: UUID
    organisation_id: UUID
    unit_id: UUID | None
    role: Role
    since: datetime
    until: datetime | None
    deputy_for_id: UUID | None = None


def give(
    session: Session, seat: Granted, act: str, actor: Actor, granted_by_id: UUID | None, now: datetime
) -> Membership:
    """Puts the role into force inside a transaction that keeps people to itself, and notes it as `act`.

    Raises Refused("organisation_ended"), Invalid for a unit of another organisation, NotFound.
    """
    user, organisation = _checked(session, seat)
    made = Membership(
        id=new_id(),
        user_id=seat.user_id,
        organisation_id=seat.organisation_id,
        unit_id=seat.unit_id,
        role=seat.role,
        since=seat.since,
        until=seat.until,
        granted_by_id=granted_by_id,
        deputy_for_id=seat.deputy_for_id,
    )
    session.add(made)
    told = {"role": seat.role.value, "organisation": organisation.name, "membership_id": str(made.id)}
    audit_log.note(session, act, user.name, actor, now, **told)
    return made


def propose_again(session: Session, user: User, actor: Actor, now: datetime) -> list[RoleProposal]:
    """Ends every role of `user` that needs a second administrator and proposes it anew, inside a transaction that keeps
    people to itself: with another mail, or open again, the account may be somebody else's, and one administrator alone
    must not be able to take an officer's place. A role of a body or unit that is no more just ends. Commands, and
    people who change their own, need nobody.

    Raises Refused("last_administrator").
    """
    if actor.user_id is None or actor.user_id == user.id:
        return []
    made = []
    for held in [one for one in user.memberships if one.role in NEED_SECOND and (one.until is None or one.until > now)]:
        if held.role is Role.ADMINISTRATOR:
            check_not_last_administrator(session, user, now, but=held.id)
        seat = Granted(
            user.id, held.organisation_id, held.unit_id, held.role, max(held.since, now), held.until, held.deputy_for_id
        )
        held.until = max(held.since, now)
        access.role_changed(session, held, now)
        try:
            made.append(_propose(session, seat, actor, actor.user_id, now))
        except (Refused, Invalid):
            access.note_role_end(session, "role_ended", held, actor, now)
    return made


def _propose(session: Session, seat: Granted, actor: Actor, by_id: UUID, now: datetime) -> RoleProposal:
    user, organisation = _checked(session, seat)
    made = RoleProposal(id=new_id(), proposed_at=now, proposed_by_id=by_id, **vars(seat))
    session.add(made)
    told = {"role": seat.role.value, "organisation": organisation.name, "proposal_id": str(made.id)}
    audit_log.note(session, "role_proposed", user.name, actor, now, **told)
    return made


def _checked(session: Session, seat: Granted) -> tuple[User, Organisation]:
    user, organisation = session.get(User, seat.user_id), session.get(Organisation, seat.organisation_id)
    unit = session.get(Unit, seat.unit_id) if seat.unit_id else None
    if user is None or organisation is None:
        raise NotFound
    day = clock.local_day(seat.since)
    if seat.unit_id and (unit is None or unit.organisation_id != seat.organisation_id or _over(unit.valid_to, day)):
        raise Invalid({"unit": "not_a_choice"})
    if _over(organisation.valid_to, day):
        raise Refused("organisation_ended")
    return user, organisation


def _check_place(session: Session, seat: Granted) -> None:
    """Whether who is away holds that role there for all the time that somebody sits in for them. Raises Invalid."""
    if seat.until is None:
        raise Invalid({"last_day": "deputy_for_a_time"})
    held = select(Membership.id).where(
        Membership.user_id == seat.deputy_for_id,
        Membership.organisation_id == seat.organisation_id,
        Membership.role == seat.role,
        Membership.since <= seat.since,
        or_(Membership.until.is_(None), Membership.until >= seat.until),
        Membership.deputy_for_id.is_(None),
    )
    if seat.deputy_for_id == seat.user_id or session.scalar(held.limit(1)) is None:
        raise Invalid({"deputy_for": "no_such_place"})


def _over(ended: date | None, day: date) -> bool:
    return ended is not None and ended <= day


def end(session: Session, membership_id: UUID, last_day: date | None, actor: Actor, now: datetime) -> Membership:
    """Ends a role at the end of `last_day` (local; None or a day gone by: now).

    Raises Refused("role_ended") when it has ended before, Refused("last_administrator") for the last one.
    """
    with writing(session, Lock.PEOPLE):
        held = membership(session, membership_id)
        held.until = ending(session, held, last_day, now)
        access.note_role_end(session, "role_ended", held, actor, now)
    return held


def ending(session: Session, held: Membership, last_day: date | None, now: datetime) -> datetime:
    """When a role would end with `last_day`: never later than it does now, since whoever gave it, perhaps with a
    second administrator, gave it until then. Raises as `end`, and changes nothing."""
    if is_over(held, now):
        raise Refused("role_ended")
    until = clock.start_of_day(last_day + timedelta(days=1)) if last_day else now
    if held.role is Role.ADMINISTRATOR:
        check_not_last_administrator(session, held.user, now, but=held.id)
    return max(min(held.until or until, until), now, held.since)


def is_over(held: Membership, now: datetime) -> bool:
    """Whether a role has ended."""
    return held.until is not None and held.until <= now


def check_not_last_administrator(session: Session, user: User, now: datetime, but: UUID | None = None) -> None:
    """Raises Refused("last_administrator") when nobody could administer the site without `user` (or, with `but`,
    without that one membership): now, or for as long as that would last."""
    lasting = administrators(session, now)
    left = [held for held in lasting if (held.id == but if but else held.user_id == user.id)]
    others = [held for held in lasting if held not in left]
    if any(held.in_force(now) for held in left) and not any(held.in_force(now) for held in others):
        raise Refused("last_administrator")
    if any(not any(_as_long(other, held) for other in others) for held in left):
        raise Refused("last_administrator")


def _as_long(one: Membership, another: Membership) -> bool:
    """Whether a role lasts until another one's end at least."""
    return one.until is None or another.until is not None and one.until >= another.until


def alone(session: Session, now: datetime) -> bool:
    """Whether one person alone administers the site, so that nobody can confirm what they propose."""
    return len({held.user_id for held in administrators(session, now) if held.in_force(now)}) < 2


def membership(session: Session, membership_id: UUID) -> Membership:
    """The role with this id. Raises NotFound."""
    held = session.get(Membership, membership_id)
    if held is None:
        raise NotFound
    return held


def administrators(session: Session, now: datetime) -> Sequence[Membership]:
    """The roles of administrators that are held at `now` or will be, by people whose account is open."""
    return session.scalars(
        select(Membership)
        .join(User, User.id == Membership.user_id)
        .where(
            Membership.role == Role.ADMINISTRATOR,
            or_(Membership.until.is_(None), Membership.until > Membership.since),
            or_(Membership.until.is_(None), Membership.until > now),
            User.disabled_at.is_(None),
        )
    ).all()
