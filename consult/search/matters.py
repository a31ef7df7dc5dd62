"""The matters that a page of results speaks of, as plain values in one statement."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import Uuid, bindparam, or_, select
from sqlalchemy.orm import Session

from consult.compiled_statements import CompiledStatement
from consult.consultations.models import Consultation
from consult.consultations.words import Procedure
from consult.policy import ANYBODY, Action, decide
from consult.search.engines.seam import PAGE_SIZE

OFFERED = 50
NOBODY = UUID(int=0)

_COLUMNS = (
    Consultation.id,
    Consultation.slug,
    Consultation.title,
    Consultation.lead_id,
    Consultation.answering_id,
    Consultation.issuing_id,
    Consultation.procedure,
    Consultation.published_at,
    Consultation.withdrawn_at,
    Consultation.concluded_at,
    Consultation.opens_at,
    Consultation.closes_at,
    Consultation.sealed_at,
)
_NEWEST = (
    select(Consultation.id)
    .where(Consultation.published_at.is_not(None))
    .order_by(Consultation.published_at.desc())
    .limit(OFFERED)
)
_OFFERED = CompiledStatement(
    select(*_COLUMNS)
    .where(or_(Consultation.id.in_(_NEWEST.scalar_subquery()), Consultation.slug == bindparam("slug")))
    .order_by(Consultation.published_at.desc())
)
_NAMED = CompiledStatement(
    select(*_COLUMNS).where(Consultation.id.in_([bindparam(f"id{n}", type_=Uuid()) for n in range(PAGE_SIZE)]))
)


@dataclass
class Matter:
    """What search needs to know of a public matter."""

    id: UUID
    slug: str
    title: str
    lead_id: UUID
    answering_id: UUID
    issuing_id: UUID
    procedure: Procedure
    published_at: datetime | None
    withdrawn_at: datetime | None
    concluded_at: datetime | None
    opens_at: datetime | None
    closes_at: datetime | None
    sealed_at: datetime | None


def offered(session: Session, slug: str, now: datetime) -> list[Matter]:
    """The newest public matters, and the one with this slug, in one statement."""
    return _public(_OFFERED.all(session, slug=slug), now)


def named(session: Session, ids: Iterable[UUID], now: datetime) -> list[Matter]:
    """Those of these at most PAGE_SIZE matters that are public, in one statement; none when none are asked for."""
    wanted = list(ids)
    if not wanted:
        return []
    filled = {f"id{number}": wanted[number] if number < len(wanted) else NOBODY for number in range(PAGE_SIZE)}
    return _public(_NAMED.all(session, **filled), now)


def _public(rows: Sequence[Sequence[object]], now: datetime) -> list[Matter]:
    found = (Matter(*row) for row in rows)  # type: ignore[arg-type]
    return [one for one in found if decide(ANYBODY, Action.READ_MATTER, one, now) is None]
