"""Who acts, as the policy sees a person: the seats of the memberships in force."""

from collections.abc import Collection, Iterable, Mapping
from datetime import date, datetime
from typing import Any, Protocol
from uuid import UUID

from sqlalchemy import bindparam, exists, or_, select
from sqlalchemy.orm import Session

from consult import clock
from consult.people.models import Membership, Organisation, OrganisationSuccession, Unit
from consult.policy import Actor, Seat, writer_sends
from consult.relationships import under_name
from consult.text import folded


class Account(Protocol):
    """What is asked of an account: a `User`, or a row with the same names."""

    @property
    def id(self) -> UUID:
        """Of the user."""

    @property
    def name(self) -> str:
        """The person's."""

    @property
    def disabled_at(self) -> datetime | None:
        """When it was closed."""


# Asked with every request of somebody who is signed in: plain columns cost half of what whole objects do, and most
# bodies never took over from others, so that one statement is enough.
_HELD = (
    select(
        Membership.organisation_id,
        Membership.role,
        Membership.unit_id,
        Unit.name.label("unit"),
        Organisation.kind,
        Organisation.level,
        Organisation.writer_sends,
        exists().where(OrganisationSuccession.successor_id == Membership.organisation_id).label("took_over"),
    )
    .join(Membership.organisation)
    .outerjoin(Membership.unit)
    .where(
        Membership.user_id == bindparam("person"),
        Membership.since <= bindparam("now"),
        or_(Membership.until.is_(None), Membership.until > bindparam("now")),
    )
    .order_by(Membership.id)
)
_EARLIER = under_name(OrganisationSuccession, "earlier")
_TAKEN_OVER = (
    select(
        OrganisationSuccession.successor_id,
        Organisation.id,
        Organisation.kind,
        Organisation.level,
        Organisation.writer_sends,
        exists().where(_EARLIER.successor_id == OrganisationSuccession.predecessor_id).label("took_over"),
    )
    .join(Organisation, Organisation.id == OrganisationSuccession.predecessor_id)
    .where(OrganisationSuccession.successor_id.in_(bindparam("successors", expanding=True)))
    .where(OrganisationSuccession.on <= bindparam("day"))
)

_UNITS = select(Unit.id, Unit.organisation_id, Unit.name).where(
    Unit.organisation_id.in_(bindparam("bodies", expanding=True))
)


def actor_of(session: Session, user: Account, now: datetime) -> Actor:
    """The person with the seats held at the instant `now`; nobody's seats when the account is closed.

    Who holds a role for an organisation holds it for those it took over from too, from that day on: their matters go
    on.
    """
    if user.disabled_at is not None and user.disabled_at <= now:
        return Actor(user.id, user.name)
    held = session.execute(_HELD, {"person": user.id, "now": now}).all()
    before = _predecessors(session, {one.organisation_id for one in held if one.took_over}, clock.local_day(now))
    in_units = any(one.unit_id is not None for one in held)
    earlier = _units(session, {one.id for found in before.values() for one in found}) if in_units else {}
    seats = [
        seat
        for one in held
        for seat in (_seat(one), *(_at_earlier(body, one, earlier) for body in before.get(one.organisation_id, ())))
    ]
    return Actor(user.id, user.name, tuple(seats))


def _seat(held: Any) -> Seat:
    own = writer_sends(held.kind, held.level, held.writer_sends)
    return Seat(held.organisation_id, held.kind, held.level, held.role, held.unit_id, own)


def _at_earlier(body: Any, held: Any, earlier: Mapping[tuple[UUID, str], UUID]) -> Seat:
    """The seat at a body that was taken over: there in the unit that had the same name, so that what was given to that
    is in the same hands."""
    own, unit_id = writer_sends(body.kind, body.level, body.writer_sends), held.unit_id
    if held.unit is not None:
        unit_id = earlier.get((body.id, folded(held.unit)), unit_id)
    return Seat(body.id, body.kind, body.level, held.role, unit_id, own)


def _units(session: Session, bodies: Collection[UUID]) -> dict[tuple[UUID, str], UUID]:
    """The units of these bodies by body and folded name."""
    rows = session.execute(_UNITS, {"bodies": list(bodies)}) if bodies else ()
    return {(body_id, folded(name)): unit_id for unit_id, body_id, name in rows}


def _predecessors(session: Session, ids: Iterable[UUID], day: date) -> dict[UUID, list[Any]]:
    """For each organisation all that it had taken over from by the local `day`, however long ago."""
    found: dict[UUID, list[Any]] = {}
    stands_for = {one: {one} for one in ids}
    seen = set(stands_for)
    while stands_for:
        earlier: dict[UUID, set[UUID]] = {}
        for row in session.execute(_TAKEN_OVER, {"successors": list(stands_for), "day": day}):
            for heir in stands_for[row.successor_id]:
                found.setdefault(heir, []).append(row)
            if row.took_over and row.id not in seen:
                earlier.setdefault(row.id, set()).update(stands_for[row.successor_id])
        seen |= set(earlier)
        stands_for = earlier
    return found
