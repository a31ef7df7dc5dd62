"""Which body of a day one of former days became, for sums over years in which bodies were merged and renamed. What is
entered ahead of its day joins nobody before it."""

from collections.abc import Iterable
from datetime import date
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from consult.compiled_statements import Executor
from consult.people.models import Organisation, OrganisationSuccession


def heirs(session: Session, ids: Iterable[UUID], day: date) -> dict[UUID, Organisation]:
    """For each of these bodies the one that it had become by the local `day`, itself where none. One that was divided
    stays itself: nobody knows which part of its work went where. Two statements for each step back in time."""
    found = {one: one for one in set(ids)}
    waiting = set(found.values())
    while waiting:
        steps = _only_heirs(session, waiting, day)
        found = {own: steps.get(now, now) for own, now in found.items()}
        waiting = set(steps.values())
    bodies = select(Organisation).where(Organisation.id.in_(set(found.values())))
    by_id = {one.id: one for one in session.scalars(bodies)}
    return {own: by_id[now] for own, now in found.items()}


def with_predecessors(executor: Executor, organisation_id: UUID, day: date) -> set[UUID]:
    """The body and every one that it had taken over from by the local `day`, in any number of steps; one statement for
    each step."""
    step, reached, new = OrganisationSuccession, {organisation_id}, {organisation_id}
    while new:
        before = select(step.predecessor_id).where(step.successor_id.in_(new), step.on <= day)
        new = set(executor.scalars(before)) - reached
        reached |= new
    return reached


def with_successors(session: Session, organisation_id: UUID, day: date) -> set[UUID]:
    """The body and every one that had taken over from it by the local `day`, in any number of steps; one statement for
    each step."""
    step, reached, new = OrganisationSuccession, {organisation_id}, {organisation_id}
    while new:
        after = select(step.successor_id).where(step.predecessor_id.in_(new), step.on <= day)
        new = set(session.scalars(after)) - reached
        reached |= new
    return reached


def _only_heirs(session: Session, ids: set[UUID], day: date) -> dict[UUID, UUID]:
    step = OrganisationSuccession
    taken = (step.predecessor_id.in_(ids), step.on <= day)
    rows = session.execute(select(step.predecessor_id, step.successor_id).where(*taken)).all()
    after: dict[UUID, list[UUID]] = {}
    for old, new in rows:
        after.setdefault(old, []).append(new)
    return {old: new[0] for old, new in after.items() if len(new) == 1}
