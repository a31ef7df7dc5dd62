"""Lists of cases: for the desk, and for anybody by commune, kind and how they stand; each a constant number of
statements."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Select, case, func, select
from sqlalchemy.orm import Session, contains_eager, joinedload

from consult.consultations.models import Consultation
from consult.consultations.words import Kind
from consult.people.models import Area, Organisation
from consult.people.territory import areas_within
from consult.programme.promise_models import Promise
from consult.programme.sightings.models import CaseSighting, SightingCase, SolvedWord
from consult.programme.words import PromiseKind
from consult.relationships import along
from consult.submissions.comments.outcome import Outcome
from consult.submissions.comments.standing import outcome_is
from consult.submissions.comments.visible import set_apart_expression
from consult.submissions.models import Comment, CommentAct, CommentVersion
from consult.submissions.sighting_models import SightingPlace
from consult.submissions.words import CommentActKind, SightingKind

PAGE_SIZE = 50
MOST_LINES = 20_000
"""Lines of a file: who wants more narrows it."""
MOST_POINTS = 500
"""On a map; the newest."""
STATES = ("open", "late", "ended", "all")


@dataclass(frozen=True)
class CaseFilters:
    """What a reader narrows the cases by: how they stand (`open`, `late`, `ended`, `all`), within which area (under all
    its names), of which kind."""

    state: str = "open"
    area_id: UUID | None = None
    kind: SightingKind | None = None


@dataclass(frozen=True)
class CaseLine:
    """A case with the number of its sightings, and how often it was opened again."""

    case: SightingCase
    sightings: int
    reopened: int

    @property
    def promise(self) -> Promise:
        """Who deals with it until when."""
        return self.case.promise


@dataclass(frozen=True)
class JoinedSighting:
    """A sighting of a case as the desk reads it; whether it awaits an answer of its own."""

    number: int
    text: str
    place: SightingPlace | None
    awaits: bool


def conditions(session: Session, asked: CaseFilters, today: date) -> list[ColumnElement[bool]]:
    """The columns by which the public list is narrowed on a local day."""
    found: list[ColumnElement[bool]] = [Promise.kind == PromiseKind.CASE, Promise.public_at.is_not(None)]
    if asked.state != "all":
        found.append(Promise.ended_on.is_not(None) if asked.state == "ended" else Promise.ended_on.is_(None))
    if asked.state == "late":
        found.append(Promise.due_on < today)
    if asked.area_id is not None:
        found.append(Promise.area_id.in_(areas_within(session, asked.area_id, today)))
    if asked.kind is not None:
        found.append(SightingCase.kind == asked.kind)
    return found


def listed(session: Session, asked: CaseFilters, today: date, limit: int, offset: int = 0) -> list[CaseLine]:
    """The public cases that are asked for: what is open by its day, so that what is late comes first; of what ended the
    newest end, of all the newest."""
    order = _ORDERS.get(asked.state, _NEWEST)
    found = _page(session, conditions(session, asked, today), order, limit, offset)
    reports, again = _counts(session, found)
    return [CaseLine(one, reports.get(one.id, 0), again.get(one.id, 0)) for one in found]


def table(session: Session, asked: CaseFilters, today: date) -> list[tuple[tuple[Any, ...], int, int]]:
    """The same, as many as a file holds, and of each only what the file tells: id, number, kind, text, place, area,
    degrees, first seen, who deals with it, first day, day, end, address of the matter; how many report it, and how
    often it was opened again."""
    order = _ORDERS.get(asked.state, _NEWEST)
    wanted = select(
        SightingCase.id, Promise.number, SightingCase.kind, Promise.text, SightingCase.place, Area.name,
        SightingCase.latitude, SightingCase.longitude, SightingCase.seen_on, Organisation.name, Promise.first_due_on,
        Promise.due_on, Promise.ended_on, Consultation.slug,
    ).join(SightingCase.promise).join(Promise.by).outerjoin(Promise.area).join(Promise.matter)  # fmt: skip
    narrowed = wanted.where(*conditions(session, asked, today)).order_by(*order)
    rows = session.execute(narrowed.limit(MOST_LINES)).all()
    reports, again = _counts(session, None)
    return [(tuple(row), reports.get(row[0], 0), again.get(row[0], 0)) for row in rows]


def with_points(session: Session, asked: CaseFilters, today: date) -> list[CaseLine]:
    """Of these the newest that have a point, as many as a map holds, and of what is late what is late longest; who
    reports them is not counted."""
    known = (SightingCase.latitude.is_not(None), SightingCase.longitude.is_not(None))
    wanted, order = [*conditions(session, asked, today), *known], _BY_DAY if asked.state == "late" else _NEWEST
    return [CaseLine(one, 0, 0) for one in _page(session, wanted, order, MOST_POINTS)]


def sums(session: Session, today: date) -> tuple[int, int, int]:
    """How many public cases are open, late and ended."""
    public = (Promise.kind == PromiseKind.CASE, Promise.public_at.is_not(None))
    still = Promise.ended_on.is_(None)
    counted = func.count().filter(still), func.count().filter(still, Promise.due_on < today)
    open_, late, all_ = session.execute(select(*counted, func.count()).where(*public)).one()
    return open_, late, all_ - open_


def of_matter(session: Session, matter: Consultation, limit: int, page: int = 1) -> Sequence[SightingCase]:
    """The cases of a matter for its desk, public or not, what is open and due first."""
    wanted = select(SightingCase).join(SightingCase.promise).options(
        contains_eager(SightingCase.promise).options(joinedload(Promise.by), joinedload(Promise.area))
    )  # fmt: skip
    ordered = wanted.order_by(Promise.ended_on.is_not(None), Promise.due_on, Promise.number)
    own = ordered.where(SightingCase.consultation_id == matter.id)
    return session.scalars(own.limit(limit).offset((page - 1) * PAGE_SIZE)).all()


def sightings_of(session: Session, one: SightingCase) -> list[JoinedSighting]:
    """The sightings of a case as the desk reads them, the first first; of one that was set apart since neither words
    nor place."""
    newest = select(CommentVersion.text).where(along(Comment.versions)).order_by(CommentVersion.version.desc()).limit(1)
    text = case((set_apart_expression(), ""), else_=newest.correlate(Comment).scalar_subquery())
    own = (CaseSighting.consultation_id == one.consultation_id, CaseSighting.case_id == one.id)
    wanted = (
        select(Comment.number, text, SightingPlace, outcome_is(Outcome.AWAITING), set_apart_expression())
        .select_from(CaseSighting)
        .join(CaseSighting.comment)
        .outerjoin(SightingPlace, along(SightingPlace.comment))
        .where(*own)
    )
    # Put in order here: by an index of numbers a database would look at every comment of the matter.
    found = [
        JoinedSighting(number, words or "", None if apart else place, bool(awaits))
        for number, words, place, awaits, apart in session.execute(wanted)
    ]
    return sorted(found, key=lambda one: one.number)


def takers(session: Session) -> Sequence[Consultation]:
    """The public matters that take sightings, the newest first; whether they are open says their stage."""
    wanted = select(Consultation).where(Consultation.kind == Kind.SIGHTINGS, Consultation.published_at.is_not(None))
    return session.scalars(wanted.options(joinedload(Consultation.answering)).order_by(Consultation.slug)).all()


def newly_ended(session: Session, limit: int) -> Sequence[Promise]:
    """The public cases that ended last, the last first."""
    ended = (Promise.kind == PromiseKind.CASE, Promise.ended_on.is_not(None), Promise.public_at.is_not(None))
    whole = (joinedload(Promise.by), joinedload(Promise.matter))
    newest = Promise.ended_on.desc(), Promise.consultation_id, Promise.number
    return session.scalars(select(Promise).where(*ended).options(*whole).order_by(*newest).limit(limit)).all()


def newly_reopened(session: Session, limit: int) -> Sequence[SolvedWord]:
    """The last times that a public case was opened again, the last first."""
    again = select(SolvedWord).join(SolvedWord.case).join(SightingCase.promise)
    told = SolvedWord.due_on.is_not(None), Promise.public_at.is_not(None)
    whole = joinedload(Promise.by), joinedload(Promise.matter)
    promises = contains_eager(SolvedWord.case).contains_eager(SightingCase.promise).options(*whole)
    newest = again.where(*told).options(promises).order_by(SolvedWord.said_at.desc(), SolvedWord.id)
    return session.scalars(newest.limit(limit)).all()


_NEWEST = (Promise.public_at.desc(), Promise.consultation_id, Promise.number)
_BY_DAY = (Promise.due_on, Promise.consultation_id, Promise.number)
_ORDERS = {"open": _BY_DAY, "late": _BY_DAY, "ended": (Promise.ended_on.desc(), *_BY_DAY)}


@cache
def _cases() -> Select[SightingCase]:
    whole = contains_eager(SightingCase.promise).options(
        joinedload(Promise.by), joinedload(Promise.area), joinedload(Promise.matter)
    )  # fmt: skip
    return select(SightingCase).join(SightingCase.promise).options(whole)


def _page(
    session: Session, narrowed: Sequence[ColumnElement[bool]], order: Sequence[Any], limit: int, offset: int = 0
) -> Sequence[SightingCase]:
    """The cases of a page with all that is told of them: first which ones they are, so that nothing but their keys is
    put in order. Two statements."""
    keys = select(SightingCase.consultation_id, SightingCase.id).join(SightingCase.promise).where(*narrowed)
    found = session.execute(keys.order_by(*order).limit(limit).offset(offset)).all()
    matters, ids = {matter for matter, _id in found}, [one for _matter, one in found]
    own = (SightingCase.consultation_id.in_(matters), SightingCase.id.in_(ids))
    return session.scalars(_cases().where(*own).order_by(*order)).all() if found else []


def _counts(session: Session, cases: Sequence[SightingCase] | None) -> tuple[dict[UUID, int], dict[UUID, int]]:
    """By the id of a case how many sightings it has that are not set apart, and how often it was opened again; of all
    cases for None. Three statements: what was set apart is rare, so that it is looked for and taken off."""
    of_cases, of_words = _of_cases(CaseSighting, cases), _of_cases(SolvedWord, cases)
    joined = _by_case(session, select(CaseSighting.case_id, func.count()).where(*of_cases), CaseSighting.case_id)
    within = {one.consultation_id for one in cases} if cases is not None else select(Consultation.id).where(
        Consultation.kind == Kind.SIGHTINGS
    )  # fmt: skip
    apart = select(CommentAct.comment_id).where(CommentAct.consultation_id.in_(within), CommentAct.kind.in_(_APART))
    hidden = select(CaseSighting.case_id, func.count()).join(CaseSighting.comment).where(
        *of_cases, CaseSighting.comment_id.in_(apart), set_apart_expression()
    )  # fmt: skip
    less = _by_case(session, hidden, CaseSighting.case_id)
    reopened = select(SolvedWord.case_id, func.count()).where(*of_words, SolvedWord.due_on.is_not(None))
    reports = {key: count - less.get(key, 0) for key, count in joined.items()}
    return reports, _by_case(session, reopened, SolvedWord.case_id)


_APART = (CommentActKind.QUARANTINED, CommentActKind.PASSED_ON)


def _of_cases(
    table: type[CaseSighting | SolvedWord], cases: Sequence[SightingCase] | None
) -> list[ColumnElement[bool]]:
    if cases is None:
        return []
    matters = {one.consultation_id for one in cases}
    return [table.consultation_id.in_(matters), table.case_id.in_([one.id for one in cases])]


def _by_case(session: Session, counted: Select[UUID, int], column: Any) -> dict[UUID, int]:
    return {key: count for key, count in session.execute(counted.group_by(column))}
