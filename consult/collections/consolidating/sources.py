"""Who consolidates, what they may rest on, and resting on it: a branch reads what came in there and below, and what
branches below it consolidated; nothing beside it and nothing above."""

from collections.abc import Collection as Several
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from consult.collections.consolidated_models import ConsolidatedOpinion, OpinionSource, PointSource
from consult.collections.consolidating import resting
from consult.collections.models import Branch, CollectedOpinion, Collection, Gathering
from consult.collections.service import find
from consult.collections.sums import branches_of
from consult.db import Base
from consult.errors import NotFound
from consult.policy import Actor

Who = Actor | Branch
"""Somebody who works for the body that collects, or the branch whose link was used."""


@dataclass(frozen=True)
class By:
    """A level that was found to consolidate: of which collection and, in the middle, which branch; who does it there;
    the branches whose opinions it reads, and those whose consolidated ones."""

    collection: Collection
    branch_id: UUID | None
    user_id: UUID | None
    opinions_of: Several[UUID]
    points_of: Several[UUID]


@dataclass(frozen=True)
class Chosen:
    """Opinions and consolidated ones below, to rest on."""

    opinions: Sequence[CollectedOpinion]
    points: Sequence[ConsolidatedOpinion]


def require(session: Session, collection_id: UUID, who: Who) -> By:
    """The level of who asks. Raises NotFound for everybody else, and for a branch whose link has ended."""
    collection = session.get_one(Collection, collection_id)
    branches = branches_of(session, collection_id)
    if isinstance(who, Branch):
        held = next((one for one in branches if one.id == who.id and one.key_ended_at is None), None)
        if held is None:
            raise NotFound
        below = resting.levels_below(branches, held)
        return By(collection, held.id, None, below | {held.id}, below)
    find(session, collection_id, who)
    everywhere = resting.levels_below(branches, None)
    return By(collection, None, who.user_id, everywhere, everywhere)


def chosen(session: Session, by: By, opinions: Several[int], points: Several[int]) -> Chosen:
    """What has these numbers and was not taken back. Raises NotFound when one is none that this level reads."""
    wanted, below = set(opinions), set(points)
    said = session.scalars(
        select(CollectedOpinion)
        .join(CollectedOpinion.gathering)
        .where(
            CollectedOpinion.collection_id == by.collection.id,
            CollectedOpinion.number.in_(wanted),
            CollectedOpinion.withdrawn_at.is_(None),
            Gathering.branch_id.in_(by.opinions_of),
        )
        .order_by(CollectedOpinion.number)
    ).all()
    consolidated = session.scalars(
        select(ConsolidatedOpinion)
        .where(
            ConsolidatedOpinion.collection_id == by.collection.id,
            ConsolidatedOpinion.number.in_(below),
            ConsolidatedOpinion.withdrawn_at.is_(None),
            ConsolidatedOpinion.branch_id.in_(by.points_of),
        )
        .order_by(ConsolidatedOpinion.number)
    ).all()
    if len(said) != len(wanted) or len(consolidated) != len(below):
        raise NotFound
    return Chosen(said, consolidated)


def all_below(session: Session, by: By, these: Chosen) -> list[CollectedOpinion]:
    """These opinions and all that these consolidated ones rest on, each once."""
    found = {one.id: one for one in these.opinions}
    if these.points:
        held = resting.read(session, by.collection)
        ids = {key for one in these.points for key in held.opinions_of(one.id)} - set(found)
        standing = (CollectedOpinion.id.in_(ids), CollectedOpinion.withdrawn_at.is_(None))
        found.update({one.id: one for one in session.scalars(select(CollectedOpinion).where(*standing))})
    return list(found.values())


def may_decide(by: By, one: CollectedOpinion) -> bool:
    """Whether this level may say that an opinion is left out, or is not: no level above has."""
    return by.branch_id is None or one.left_out_at is None or one.left_out_branch_id in by.opinions_of


def rest_on(session: Session, made: ConsolidatedOpinion, these: Chosen, by: By, now: datetime) -> None:
    """From now on it rests on these and on nothing else; what it carries is left out no more."""
    opinions, points = {one.id for one in these.opinions}, {one.id for one in these.points}
    for key in _kept(session, OpinionSource, OpinionSource.opinion_id, made, opinions):
        session.add(OpinionSource(consolidated_id=made.id, opinion_id=key, at=now, by_id=by.user_id))
    for key in _kept(session, PointSource, PointSource.below_id, made, points):
        session.add(PointSource(consolidated_id=made.id, below_id=key, at=now, by_id=by.user_id))
    session.flush()
    for one in all_below(session, by, these):
        if may_decide(by, one):
            one.left_out_at, one.left_out_reason, one.left_out_branch_id = None, "", None


def _kept(
    session: Session, table: type[Base], column: object, made: ConsolidatedOpinion, wanted: set[UUID]
) -> set[UUID]:
    """Takes out the sources that are wanted no more; gives those that are new."""
    own = table.consolidated_id == made.id  # type: ignore[attr-defined]
    there = set(session.scalars(select(column).where(own)))  # type: ignore[call-overload]
    session.execute(delete(table).where(own, column.in_(there - wanted)))  # type: ignore[attr-defined]
    return wanted - there
