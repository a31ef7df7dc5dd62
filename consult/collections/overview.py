"""The collections of a body in short: how much came in, who is silent, what is to be carried down."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import or_, select
from sqlalchemy.orm import Session, joinedload

from consult import clock
from consult.collections import state, sums
from consult.collections.answers import carrying
from consult.collections.models import Branch, Collection
from consult.collections.sums import Sum
from consult.consultations.models import Consultation
from consult.people.heirs import with_predecessors

MOST = 200


@dataclass(frozen=True)
class InShort:
    """A collection with its sum, how many branches it has and how many of them are silent, whether it is open, and in
    how many branches answers wait to be carried down."""

    collection: Collection
    sum: Sum
    branches: int
    silent: int
    open: bool
    to_carry: int


def of_body(session: Session, organisation_id: UUID, now: datetime) -> list[InShort]:
    """All collections of a body and of those from which it took over, the newest first."""
    rows = session.scalars(
        select(Collection)
        .where(Collection.organisation_id.in_(with_predecessors(session, organisation_id, clock.local_day(now))))
        .options(joinedload(Collection.consultation))
        .order_by(Collection.number.desc())
        .limit(MOST)
    ).unique()
    return [_in_short(session, one, now) for one in rows]


def to_carry(session: Session, organisation_id: UUID, now: datetime) -> list[InShort]:
    """The collections of a body with answers that wait to be carried down."""
    return [one for one in of_body(session, organisation_id, now) if one.to_carry]


@dataclass(frozen=True)
class AskedToCollect:
    """What another body asks a body to gather: its branch, what it and all below it recorded, whether the collection is
    open, and how many answers wait to be carried down there."""

    branch: Branch
    sum: Sum
    open: bool
    to_tell: int


def asked_to_collect(session: Session, organisation_id: UUID, now: datetime) -> list[AskedToCollect]:
    """The branches that a body is, or one from which it took over, the newest first: of open collections, and where
    answers wait."""
    bodies = with_predecessors(session, organisation_id, clock.local_day(now))
    rows = session.scalars(
        select(Branch)
        .where(Branch.organisation_id.in_(bodies), Branch.key_ended_at.is_(None))
        .order_by(Branch.added_at.desc(), Branch.number)
        .limit(MOST)
    )
    every = [_asked(session, one, now) for one in rows]
    return [one for one in every if one.open or one.to_tell]


def _asked(session: Session, branch: Branch, now: datetime) -> AskedToCollect:
    own = next(row for row in sums.rows_of(session, branch.collection) if row.branch.id == branch.id)
    found = carrying.of_branch(session, branch)
    waiting = max(found.to_tell, len(found.calls))
    return AskedToCollect(branch, own.all, not state.why_closed(branch.collection, now), waiting)


def matters(session: Session, now: datetime) -> Sequence[Consultation]:
    """The matters a collection may be opened for: public, and not over."""
    running = select(Consultation).where(
        Consultation.published_at.is_not(None),
        Consultation.withdrawn_at.is_(None),
        Consultation.concluded_at.is_(None),
        or_(Consultation.closes_at.is_(None), Consultation.closes_at > now),
    )
    return session.scalars(running.order_by(Consultation.closes_at, Consultation.id).limit(MOST)).all()


def _in_short(session: Session, one: Collection, now: datetime) -> InShort:
    rows = sums.rows_of(session, one)
    return InShort(
        one,
        sums.total(rows),
        len(rows),
        sum(row.all.silent for row in rows),
        not state.why_closed(one, now),
        sum(bool(found.to_tell or found.calls) for found in carrying.of_collection(session, one)),
    )
