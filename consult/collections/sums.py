"""Sums from below: each opinion belongs to one gathering and each gathering to one branch, so that a branch is what it
recorded itself and what its branches recorded, and nothing is added twice.

People are counted only as lượt by channel: one person may come to a meeting and fill in a paper, so channels are never
added to each other.
"""

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from consult.collections.models import Branch, CollectedOpinion, Collection, Gathering
from consult.collections.words import SPOKEN, Gathered
from consult.errors import NotFound
from consult.submissions.words import Stance


@dataclass(frozen=True)
class Sum:
    """How many opinions there are that were not withdrawn; of them those that `count` by the rule for what was only
    spoken, by stance; gatherings, and people as lượt by channel. `last` is when something came in last."""

    opinions: int = 0
    counting: int = 0
    untyped: int = 0
    gatherings: int = 0
    stances: Mapping[Stance | None, int] = field(default_factory=dict)
    people: Mapping[Gathered, int] = field(default_factory=dict)
    last: datetime | None = None

    def __add__(self, other: "Sum") -> "Sum":
        return Sum(
            self.opinions + other.opinions,
            self.counting + other.counting,
            self.untyped + other.untyped,
            self.gatherings + other.gatherings,
            dict(Counter(self.stances) + Counter(other.stances)),
            {
                how: self.people.get(how, 0) + other.people.get(how, 0)
                for how in Gathered
                if how in self.people or how in other.people
            },
            max((one for one in (self.last, other.last) if one is not None), default=None),
        )

    @property
    def not_counting(self) -> int:
        """Opinions that were only spoken, and stand in no signed minutes."""
        return self.opinions - self.counting

    @property
    def silent(self) -> bool:
        """Whether nothing came in."""
        return not self.gatherings


@dataclass(frozen=True)
class OfBranch:
    """A branch in the tree, so many levels below the collection: what it recorded itself, and with all below it."""

    branch: Branch
    depth: int
    own: Sum
    all: Sum


def counts(collection: Collection, gathering: Gathering) -> bool:
    """Whether opinions of a gathering count in sums: what was only spoken must stand in signed minutes, where the
    collection keeps that rule of the province."""
    spoken_only = gathering.how in SPOKEN and not gathering.minutes_signed
    return not (collection.spoken_in_minutes and spoken_only)


def own_sums(session: Session, collection: Collection) -> dict[UUID, Sum]:
    """What each branch recorded itself, without what was withdrawn."""
    found: dict[UUID, Sum] = defaultdict(Sum)
    gatherings = session.scalars(
        select(Gathering).where(Gathering.collection_id == collection.id, Gathering.withdrawn_at.is_(None))
    ).all()
    opinions = _opinions(session, collection.id)
    for one in gatherings:
        found[one.branch_id] += _sum(one, opinions.get(one.id, ()), counts(collection, one))
    return found


def branches_of(session: Session, collection_id: UUID) -> list[Branch]:
    """All branches of a collection, by number."""
    return list(session.scalars(select(Branch).where(Branch.collection_id == collection_id).order_by(Branch.number)))


def branch_of(session: Session, collection: Collection, number: int) -> Branch:
    """A branch of a collection by its number; raises NotFound."""
    found = session.scalar(select(Branch).where(Branch.collection_id == collection.id, Branch.number == number))
    if found is None:
        raise NotFound
    return found


def with_below(branches: Sequence[Branch], branch: Branch) -> set[UUID]:
    """A branch with all below it."""
    found = {branch.id}
    while more := {one.id for one in branches if one.parent_id in found} - found:
        found |= more
    return found


def rows_of(session: Session, collection: Collection) -> list[OfBranch]:
    """The branches of a collection as a tree with their sums."""
    return tree(branches_of(session, collection.id), own_sums(session, collection))


def tree(branches: Sequence[Branch], own: Mapping[UUID, Sum]) -> list[OfBranch]:
    """The branches of a collection as a tree, each before those below it, siblings by number."""
    below: dict[UUID | None, list[Branch]] = defaultdict(list)
    for one in sorted(branches, key=lambda branch: branch.number):
        below[one.parent_id].append(one)
    return _level(below, own, None, 0)


def total(rows: Sequence[OfBranch]) -> Sum:
    """The whole collection: the branches right below it, each with all below them."""
    return sum((row.all for row in rows if row.depth == 0), Sum())


def _level(
    below: Mapping[UUID | None, Sequence[Branch]], own: Mapping[UUID, Sum], parent: UUID | None, depth: int
) -> list[OfBranch]:
    rows: list[OfBranch] = []
    for branch in below.get(parent, ()):
        inner = _level(below, own, branch.id, depth + 1)
        mine = own.get(branch.id, Sum())
        whole = sum((row.all for row in inner if row.depth == depth + 1), mine)
        rows += [OfBranch(branch, depth, mine, whole), *inner]
    return rows


def _opinions(session: Session, collection_id: UUID) -> dict[UUID, list[tuple[Stance | None, bool]]]:
    rows = session.execute(
        select(CollectedOpinion.gathering_id, CollectedOpinion.stance, CollectedOpinion.untyped).where(
            CollectedOpinion.collection_id == collection_id, CollectedOpinion.withdrawn_at.is_(None)
        )
    )
    found: dict[UUID, list[tuple[Stance | None, bool]]] = defaultdict(list)
    for gathering_id, stance, untyped in rows:
        found[gathering_id].append((stance, untyped))
    return found


def _sum(one: Gathering, opinions: Sequence[tuple[Stance | None, bool]], counting: bool) -> Sum:
    return Sum(
        opinions=len(opinions),
        counting=len(opinions) if counting else 0,
        untyped=sum(untyped for _stance, untyped in opinions),
        gatherings=1,
        stances=dict(Counter(stance for stance, _untyped in opinions)) if counting else {},
        people={one.how: one.people} if one.people else {},
        last=one.recorded_at,
    )
