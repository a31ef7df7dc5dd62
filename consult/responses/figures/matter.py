"""The figures of one matter for who leads: where it stands, where the disagreement is, who spoke, who is late."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from consult.consultations.matter.answer_terms import AnswerTerm
from consult.consultations.models import Consultation
from consult.consultations.revisions.lineages import filed_drafts, lineages
from consult.people.models import Unit
from consult.responses.figures.cached_rows import kept_rows
from consult.responses.figures.facts import Counted, Row
from consult.submissions import anchors
from consult.submissions.anchors import NamedPlace

MOST_PLACES = 60
"""Clauses that are told by themselves; the others together."""


@dataclass(frozen=True)
class PlaceFigures:
    """A clause through all its drafts, a document or the matter as a whole; `at` is how the list is narrowed to it."""

    place: NamedPlace
    at: str
    counted: Counted


@dataclass(frozen=True)
class UnitFigures:
    """What one unit has in hand; `code` is how the list is narrowed to it, without a name what no unit has."""

    code: str
    name: str
    counted: Counted


@dataclass(frozen=True)
class MatterFigures:
    """Every breakdown has the sum `total.received`, those of `dispositions` have `total.answered`, and of `stances`
    those count that stand. `elsewhere` are the places that are not told by themselves, `more` how many."""

    total: Counted
    outcomes: Mapping[str, Counted]
    days: list[tuple[date, int]]
    places: list[PlaceFigures]
    elsewhere: Counted
    more: int
    bodies: list[tuple[str, Counted]]
    dispositions: Mapping[str, int]
    stances: Mapping[str, int]
    units: list[UnitFigures]


def figures(session: Session, matter: Consultation, term: AnswerTerm | None, today: date) -> MatterFigures:
    """The figures as of the local day `today`, in eleven statements at most."""
    found = kept_rows.of(session, matter, term, today)
    by = {what: [row for row in found if row.what == what] for what in {row.what for row in found}}
    places = _places(session, matter.id, by.get("place", []))
    return MatterFigures(
        total=_sum(row.counted for row in by.get("outcome", [])),
        outcomes={str(row.code): row.counted for row in by.get("outcome", [])},
        days=sorted((date.fromisoformat(str(row.code)), row.counted.received) for row in by.get("day", [])),
        places=places[:MOST_PLACES],
        elsewhere=_sum(one.counted for one in places[MOST_PLACES:]),
        more=len(places[MOST_PLACES:]),
        bodies=sorted(((str(row.code), row.counted) for row in by.get("body", [])), key=_most),
        dispositions={str(row.code): row.counted.received for row in by.get("disposition", [])},
        stances={row.code or "": row.counted.received for row in by.get("stance", [])},
        units=_units(session, by.get("unit", [])),
    )


def _sum(counted: Iterable[Counted]) -> Counted:
    return sum(counted, Counted())


def _most(one: tuple[str, Counted]) -> tuple[int, str]:
    return -one[1].received, one[0]


def _places(session: Session, consultation_id: UUID, rows: list[Row]) -> list[PlaceFigures]:
    """Where most is refused or opposed first; what stands on one clause in several drafts counts together."""
    lines = lineages(session, consultation_id, {row.id for row in rows if row.id is not None})
    filed = filed_drafts(session, consultation_id)
    counted: dict[Any, Counted] = {}
    provisions: dict[Any, UUID] = {}
    for row in rows:
        key = lines.key(row.id) if row.id is not None else row.document or 0
        counted[key] = counted.get(key, Counted()) + row.counted
        if row.id is not None:
            provisions[key] = row.id
    found = [_place(lines, filed, key, provisions.get(key), own) for key, own in counted.items()]
    return sorted(found, key=_disagreement)


def _place(lines: Any, filed: Any, key: Any, provision: UUID | None, counted: Counted) -> PlaceFigures:
    if provision is None:
        title = filed[key].title if key in filed else ""
        return PlaceFigures(NamedPlace(key, title), str(key), counted)
    place = lines.newest(provision)
    document = filed[place.document]
    named = NamedPlace(place.document, document.title, place.revision, document.drafts, place.path)
    return PlaceFigures(named, anchors.written(place.document, place.revision, place.path), counted)


def _disagreement(one: PlaceFigures) -> tuple[int, int, int, str]:
    counted = one.counted
    return -(counted.opposed + counted.refused), -counted.received, one.place.document, one.place.path


def _units(session: Session, rows: list[Row]) -> list[UnitFigures]:
    """Who has most that is late first, and what nobody has at the end."""
    ids = {row.id for row in rows if row.id is not None}
    names = {one.id: one.name for one in session.scalars(select(Unit).where(Unit.id.in_(ids)))} if ids else {}
    found = [
        UnitFigures(str(row.id), names[row.id], row.counted)
        if row.id is not None
        else UnitFigures(str(row.code), "", row.counted)
        for row in rows
    ]
    return sorted(found, key=lambda one: (not one.name, -one.counted.late, -one.counted.awaiting, one.name))
