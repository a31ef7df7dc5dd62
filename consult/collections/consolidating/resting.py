"""What consolidated opinions rest on, through all levels: opinions that were gathered, and consolidated ones of
branches in between, which rest on opinions themselves. What was taken back carries nothing."""

from collections import defaultdict
from collections.abc import Collection as Several
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload

from consult.collections.consolidated_models import ConsolidatedOpinion, OpinionSource, PointSource
from consult.collections.models import Branch, Collection
from consult.collections.sums import with_below


@dataclass(frozen=True)
class Resting:
    """The consolidated opinions of a collection that stand, of every level, by id; on which opinions and on which
    consolidated ones below each rests itself."""

    points: Mapping[UUID, ConsolidatedOpinion]
    on_opinions: Mapping[UUID, set[UUID]]
    on_points: Mapping[UUID, set[UUID]]

    def opinions_of(self, point_id: UUID) -> set[UUID]:
        """Every opinion that one rests on, itself or through what it rests on; each once."""
        return {one for each in (point_id, *self.points_of(point_id)) for one in self.on_opinions.get(each, ())}

    def points_of(self, point_id: UUID) -> set[UUID]:
        """Every consolidated opinion below that one rests on."""
        found: set[UUID] = set()
        new = {point_id}
        while new:
            new = {below for each in new for below in self.on_points.get(each, ()) if below in self.points} - found
            found |= new
        return found

    def above(self, point_id: UUID) -> list[ConsolidatedOpinion]:
        """Those that rest on it themselves."""
        return [one for key, one in self.points.items() if point_id in self.on_points.get(key, ())]

    def of_level(self, branch_id: UUID | None) -> list[ConsolidatedOpinion]:
        """Those of one level, by number: of a branch, or with None of the body that collects."""
        return [one for one in self.points.values() if one.branch_id == branch_id]

    def below(self, branch_ids: Several[UUID]) -> list[ConsolidatedOpinion]:
        """Those of these branches, by number."""
        return [one for one in self.points.values() if one.branch_id in branch_ids]

    def carried(self, points: Sequence[ConsolidatedOpinion]) -> dict[UUID, tuple[int, ...]]:
        """Of each opinion that some of these consolidated ones rest on, their numbers."""
        found: dict[UUID, tuple[int, ...]] = {}
        for point in points:
            for opinion_id in self.opinions_of(point.id):
                found[opinion_id] = (*found.get(opinion_id, ()), point.number)
        return found


def read(session: Session, collection: Collection) -> Resting:
    """All of a collection, in three statements."""
    standing = (ConsolidatedOpinion.collection_id == collection.id, ConsolidatedOpinion.withdrawn_at.is_(None))
    rows = select(ConsolidatedOpinion).where(*standing).options(joinedload(ConsolidatedOpinion.branch))
    points = {one.id: one for one in session.scalars(rows.order_by(ConsolidatedOpinion.number))}
    own = select(ConsolidatedOpinion.id).where(*standing)
    on_opinions: dict[UUID, set[UUID]] = defaultdict(set)
    for key, opinion in session.execute(
        select(OpinionSource.consolidated_id, OpinionSource.opinion_id).where(OpinionSource.consolidated_id.in_(own))
    ):
        on_opinions[key].add(opinion)
    on_points: dict[UUID, set[UUID]] = defaultdict(set)
    for key, below in session.execute(
        select(PointSource.consolidated_id, PointSource.below_id).where(PointSource.consolidated_id.in_(own))
    ):
        on_points[key].add(below)
    return Resting(points, on_opinions, on_points)


def levels_below(branches: Sequence[Branch], branch: Branch | None) -> set[UUID]:
    """The branches whose consolidated opinions a level reads: all below it, or below the body that collects."""
    return {one.id for one in branches} if branch is None else with_below(branches, branch) - {branch.id}
