"""What the level above reads of the opinions that came in: their words and places, who gathered them, what carries each
of them. Names and contacts of people are not among it."""

from collections import defaultdict
from collections.abc import Collection as Several
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload

from consult.collections.consolidated_models import ConsolidatedOpinion, OpinionSource
from consult.collections.models import Branch, CollectedOpinion, Collection, Gathering
from consult.collections.sums import counts
from consult.submissions.words import Stance
from consult.text import one_line, searched

FEWEST = 2
"""So many opinions that say the same are proposed as a group."""


class Fate(StrEnum):
    """Whether an opinion is carried up: by a consolidated one, not with a reason, or not yet decided."""

    CARRIED = "carried"
    LEFT_OUT = "left_out"
    OPEN = "open"


@dataclass(frozen=True)
class ReadOpinion:
    """One opinion as the level above reads it. `carried` are the numbers of the consolidated ones that rest on it,
    `counting` whether it counts in sums."""

    number: int
    branch: Branch
    gathering: Gathering
    anchor: str
    stance: Stance | None
    text: str
    proposed: str
    reason: str
    differing: bool
    people: int
    untyped: bool
    counting: bool
    carried: tuple[int, ...]
    left_out_reason: str

    @property
    def fate(self) -> Fate:
        """Whether it is carried."""
        if self.carried:
            return Fate.CARRIED
        return Fate.LEFT_OUT if self.left_out_reason else Fate.OPEN


@dataclass(frozen=True)
class Wanted:
    """Which opinions are looked for; empty is all. `branches` holds a branch with all below it, `anchor` a place with
    what stands below it."""

    branches: Several[UUID] = ()
    area_id: UUID | None = None
    anchor: str = ""
    stance: str = ""
    fate: str = ""

    def has(self, one: ReadOpinion) -> bool:
        """Whether an opinion is one of them."""
        return (
            (not self.branches or one.branch.id in self.branches)
            and (self.area_id is None or one.branch.area_id == self.area_id)
            and (not self.anchor or one.anchor == self.anchor or one.anchor.startswith(f"{self.anchor}."))
            and (not self.stance or one.stance == self.stance)
            and (not self.fate or one.fate == self.fate)
        )


@dataclass(frozen=True)
class Carried:
    """How many opinions came in and were not withdrawn, and of them how many are carried, left out with a reason, and
    open; `differing` are those of a minority among the open ones."""

    all: int
    carried: int
    left_out: int
    open: int
    differing: int


def opinions(session: Session, collection: Collection) -> list[ReadOpinion]:
    """All opinions of a collection that were not withdrawn, by number, in a handful of statements."""
    rows = session.scalars(
        select(CollectedOpinion)
        .where(CollectedOpinion.collection_id == collection.id, CollectedOpinion.withdrawn_at.is_(None))
        .options(joinedload(CollectedOpinion.gathering).joinedload(Gathering.branch).joinedload(Branch.area))
        .order_by(CollectedOpinion.number)
    ).all()
    carried = carried_by(session, collection)
    return [_read(one, collection, carried.get(one.id, ())) for one in rows]


def carried_by(session: Session, collection: Collection) -> dict[UUID, tuple[int, ...]]:
    """The numbers of the consolidated opinions that rest on each opinion, by its id."""
    rows = session.execute(
        select(OpinionSource.opinion_id, ConsolidatedOpinion.number)
        .join(ConsolidatedOpinion, ConsolidatedOpinion.id == OpinionSource.consolidated_id)
        .where(ConsolidatedOpinion.collection_id == collection.id, ConsolidatedOpinion.withdrawn_at.is_(None))
        .order_by(ConsolidatedOpinion.number)
    )
    found: dict[UUID, tuple[int, ...]] = {}
    for opinion_id, number in rows:
        found[opinion_id] = (*found.get(opinion_id, ()), number)
    return found


def sources_of(session: Session, consolidated: ConsolidatedOpinion) -> list[int]:
    """The numbers of the opinions it rests on."""
    rows = select(CollectedOpinion.number).join(OpinionSource, OpinionSource.opinion_id == CollectedOpinion.id)
    return list(
        session.scalars(rows.where(OpinionSource.consolidated_id == consolidated.id).order_by(CollectedOpinion.number))
    )


def count(found: Iterable[ReadOpinion]) -> Carried:
    """How these opinions are carried: the three parts are the whole."""
    fates = [(one.fate, one.differing) for one in found]
    only = [fate for fate, _differing in fates]
    return Carried(
        len(fates),
        only.count(Fate.CARRIED),
        only.count(Fate.LEFT_OUT),
        only.count(Fate.OPEN),
        fates.count((Fate.OPEN, True)),
    )


def alike(found: Iterable[ReadOpinion]) -> list[Sequence[ReadOpinion]]:
    """Groups of open opinions that say the same of one place, accents and case apart; the largest first."""
    groups: dict[tuple[str, str], list[ReadOpinion]] = defaultdict(list)
    for one in found:
        said = searched(one_line(f"{one.text} {one.proposed}"))
        if one.fate is Fate.OPEN and not one.untyped and (said or one.stance):
            groups[one.anchor, said or f"={one.stance}"].append(one)
    return sorted((group for group in groups.values() if len(group) >= FEWEST), key=lambda group: -len(group))


def with_below(branches: Sequence[Branch], number: int) -> set[UUID]:
    """A branch by its number, with all below it; nothing when there is none such."""
    found = {one.id for one in branches if one.number == number}
    while True:
        more = {one.id for one in branches if one.parent_id in found} - found
        if not more:
            return found
        found |= more


def _read(one: CollectedOpinion, collection: Collection, carried: tuple[int, ...]) -> ReadOpinion:
    return ReadOpinion(
        number=one.number,
        branch=one.gathering.branch,
        gathering=one.gathering,
        anchor=one.anchor,
        stance=one.stance,
        text=one.text,
        proposed=one.proposed,
        reason=one.reason,
        differing=one.differing,
        people=one.people,
        untyped=one.untyped,
        counting=counts(collection, one.gathering),
        carried=carried,
        left_out_reason=one.left_out_reason if one.left_out_at is not None else "",
    )
