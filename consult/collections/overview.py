"""The collections of a body in short: how much came in, who is silent, what is to be carried down."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import or_, select
from sqlalchemy.orm import Session, joinedload

from consult.collections import state, sums
from consult.collections.answers import carrying
from consult.collections.models import Collection
from consult.collections.sums import Sum
from consult.consultations.models import Consultation

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
    """All collections of a body, the newest first."""
    rows = session.scalars(
        select(Collection)
        .where(Collection.organisation_id == organisation_id)
        .options(joinedload(Collection.consultation))
        .order_by(Collection.number.desc())
        .limit(MOST)
    ).unique()
    return [_in_short(session, one, now) for one in rows]


def to_carry(session: Session, organisation_id: UUID, now: datetime) -> list[InShort]:
    """The collections of a body with answers that wait to be carried down."""
    return [one for one in of_body(session, organisation_id, now) if one.to_carry]


def matters(session: Session, now: datetime) -> Sequence[Consultation]:
    """The matters a collection may be opened for: public, and not over."""
    running = select(Consultation).where(
        Consultation.published_at.is_not(None),
        Consultation.withdrawn_at.is_(None),
        Consultation.concluded_at.is_(None),
        or_(Consultation.closes_at.is_(None), Consultation.closes_at > now),
    )
    return session.scalars(running.order_by(Consultation.closes_at).limit(MOST)).all()


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
