"""What people and bodies think of each clause: who is for it and who against, side by side.

Only what anybody may read counts, since a stance is part of what is said. Citizens are told in numbers of five and more
(`suppression`); who wrote twice on a clause is one, with the stance given last. Bodies are told by their number.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from operator import itemgetter
from typing import Any
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from consult.consultations.document_models import Document, Provision, Revision
from consult.consultations.revisions.lineages import Lineages, drafts_expression, lineages
from consult.relationships import under_name
from consult.responses.statistics.stance_counts import Counted, StanceCounts
from consult.responses.statistics.suppression import LEAST, Cell, suppressed
from consult.submissions.anchors import NamedPlace
from consult.submissions.models import CommentVersion
from consult.submissions.words import Stance

STANCES: tuple[Stance | None, ...] = (*Stance, None)
"""In the order in which they are told; None is who took none."""

MOST_PLACES = 30

_Later = under_name(CommentVersion, "later")


@dataclass(frozen=True)
class ClauseStances:
    """How many people and bodies take each stance on a clause. `people` are all citizens who wrote on it, `each` how
    many of them take which stance; None where that may not be told."""

    place: NamedPlace
    people: Cell
    each: Mapping[Stance | None, Cell] | None
    bodies: Mapping[Stance | None, int]

    def told(self, stance: Stance | None) -> int:
        """How many citizens are told to take a stance: 0 where it may not be told."""
        return (self.each[stance].count or 0) if self.each else 0

    @cached_property
    def line(self) -> tuple[Any, ...]:
        """All that the line beside the clause says."""
        return tuple((self.told(stance), self.bodies.get(stance)) for stance in Stance)

    @property
    def against(self) -> int:
        """How many are told to be against it, people and bodies."""
        return self.told(Stance.OPPOSE) + self.bodies.get(Stance.OPPOSE, 0)


@dataclass(frozen=True)
class MatterStances:
    """The clauses of a matter on which somebody took a stance; `by_draft` finds them by document, draft and path."""

    clauses: Sequence[ClauseStances]
    by_draft: Mapping[tuple[int, int], Mapping[str, ClauseStances]]

    def most_opposed(self) -> list[ClauseStances]:
        """The clauses that most are told to be against, at most MOST_PLACES; in no order that tells what is not."""
        against = (one for one in self.clauses if one.against)
        return sorted(against, key=lambda one: (-one.against, one.place.document, one.place.path))[:MOST_PLACES]


@dataclass
class _Said:
    """Who said what on a clause: how many senders took each stance who said nothing else on any clause, and the last
    stance, by the number of the comment, of each of the others."""

    alone: Counter[Stance | None] = field(default_factory=Counter)
    last: dict[Any, tuple[int, Stance | None]] = field(default_factory=dict)

    def add(self, stance: Stance | None, sender: Any, number: int, count: int) -> None:
        """Notes `count` comments of senders who said nothing else, or one of a `sender` who did."""
        if sender is None:
            self.alone[stance] += count
        else:
            self.last[sender] = max(self.last.get(sender, (0, None)), (number, stance), key=itemgetter(0))

    @property
    def by_stance(self) -> Counter[Stance | None]:
        """How many senders take each stance."""
        return self.alone + Counter(stance for _, stance in self.last.values())


def stances(session: Session, consultation_id: UUID) -> MatterStances:
    """What is told of every clause of a matter: two statements, and three more where a document has several drafts."""
    return told(session, consultation_id, StanceCounts().now(session, consultation_id))


def told(session: Session, consultation_id: UUID, rows: Sequence[Counted]) -> MatterStances:
    """The same of what was counted. One statement, and three more where a document has several drafts."""
    places = _places(session, consultation_id, {provision_id for provision_id, *_ in rows})
    several = any(place.drafts > 1 for place in places.values())
    lines = lineages(session, consultation_id, ()) if several else Lineages()
    said: defaultdict[UUID, tuple[_Said, _Said]] = defaultdict(lambda: (_Said(), _Said()))
    for provision_id, stance, citizen, sender, number, count in rows:
        people, bodies = said[lines.key(provision_id)]
        (people if citizen else bodies).add(stance, sender, number, count)
    named = {lines.key(place_id): _newest(place_id, place, lines) for place_id, place in places.items()}
    clauses = {key: _clause(named[key], *both) for key, both in said.items()}
    by_draft: defaultdict[tuple[int, int], dict[str, ClauseStances]] = defaultdict(dict)
    at = {one: (place.document, place.revision, place.path) for one, place in lines.places.items()}
    at |= {one: (place.document, place.revision, place.path) for one, place in places.items()}
    for place_id, (document, revision, path) in at.items():
        if (key := lines.key(place_id)) in clauses:
            by_draft[document, revision][path] = clauses[key]
    return MatterStances(list(clauses.values()), by_draft)


def _newest(place_id: UUID, place: NamedPlace, lines: Lineages) -> NamedPlace:
    """The clause as it stands in the newest draft that has it."""
    if place_id not in lines.places:
        return place
    newest = lines.newest(place_id)
    return replace(place, revision=newest.revision, path=newest.path)


def _places(session: Session, consultation_id: UUID, wanted: Iterable[UUID]) -> dict[UUID, NamedPlace]:
    """Where these provisions stand in their own drafts. One statement."""
    rows = session.execute(
        select(Provision.id, Document.number, Document.title, Revision.number, drafts_expression(), Provision.path)
        .join(Provision.revision)
        .join(Revision.document)
        .where(Provision.consultation_id == consultation_id, Provision.id.in_(wanted))
    )
    return {place_id: NamedPlace(*place) for place_id, *place in rows}


def _clause(place: NamedPlace, citizens: _Said, others: _Said) -> ClauseStances:
    people, bodies = citizens.by_stance, others.by_stance
    total = people.total()
    if 0 < total < LEAST:
        return ClauseStances(place, Cell(None, few=True), None, bodies)
    cells = suppressed([people[stance] for stance in STANCES]) if total else None
    each = dict(zip(STANCES, cells, strict=True)) if cells is not None else None
    return ClauseStances(place, Cell(total), each, bodies)
