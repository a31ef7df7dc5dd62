"""Which body of today one of former days became, for sums over years in which bodies were merged and renamed."""

from collections.abc import Iterable
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from consult.people.models import Organisation, OrganisationSuccession


def heirs(session: Session, ids: Iterable[UUID]) -> dict[UUID, Organisation]:
    """For each of these bodies the one that it became in the end, itself where it became none. One that was divided
    stays itself: nobody knows which part of its work went where. Two statements for each step back in time."""
    found = {one: one for one in set(ids)}
    waiting = set(found.values())
    while waiting:
        steps = _only_heirs(session, waiting)
        found = {own: steps.get(now, now) for own, now in found.items()}
        waiting = set(steps.values())
    bodies = select(Organisation).where(Organisation.id.in_(set(found.values())))
    by_id = {one.id: one for one in session.scalars(bodies)}
    return {own: by_id[now] for own, now in found.items()}


def with_predecessors(session: Session, organisation_id: UUID) -> set[UUID]:
    """The body and every one that it took over from, in any number of steps; one statement for each step."""
    step, reached, new = OrganisationSuccession, {organisation_id}, {organisation_id}
    while new:
        before = select(step.predecessor_id).where(step.successor_id.in_(new))
        new = set(session.scalars(before)) - reached
        reached |= new
    return reached


def with_successors(session: Session, organisation_id: UUID) -> set[UUID]:
    """The body and every one that took over from it, in any number of steps; one statement for each step."""
    step, reached, new = OrganisationSuccession, {organisation_id}, {organisation_id}
    while new:
        after = select(step.successor_id).where(step.predecessor_id.in_(new))
        new = set(session.scalars(after)) - reached
        reached |= new
    return reached


def _only_heirs(session: Session, ids: set[UUID]) -> dict[UUID, UUID]:
    step = OrganisationSuccession
    rows = session.execute(select(step.predecessor_id, step.successor_id).where(step.predecessor_id.in_(ids))).all()
    after: dict[UUID, list[UUID]] = {}
    for old, new in rows:
        after.setdefault(old, []).append(new)
    return {old: new[0] for old, new in after.items() if len(new) == 1}
