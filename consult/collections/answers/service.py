"""The answer carried down: what came of each opinion that a branch gathered, along source, consolidated opinion and
comment of the letter."""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload

from consult.collections.consolidated_models import OpinionSource
from consult.collections.consolidating.upward import Upward, upward
from consult.collections.models import Branch, CollectedOpinion, Collection, Gathering


@dataclass(frozen=True)
class Told:
    """An opinion with what came of it: the consolidated ones it is carried by, each with its answer, or why it was left
    out. It `has_answer` once every one that carries it has one, or it was left out."""

    opinion: CollectedOpinion
    ways: Sequence[Upward]

    @property
    def left_out(self) -> str:
        """Why it was not carried; empty when it was."""
        return self.opinion.left_out_reason if not self.ways and self.opinion.left_out_at is not None else ""

    @property
    def has_answer(self) -> bool:
        """Whether there is something to tell in the end."""
        return bool(self.left_out) or (bool(self.ways) and all(one.answer is not None for one in self.ways))


def told(session: Session, collection: Collection, branch: Branch | None = None) -> list[Told]:
    """The opinions of a collection, or of one branch itself, that were not withdrawn, each with what came of it."""
    ways = {one.consolidated.id: one for one in upward(session, collection)}
    wanted = (
        select(CollectedOpinion)
        .join(CollectedOpinion.gathering)
        .where(CollectedOpinion.collection_id == collection.id, CollectedOpinion.withdrawn_at.is_(None))
        .options(joinedload(CollectedOpinion.gathering).joinedload(Gathering.branch))
        .order_by(CollectedOpinion.number)
    )
    if branch is not None:
        wanted = wanted.where(Gathering.branch_id == branch.id)
    opinions = session.scalars(wanted).all()
    carried: dict[UUID, list[Upward]] = {}
    for source in session.scalars(select(OpinionSource).where(OpinionSource.consolidated_id.in_(ways))):
        carried.setdefault(source.opinion_id, []).append(ways[source.consolidated_id])
    return [Told(one, sorted(carried.get(one.id, ()), key=lambda way: way.consolidated.number)) for one in opinions]


def of_opinion(session: Session, opinion: CollectedOpinion) -> Told:
    """One opinion with what came of it."""
    collection = session.get_one(Collection, opinion.collection_id)
    branch = session.get_one(Gathering, opinion.gathering_id).branch
    return next(one for one in told(session, collection, branch) if one.opinion.id == opinion.id)
