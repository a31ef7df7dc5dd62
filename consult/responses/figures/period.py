"""The figures of many matters within a span of days: for the quarter's report, for that of a year, for everybody.

What is told of a span that is over is told the same later: answers with the wording that they had at its end, what was
overdue on its last day. Bodies that were merged or renamed since are told as the ones that they became.
"""

from collections import Counter
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import lru_cache
from typing import Any
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload

from consult.consultations.models import Consultation
from consult.people.heirs import heirs
from consult.people.models import Organisation, Unit
from consult.responses.figures import period_rows
from consult.responses.figures.span import Span
from consult.responses.questions.pauses import terms_of
from consult.submissions.words import SubmissionKind


@dataclass(frozen=True)
class UnitTimes:
    """How many answers a unit gave in time and late, and what was overdue in its hands on the last day."""

    in_time: int = 0
    late: int = 0
    overdue: int = 0

    def __add__(self, other: "UnitTimes") -> "UnitTimes":
        return UnitTimes(self.in_time + other.in_time, self.late + other.late, self.overdue + other.overdue)


@dataclass(frozen=True)
class Figures:
    """How many matters were `published`, closed and concluded; comments by who sent them (`statistics.bodies`),
    letters, critiques, joiners; first answers by disposition, those of a term in time and late; and by unit (None:
    nobody's), whose sums those times are."""

    published: int = 0
    closed: int = 0
    concluded: int = 0
    opinions: Counter[str] = field(default_factory=Counter)
    letters: int = 0
    critiques: int = 0
    joiners: int = 0
    answered: Counter[str] = field(default_factory=Counter)
    units: dict[UUID | None, UnitTimes] = field(default_factory=dict)

    @property
    def times(self) -> UnitTimes:
        """In time, late and overdue, of all units together."""
        return sum(self.units.values(), UnitTimes())

    @property
    def anything(self) -> bool:
        """Whether there is anything to tell."""
        return self != Figures()

    def __add__(self, other: "Figures") -> "Figures":
        return Figures(
            self.published + other.published, self.closed + other.closed, self.concluded + other.concluded,
            self.opinions + other.opinions, self.letters + other.letters, self.critiques + other.critiques,
            self.joiners + other.joiners, self.answered + other.answered,
            {key: self.units.get(key, UnitTimes()) + other.units.get(key, UnitTimes())
             for key in {*self.units, *other.units}},
        )  # fmt: skip


@dataclass(frozen=True)
class PeriodFigures:
    """A span, told as of the local day `as_of` (its last day, or today): by matter, by the body of today that answers,
    and by unit with its body. Every breakdown adds up to `total`."""

    span: Span
    as_of: date
    total: Figures
    matters: list[tuple[Consultation, Figures]]
    bodies: list[tuple[Organisation, Figures]]
    units: list[tuple[Unit | None, UnitTimes]]


def figures_of(
    session: Session, matters: Sequence[Consultation], span: Span, today: date, named: Collection[UUID] = ()
) -> PeriodFigures:
    """The figures of these matters within a span, as of the local day `today` at the latest; who sent something as far
    as everybody may know, but for the matters `named`. Ten statements and one for each matter in which a sender was
    asked, however many matters there are."""
    as_of = min(span.until, today)
    told = counted(session, matters, Span(span.since, as_of), named) if span.since <= as_of else {}
    return together(session, matters, told, span, as_of)


def together(
    session: Session, matters: Sequence[Consultation], told: Mapping[UUID, Figures], span: Span, as_of: date
) -> PeriodFigures:
    """The same of what was counted before, matter by matter. Two statements, and two for each step in which bodies were
    merged."""
    found = [(one, told[one.id]) for one in matters if one.id in told and told[one.id].anything]
    total = sum((own for _matter, own in found), Figures())
    return PeriodFigures(span, as_of, total, found, _bodies(session, found, as_of), _units(session, total))


def counted(
    session: Session, matters: Sequence[Consultation], span: Span, named: Collection[UUID] = ()
) -> dict[UUID, Figures]:
    """The figures of each of these matters by its id, as of the end of the span."""
    ids = [one.id for one in matters]
    if not ids:
        return {}
    terms = terms_of(session, matters)
    found = {one.id: _matter(one, span) for one in matters}
    for own, who, count in period_rows.received(session, ids, named, span):
        found[own].opinions[who] += count
    sent = {(own, kind): count for own, kind, count in period_rows.submissions(session, ids, span)}
    joined = {own: count for own, count in period_rows.joiners(session, ids, span)}
    late = _lateness(terms)
    for own, kind, day, number, unit, answered, disposition, count in period_rows.answered(session, ids, terms, span):
        found[own].answered[disposition] += count
        _add(found[own], unit, _times(late(own, kind, day, number, date.fromisoformat(answered)), count))
    open_ones = [one.id for one in matters if _still_owed(one, span)]
    for own, kind, day, number, unit, count in period_rows.waiting(session, open_ones, terms, span):
        if late(own, kind, day, number, span.until):
            _add(found[own], unit, UnitTimes(overdue=count))
    return {
        own: one + Figures(letters=sent.get((own, SubmissionKind.FORMAL), 0),
                           critiques=sent.get((own, SubmissionKind.CRITIQUE), 0), joiners=joined.get(own, 0))
        for own, one in found.items()
    }  # fmt: skip


def _matter(matter: Consultation, span: Span) -> Figures:
    return Figures(
        published=int(span.covers(matter.published_at)),
        closed=int(span.covers(matter.closes_at)),
        concluded=int(span.covers(matter.concluded_at)),
    )


def _still_owed(matter: Consultation, span: Span) -> bool:
    """Whether answers were owed at the end of a span: the matter was neither concluded nor stopped by then."""
    return all(moment is None or moment >= span.end for moment in (matter.concluded_at, matter.withdrawn_at))


def _lateness(terms: period_rows.Terms) -> Callable[[UUID, str, str, int, date], bool | None]:
    @lru_cache(maxsize=100_000)
    def due(own: UUID, kind: str, day: str, number: int) -> date | None:
        term = terms[own]
        start = term.start(kind, date.fromisoformat(day))
        return term.end(start, number or None) if start is not None else None

    def late(own: UUID, kind: str, day: str, number: int, on: date) -> bool | None:
        """Whether it was late on a day; None where no term is set."""
        if own not in terms:
            return None
        last = due(own, kind, day, number)
        return last is not None and last < on

    return late


def _times(late: bool | None, count: int) -> UnitTimes:
    if late is None:
        return UnitTimes()
    return UnitTimes(late=count) if late else UnitTimes(in_time=count)


def _add(one: Figures, unit: UUID | None, times: UnitTimes) -> None:
    one.units[unit] = one.units.get(unit, UnitTimes()) + times


def _bodies(
    session: Session, found: Iterable[tuple[Consultation, Figures]], day: date
) -> list[tuple[Organisation, Figures]]:
    of_each = list(found)
    then = heirs(session, {matter.answering_id for matter, _own in of_each}, day) if of_each else {}
    summed: dict[UUID, tuple[Organisation, Figures]] = {}
    for matter, own in of_each:
        body = then[matter.answering_id]
        summed[body.id] = body, summed.get(body.id, (body, Figures()))[1] + own
    return sorted(summed.values(), key=lambda one: one[0].name)


def _units(session: Session, total: Figures) -> list[tuple[Unit | None, UnitTimes]]:
    ids = [one for one in total.units if one is not None]
    wanted = select(Unit).where(Unit.id.in_(ids)).options(joinedload(Unit.organisation))
    rows: dict[UUID | None, Any] = {one.id: one for one in session.scalars(wanted)} if ids else {}
    lines = [(rows.get(own), times) for own, times in total.units.items() if times != UnitTimes()]
    return sorted(lines, key=lambda one: (one[0] is None, -one[1].overdue, -one[1].late, one[0].name if one[0] else ""))
