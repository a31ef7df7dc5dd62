"""The answer carried down: what came of each opinion that a branch gathered, along source, consolidated opinion and
comment of the letter."""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload

from consult.collections.consolidated_models import ConsolidatedOpinion
from consult.collections.consolidating import resting
from consult.collections.consolidating.upward import Upward, upward
from consult.collections.models import Branch, CollectedOpinion, Collection, Gathering


@dataclass(frozen=True)
class Told:
    """An opinion with what came of it: the consolidated ones of the body that collects that carry it, each with its
    answer, or why it was left out; `between` are those of branches in the middle that it went up by. It `has_answer`
    once every one that carries it has one, or it was left out."""

    opinion: CollectedOpinion
    ways: Sequence[Upward]
    between: Sequence[ConsolidatedOpinion] = ()

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
    ways, held = upward(session, collection), resting.read(session, collection)
    wanted = (
        select(CollectedOpinion)
        .join(CollectedOpinion.gathering)
        .where(CollectedOpinion.collection_id == collection.id, CollectedOpinion.withdrawn_at.is_(None))
        .options(
            joinedload(CollectedOpinion.gathering).joinedload(Gathering.branch),
            joinedload(CollectedOpinion.left_out_branch),
        )
        .order_by(CollectedOpinion.number)
    )
    if branch is not None:
        wanted = wanted.where(Gathering.branch_id == branch.id)
    carried: dict[UUID, list[Upward]] = {}
    for way in ways:
        for key in held.opinions_of(way.consolidated.id):
            carried.setdefault(key, []).append(way)
    between: dict[UUID, list[ConsolidatedOpinion]] = {}
    for point in held.points.values():
        for key in held.opinions_of(point.id) if point.branch_id is not None else ():
            between.setdefault(key, []).append(point)
    return [Told(one, carried.get(one.id, ()), between.get(one.id, ())) for one in session.scalars(wanted).all()]


def of_opinion(session: Session, opinion: CollectedOpinion) -> Told:
    """One opinion with what came of it."""
    collection = session.get_one(Collection, opinion.collection_id)
    branch = session.get_one(Gathering, opinion.gathering_id).branch
    return next(one for one in told(session, collection, branch) if one.opinion.id == opinion.id)
