"""The facts of a matter that decide what may be done with it, read in one plain statement.

For requests that everybody makes at once, and inside the transaction of a submission: a whole Consultation, with its
bodies and rules, takes many times as long to load and is not needed there.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Select, bindparam, select, update

from consult.compiled_statements import CompiledStatement, Executor
from consult.consultations.document_models import Revision
from consult.consultations.models import Consultation
from consult.consultations.words import Disclosure, Kind, Procedure
from consult.errors import NotFound


@dataclass(slots=True)
class PolicyFacts:
    """A matter as the policy and the deadlines see it; a Consultation has all of this too, but `revised`: whether any
    of its documents has a second public draft."""

    id: UUID
    slug: str
    short_key: str
    title: str
    kind: Kind
    disclosure: Disclosure
    lead_id: UUID
    answering_id: UUID
    issuing_id: UUID
    procedure: Procedure
    published_at: datetime | None
    withdrawn_at: datetime | None
    concluded_at: datetime | None
    submitted_on: date | None
    opens_at: datetime | None
    closes_at: datetime | None
    sealed_at: datetime | None
    revised: bool


def _facts(where: ColumnElement[bool]) -> Select[Any]:
    second = select(Revision.id).where(
        Revision.consultation_id == Consultation.id, Revision.number > 1, Revision.published_at.is_not(None)
    )
    own = (getattr(Consultation, name) for name in PolicyFacts.__slots__ if name != "revised")
    return select(*own, second.correlate(Consultation).exists()).where(where)


_BY_SLUG = CompiledStatement(_facts(Consultation.slug == bindparam("slug")))
_BY_ID = CompiledStatement(_facts(Consultation.id == bindparam("id")))
_TOUCH = CompiledStatement(
    update(Consultation.__table__)  # type: ignore[arg-type]
    .where(Consultation.id == bindparam("of"))
    .values(content_version=Consultation.content_version + 1)
)


def by_slug(executor: Executor, slug: str) -> PolicyFacts:
    """The matter with this address; raises NotFound."""
    return _found(_BY_SLUG.first(executor, slug=slug))


def by_id(executor: Executor, consultation_id: UUID) -> PolicyFacts:
    """The matter as it is now, in the transaction under way; raises NotFound."""
    return _found(_BY_ID.first(executor, id=consultation_id))


def touch(executor: Executor, consultation_id: UUID) -> None:
    """Notes that public pages of the matter have changed (see Consultation.touch), whatever the session has loaded."""
    _TOUCH.execute(executor, of=consultation_id)


def _found(row: Sequence[Any] | None) -> PolicyFacts:
    if row is None:
        raise NotFound
    return PolicyFacts(*row)
