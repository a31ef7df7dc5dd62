"""The facts of a matter that decide what may be done with it, read in one plain statement.

For requests that everybody makes at once, and inside the transaction of a submission: a whole Consultation, with its
bodies and rules, takes many times as long to load and is not needed there.
"""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Select, bindparam, select, update

from consult.compiled_statements import Prepared, Where
from consult.consultations.models import Consultation
from consult.consultations.words import Disclosure
from consult.errors import NotFound


@dataclass(slots=True)
class Glance:
    """A matter as the policy and the deadlines see it; a Consultation has all of this too."""

    id: UUID
    slug: str
    short_key: str
    title: str
    disclosure: Disclosure
    lead_id: UUID
    answering_id: UUID
    published_at: datetime | None
    withdrawn_at: datetime | None
    concluded_at: datetime | None
    submitted_on: date | None
    opens_at: datetime | None
    closes_at: datetime | None
    sealed_at: datetime | None


def _facts(where: ColumnElement[bool]) -> Select[Any]:
    return select(*(getattr(Consultation, name) for name in Glance.__slots__)).where(where)


_BY_SLUG = Prepared(_facts(Consultation.slug == bindparam("slug")))
_BY_ID = Prepared(_facts(Consultation.id == bindparam("id")))
_TOUCH = Prepared(
    update(Consultation.__table__)  # type: ignore[arg-type]
    .where(Consultation.id == bindparam("of"))
    .values(content_version=Consultation.content_version + 1)
)


def by_slug(where: Where, slug: str) -> Glance:
    """The matter with this address; raises NotFound."""
    return _found(_BY_SLUG.first(where, slug=slug))


def by_id(where: Where, consultation_id: UUID) -> Glance:
    """The matter as it is now, in the transaction under way; raises NotFound."""
    return _found(_BY_ID.first(where, id=consultation_id))


def touch(where: Where, consultation_id: UUID) -> None:
    """Notes that public pages of the matter have changed (see Consultation.touch), whatever the session has loaded."""
    _TOUCH.run(where, [{"of": consultation_id}])


def _found(row: list[Any] | None) -> Glance:
    if row is None:
        raise NotFound
    return Glance(*row)
