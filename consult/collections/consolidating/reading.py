"""What the level above reads of the opinions that came in: their words and places, who gathered them, what carries each
of them. Names and contacts of people are not among it."""

from collections import defaultdict
from collections.abc import Collection as Several
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session, contains_eager

from consult.collections.consolidated_models import ConsolidatedOpinion, OpinionSource, PointSource
from consult.collections.consolidating import resting
from consult.collections.models import Branch, CollectedOpinion, Collection, Gathering
from consult.collections.sums import branches_of, counts, with_below
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
    """One opinion as a level above reads it. `carried` are the numbers of its own consolidated ones that rest on it,
    `below` those of branches below it; `counting` whether it counts in sums, `left_out_by` the branch in the
    middle that did not carry it."""

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
    below: tuple[int, ...] = ()
    left_out_by: str = ""

    @property
    def fate(self) -> Fate:
        """Whether it is carried."""
        if self.carried:
            return Fate.CARRIED
        return Fate.LEFT_OUT if self.left_out_reason else Fate.OPEN


@dataclass(frozen=True)
class ReadPoint:
    """A consolidated opinion of a branch below, as a level above reads it: it rests on so many `opinions`, `carried`
    are the numbers of the reader's own that rest on it."""

    consolidated: ConsolidatedOpinion
    opinions: int
    carried: tuple[int, ...]


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


def opinions(session: Session, collection: Collection, branch: Branch | None = None) -> list[ReadOpinion]:
    """All opinions of a collection that were not withdrawn, by number, in a handful of statements; for a branch in the
    middle those that came in there and below."""
    chosen = (
        select(CollectedOpinion)
        .join(CollectedOpinion.gathering)
        .where(CollectedOpinion.collection_id == collection.id, CollectedOpinion.withdrawn_at.is_(None))
        .options(contains_eager(CollectedOpinion.gathering).joinedload(Gathering.branch).joinedload(Branch.area))
        .order_by(CollectedOpinion.number)
    )
    branches = branches_of(session, collection.id)
    if branch is not None:
        chosen = chosen.where(Gathering.branch_id.in_(with_below(branches, branch)))
    held = resting.read(session, collection)
    carried = held.carried(held.of_level(branch.id if branch is not None else None))
    below = held.carried(held.below(resting.levels_below(branches, branch)))
    return [
        _read(one, collection, carried.get(one.id, ()), below.get(one.id, ())) for one in session.scalars(chosen).all()
    ]


def points(session: Session, collection: Collection, branch: Branch | None = None) -> list[ReadPoint]:
    """What branches below consolidated, by number, as the level above them reads it."""
    held = resting.read(session, collection)
    found = held.below(resting.levels_below(branches_of(session, collection.id), branch))
    own = held.of_level(branch.id if branch is not None else None)
    above = {one.id: held.points_of(one.id) for one in own}
    return [
        ReadPoint(one, len(held.opinions_of(one.id)), tuple(each.number for each in own if one.id in above[each.id]))
        for one in found
    ]


def consolidated(session: Session, collection: Collection) -> list[ConsolidatedOpinion]:
    """The consolidated opinions of every level that stand, by number."""
    return list(resting.read(session, collection).points.values())


def sources_of(session: Session, collection: Collection) -> dict[UUID, list[int]]:
    """The numbers of all opinions that each consolidated opinion of any level rests on, by its id."""
    held = resting.read(session, collection)
    rows = session.execute(
        select(CollectedOpinion.id, CollectedOpinion.number).where(CollectedOpinion.collection_id == collection.id)
    )
    numbers = {key: number for key, number in rows}
    return {key: sorted(numbers[one] for one in held.opinions_of(key)) for key in held.points}


def direct_sources(session: Session, consolidated: ConsolidatedOpinion) -> tuple[list[int], list[int]]:
    """The numbers of the opinions, and of the consolidated ones below, that one was said to rest on."""
    opinions = select(CollectedOpinion.number).join(OpinionSource, OpinionSource.opinion_id == CollectedOpinion.id)
    below = select(ConsolidatedOpinion.number).join(PointSource, PointSource.below_id == ConsolidatedOpinion.id)
    return (
        sorted(session.scalars(opinions.where(OpinionSource.consolidated_id == consolidated.id))),
        sorted(session.scalars(below.where(PointSource.consolidated_id == consolidated.id))),
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


def at_newest(found: Iterable[ReadOpinion], newest: Mapping[str, str]) -> list[ReadOpinion]:
    """The opinions at the places of the newest draft, where those said of an older one stand in one (`newest`)."""
    return [replace(one, anchor=newest[one.anchor]) if one.anchor in newest else one for one in found]


def said_earlier(shown: Iterable[ReadOpinion], found: Iterable[ReadOpinion]) -> dict[str, dict[str, int]]:
    """By the place under which opinions are `shown`, of how many of them it was said under another number, and which:
    the places as they were written (`found`) of those whose draft had the clause elsewhere."""
    told: dict[str, dict[str, int]] = {}
    written = {one.number: one.anchor for one in found}
    for one in shown:
        before = written[one.number]
        if before.rpartition("/")[2] != one.anchor.rpartition("/")[2]:
            counted = told.setdefault(one.anchor, {})
            counted[before] = counted.get(before, 0) + 1
    return told


def alike(found: Iterable[ReadOpinion]) -> list[Sequence[ReadOpinion]]:
    """Groups of open opinions that say the same of one place, accents and case apart; the largest first."""
    groups: dict[tuple[str, str], list[ReadOpinion]] = defaultdict(list)
    for one in found:
        said = searched(one_line(f"{one.text} {one.proposed}"))
        if one.fate is Fate.OPEN and not one.untyped and (said or one.stance):
            groups[one.anchor, said or f"={one.stance}"].append(one)
    return sorted((group for group in groups.values() if len(group) >= FEWEST), key=lambda group: -len(group))


def _read(
    one: CollectedOpinion, collection: Collection, carried: tuple[int, ...], below: tuple[int, ...]
) -> ReadOpinion:
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
        below=below,
        left_out_by=one.left_out_branch.name if one.left_out_branch is not None else "",
    )
