"""Who acts, as the policy sees a person: the seats of the memberships in force."""

from collections.abc import Iterable
from datetime import datetime
from uuid import UUID

from sqlalchemy import bindparam, or_, select
from sqlalchemy.orm import Session, joinedload

from consult.people.models import Membership, Organisation, OrganisationSuccession, User
from consult.policy import Actor, Seat, writer_sends

_HELD = (
    select(Membership)
    .options(joinedload(Membership.organisation))
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


def actor_of(session: Session, user: User, now: datetime) -> Actor:
    """The person with the seats held at the instant `now`; nobody's seats when the account is closed.

    Who holds a role for an organisation holds it for those it took over from too: their matters go on.
    """
    if user.disabled_at is not None and user.disabled_at <= now:
        return Actor(user.id, user.name)
    held = session.scalars(_HELD, {"person": user.id, "now": now}).all()
    before = _predecessors(session, {membership.organisation_id for membership in held})
    seats = [
        _seat(organisation, membership)
        for membership in held
        for organisation in (membership.organisation, *before.get(membership.organisation_id, ()))
    ]
    return Actor(user.id, user.name, tuple(seats))


def _seat(organisation: Organisation, membership: Membership) -> Seat:
    one = organisation
    own = writer_sends(one.kind, one.level, one.writer_sends)
    return Seat(one.id, one.kind, one.level, membership.role, membership.unit_id, own)


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
