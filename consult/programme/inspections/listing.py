"""The public results of inspections, narrowed by body, commune, year and what became of the remedy; and the own ones of
a programme."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import cache
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Select, and_, func, select
from sqlalchemy.orm import Session, aliased, contains_eager, joinedload, selectinload

from consult.consultations.models import Consultation
from consult.people.heirs import with_predecessors
from consult.people.models import Area, Organisation
from consult.people.territory import areas_within
from consult.programme.head_models import Programme
from consult.programme.inspections.models import Inspection, InspectionVersion
from consult.programme.promise_models import Promise
from consult.programme.words import PromiseKind

PAGE_SIZE = 50
MOST_LINES = 20_000
STATES = ("late", "open", "done", "breach")
"""A remedy that is late, that is owed at all, that was carried out; and every result with a breach."""
_NEWEST = (InspectionVersion.decision_on.desc(), Inspection.consultation_id, Inspection.number.desc())


@dataclass(frozen=True)
class Asked:
    """What a reader narrows the list by; `area_id` takes in an area under all its names, `body_id` who it took over
    from."""

    state: str = ""
    body_id: UUID | None = None
    area_id: UUID | None = None
    year: int | None = None


def listed(session: Session, asked: Asked, today: date, limit: int, offset: int = 0) -> Sequence[InspectionVersion]:
    """The newest public version of each, the newest decision first; of late remedies those that are late longest. One
    statement, and those that tell which communes lie within an area."""
    order = (Promise.due_on, Inspection.consultation_id, Inspection.number) if asked.state == "late" else _NEWEST
    wanted = _public().where(*_conditions(session, asked, today)).order_by(*order).limit(limit).offset(offset)
    return session.scalars(wanted).unique().all()


def table(session: Session, asked: Asked, today: date) -> Sequence[tuple[Any, ...]]:
    """The same, as many as a file holds, and of each only what the file tells: numbers of the result and of its
    version, title of the programme, who inspects; who was inspected by the list and as typed, kind, area; subject and
    day, number and day of the decision, breaches, fine, remedy with its day, end and ending; when it was published;
    address of the programme."""
    body, inspected = aliased(Organisation), aliased(Organisation)
    order = (Promise.due_on, Inspection.consultation_id, Inspection.number) if asked.state == "late" else _NEWEST
    one = InspectionVersion
    wanted = _joined().with_only_columns(
        Inspection.number, one.number, Consultation.title, body.name, inspected.name, one.inspected_name,
        one.inspected_kind, Area.name, one.subject, one.inspected_on, one.decision_number, one.decision_on,
        one.breaches, one.fine, one.remedy, Promise.due_on, Promise.ended_on, Promise.ending, one.released_at,
        Consultation.slug,
    ).join(Inspection.body.of_type(body)).outerjoin(one.inspected.of_type(inspected)).outerjoin(one.area)  # fmt: skip
    ordered = wanted.join(Inspection.programme).join(Programme.matter).where(*_conditions(session, asked, today))
    return [tuple(row) for row in session.execute(ordered.order_by(*order).limit(MOST_LINES))]


def newest(session: Session, limit: int) -> Sequence[InspectionVersion]:
    """What was published or corrected last. One statement."""
    order = (InspectionVersion.released_at.desc(), InspectionVersion.id)
    return session.scalars(_public().order_by(*order).limit(limit)).unique().all()


def sums(session: Session, today: date) -> tuple[int, int]:
    """How many results are public, and of how many the remedy is late. Two statements."""
    public = select(func.count()).select_from(Inspection).where(Inspection.public_version.is_not(None))
    late = public.join(Inspection.promise).where(Promise.kind == PromiseKind.REMEDY, *_late(today))
    return session.scalar(public) or 0, session.scalar(late) or 0


def years(session: Session) -> list[int]:
    """From the newest to the oldest year of a public decision. One statement."""
    columns = func.min(InspectionVersion.decision_on), func.max(InspectionVersion.decision_on)
    first, last = session.execute(select(*columns).where(InspectionVersion.released_at.is_not(None))).one()
    return list(range(last.year, first.year - 1, -1)) if first else []


def bodies(session: Session) -> list[tuple[str, str]]:
    """The bodies that published any, by name. One statement, which grows with the bodies alone."""
    own = (Inspection.body_id == Organisation.id, Inspection.public_version.is_not(None))
    published = select(Inspection.id).where(*own).correlate(Organisation).exists()
    found = session.scalars(select(Organisation).where(published).order_by(Organisation.folded_name, Organisation.id))
    return [(str(one.id), one.name) for one in found]


def of_programme(session: Session, programme: Programme, limit: int, offset: int = 0) -> Sequence[Inspection]:
    """All of a programme, public or not, the newest first."""
    own = select(Inspection).where(Inspection.consultation_id == programme.consultation_id)
    whole = selectinload(Inspection.versions).joinedload(InspectionVersion.inspected)
    areas = selectinload(Inspection.versions).joinedload(InspectionVersion.area)
    wanted = own.options(whole, areas, joinedload(Inspection.promise)).order_by(Inspection.number.desc())
    return session.scalars(wanted.limit(limit).offset(offset)).all()


def published_at(one: InspectionVersion) -> datetime:
    """When a public version became public."""
    assert one.released_at is not None
    return one.released_at


@cache
def _public() -> Select[InspectionVersion]:
    return _joined().options(
        contains_eager(InspectionVersion.inspection).options(
            joinedload(Inspection.body), joinedload(Inspection.programme), contains_eager(Inspection.promise)
        ),
        joinedload(InspectionVersion.inspected),
        joinedload(InspectionVersion.area),
    )


@cache
def _joined() -> Select[InspectionVersion]:
    joined = select(InspectionVersion).join(InspectionVersion.inspection).outerjoin(Inspection.promise)
    return joined.where(InspectionVersion.number == Inspection.public_version)


def _conditions(session: Session, asked: Asked, today: date) -> list[ColumnElement[bool]]:
    found: list[ColumnElement[bool]] = []
    if asked.state == "late":
        found.append(and_(*_late(today)))
    elif asked.state in ("open", "done"):
        found.append(and_(*_owed()) if asked.state == "open" else and_(Promise.ending == "done"))
    elif asked.state == "breach":
        found.append(func.json_array_length(InspectionVersion.breaches) > 0)
    if asked.body_id is not None:
        found.append(Inspection.body_id.in_(with_predecessors(session, asked.body_id, today)))
    if asked.area_id is not None:
        found.append(InspectionVersion.area_id.in_(areas_within(session, asked.area_id, today)))
    if asked.year is not None:
        found.append(InspectionVersion.decision_on >= date(asked.year, 1, 1))
        found.append(InspectionVersion.decision_on < date(asked.year + 1, 1, 1))
    return found


@cache
def _owed() -> tuple[ColumnElement[bool], ...]:
    return Promise.public_at.is_not(None), Promise.ended_on.is_(None)


def _late(today: date) -> tuple[ColumnElement[bool], ...]:
    return *_owed(), Promise.due_on < today
