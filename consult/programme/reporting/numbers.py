"""A number of a report: a statement that lists what is counted. The count is that of its rows, so that no number can
differ from the list behind it."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property
from typing import Any
from uuid import UUID

from sqlalchemy import Select, func, select
from sqlalchemy.orm import Session

from consult.consultations.models import Consultation
from consult.consultations.words import ASKS_NOBODY, Kind
from consult.people.heirs import with_predecessors
from consult.programme.head_models import Programme
from consult.programme.words import ReportKind
from consult.responses.figures.span import Span

Listed = Select[*tuple[Any, ...]]


@dataclass(frozen=True)
class Scope:
    """What is reported on: a programme, over the days of a span, as of the local day `as_of` (its last day, or the day
    on which it is counted)."""

    session: Session
    programme: Programme
    span: Span
    as_of: date

    @property
    def own(self) -> UUID:
        """The id of the programme's matter."""
        return self.programme.consultation_id

    @cached_property
    def bodies(self) -> frozenset[UUID]:
        """Both parties and every body that they took over from."""
        return frozenset().union(
            *(with_predecessors(self.session, party, self.as_of) for party in self.programme.parties)
        )

    @cached_property
    def _matters(self) -> Sequence[Consultation]:
        public = Consultation.published_at.is_not(None) & (Consultation.published_at < self.span.end)
        ours = Consultation.answering_id.in_(self.bodies) | Consultation.lead_id.in_(self.bodies)
        wanted = select(Consultation).where(public, ours, Consultation.kind.not_in(ASKS_NOBODY))
        return self.session.scalars(wanted.order_by(Consultation.published_at, Consultation.id)).all()

    def matters(self, kind: Kind | None = None) -> dict[UUID, Consultation]:
        """The matters of both parties that were public by the end of the span, by their ids: those that ask about a
        draft, or the years of `kind`."""
        return {one.id: one for one in self._matters if (one.kind is kind if kind else one.kind.has_draft)}

    def of_year(self, year: int) -> "Scope":
        """The same for what lies in one year."""
        since, until = max(self.span.since, date(year, 1, 1)), min(self.span.until, date(year, 12, 31))
        return replace(self, span=Span(since, until), as_of=min(self.as_of, until))


@dataclass(frozen=True)
class Row:
    """A line of the list behind a number: what, whose, since or until which day (YYYY-MM-DD), when it ended, how it
    stands as a code (`report_state.<code>`), and the page that tells more, below the root of the site. Nothing in it
    names a person."""

    text: str
    body: str = ""
    day: str = ""
    ended: str = ""
    state: str = ""
    path: str = ""


@dataclass(frozen=True)
class Number:
    """What is counted (`report_number.<code>` in the catalogues), the ordered statement of its rows, and how a row is
    told. What `adds_up` is counted on one day: the sum of the years is the number of all of them; what is only true as
    of a day does not."""

    code: str
    listed: Listed
    told: Callable[[Any], Row]
    adds_up: bool = True

    def count(self, session: Session) -> int:
        """How many rows there are. One statement."""
        counted = select(func.count()).select_from(self.listed.order_by(None).subquery())
        return session.scalar(counted) or 0

    def rows(self, session: Session, limit: int | None = None, offset: int = 0) -> Iterator[Row]:
        """The rows in their order. One statement."""
        for row in session.execute(self.listed.limit(limit).offset(offset)):
            yield self.told(row)


EVERY = frozenset(ReportKind)


@dataclass(frozen=True)
class Section:
    """What one room tells of a programme (`report_section.<name>` in the catalogues): its numbers within a scope, in
    the order in which they are told, and in which `kinds` of reports. What the parties do under no programme (`apart`)
    is told by that of two alone: a programme of many would tell it a second time."""

    name: str
    numbers: Callable[[Scope], Sequence[Number]]
    kinds: frozenset[ReportKind] = EVERY
    apart: bool = False
