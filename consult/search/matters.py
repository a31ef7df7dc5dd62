"""The matters that a page of results speaks of, as plain values in one statement."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import BigInteger, Uuid, bindparam, cast, func, or_, select
from sqlalchemy.orm import Session

from consult.compiled_statements import CompiledStatement
from consult.consultations.models import Consultation
from consult.consultations.words import Procedure
from consult.data.models import SynonymGroup
from consult.policy import ANYBODY, Action, decide
from consult.search.engines.seam import PAGE_SIZE

OFFERED = 50
NOBODY = UUID(int=0)

COLUMNS = (
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
PUBLISHED = Consultation.published_at
SYNONYMS = select(cast(func.coalesce(func.sum(SynonymGroup.stamp), 0), BigInteger)).scalar_subquery()
_NEWEST = (
    select(Consultation.id)
    .where(Consultation.published_at.is_not(None))
    .order_by(Consultation.published_at.desc(), Consultation.id)
    .limit(OFFERED)
)
# Which words mean the same is told along: what was read of them is then known to hold, without a statement of its own.
_OFFERED = CompiledStatement(
    select(*COLUMNS, SYNONYMS)
    .where(or_(Consultation.id.in_(_NEWEST.scalar_subquery()), Consultation.slug == bindparam("slug")))
    .order_by(Consultation.published_at.desc(), Consultation.id)
)
_NAMED = CompiledStatement(
    select(*COLUMNS).where(Consultation.id.in_([bindparam(f"id{n}", type_=Uuid()) for n in range(PAGE_SIZE)]))
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


@dataclass(frozen=True)
class Offered:
    """Matters to choose from, and the stamp of the words that mean the same."""

    matters: list[Matter]
    synonyms: int


def offered(session: Session, slug: str, now: datetime) -> Offered:
    """The newest public matters, and the one with this slug, in one statement."""
    rows = _OFFERED.all(session, slug=slug)
    return Offered(public([row[:-1] for row in rows], now), int(rows[0][-1]) if rows else 0)


def named(session: Session, ids: Iterable[UUID], now: datetime) -> list[Matter]:
    """Those of these at most PAGE_SIZE matters that are public, in one statement; none when none are asked for."""
    wanted = list(ids)
    if not wanted:
        return []
    filled = {f"id{number}": wanted[number] if number < len(wanted) else NOBODY for number in range(PAGE_SIZE)}
    return public(_NAMED.all(session, **filled), now)


def public(rows: Sequence[Sequence[object]], now: datetime) -> list[Matter]:
    """Those of these rows of COLUMNS that anybody may read at the instant `now`."""
    found = (Matter(*row) for row in rows)  # type: ignore[arg-type]
    return [one for one in found if decide(ANYBODY, Action.READ_MATTER, one, now) is None]
