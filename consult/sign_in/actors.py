"""Who acts, as the policy sees a person: the seats of the memberships in force."""

from collections.abc import Collection, Iterable, Mapping
from datetime import datetime
from uuid import UUID

from sqlalchemy import bindparam, or_, select
from sqlalchemy.orm import Session, joinedload

from consult.people.models import Membership, Organisation, OrganisationSuccession, Unit, User
from consult.policy import Actor, Seat, writer_sends
from consult.text import folded

_HELD = (
    select(Membership)
    .options(joinedload(Membership.organisation), joinedload(Membership.unit))
    .where(
        Membership.user_id == bindparam("person"),
        Membership.since <= bindparam("now"),
        or_(Membership.until.is_(None), Membership.until > bindparam("now")),
    )
    .order_by(Membership.id)
)
_TAKEN_OVER = (
    select(OrganisationSuccession.successor_id, Organisation)
    .join(Organisation, Organisation.id == OrganisationSuccession.predecessor_id)
    .where(OrganisationSuccession.successor_id.in_(bindparam("successors", expanding=True)))
)

_UNITS = select(Unit.id, Unit.organisation_id, Unit.name).where(
    Unit.organisation_id.in_(bindparam("bodies", expanding=True))
)


def actor_of(session: Session, user: User, now: datetime) -> Actor:
    """The person with the seats held at the instant `now`; nobody's seats when the account is closed.

    Who holds a role for an organisation holds it for those it took over from too: their matters go on.
    """
    if user.disabled_at is not None and user.disabled_at <= now:
        return Actor(user.id, user.name)
    held = session.scalars(_HELD, {"person": user.id, "now": now}).all()
    before = _predecessors(session, {membership.organisation_id for membership in held})
    earlier = _units(session, {one.id for found in before.values() for one in found}) if _in_units(held) else {}
    seats = [
        _seat(organisation, membership, earlier)
        for membership in held
        for organisation in (membership.organisation, *before.get(membership.organisation_id, ()))
    ]
    return Actor(user.id, user.name, tuple(seats))


def _seat(one: Organisation, membership: Membership, earlier: Mapping[tuple[UUID, str], UUID]) -> Seat:
    """The seat at the body itself, or at one that it took over from: there in the unit that had the same name, so that
    what was given to that is in the same hands."""
    own, unit_id = writer_sends(one.kind, one.level, one.writer_sends), membership.unit_id
    if one.id != membership.organisation_id and membership.unit is not None:
        unit_id = earlier.get((one.id, folded(membership.unit.name)), unit_id)
    return Seat(one.id, one.kind, one.level, membership.role, unit_id, own)


def _in_units(held: Iterable[Membership]) -> bool:
    return any(one.unit_id is not None for one in held)


def _units(session: Session, bodies: Collection[UUID]) -> dict[tuple[UUID, str], UUID]:
    """The units of these bodies by body and folded name."""
    rows = session.execute(_UNITS, {"bodies": list(bodies)}) if bodies else ()
    return {(body_id, folded(name)): unit_id for unit_id, body_id, name in rows}


def _predecessors(session: Session, ids: Iterable[UUID]) -> dict[UUID, list[Organisation]]:
    """For each organisation all that it took over from, however long ago."""
    found: dict[UUID, list[Organisation]] = {}
    stands_for = {one: {one} for one in ids}
    seen = set(stands_for)
    while stands_for:
        rows = session.execute(_TAKEN_OVER, {"successors": list(stands_for)}).all()
        earlier: dict[UUID, set[UUID]] = {}
        for successor_id, organisation in rows:
            for heir in stands_for[successor_id]:
                found.setdefault(heir, []).append(organisation)
            if organisation.id not in seen:
                earlier.setdefault(organisation.id, set()).update(stands_for[successor_id])
        seen |= set(earlier)
        stands_for = earlier
    return found
