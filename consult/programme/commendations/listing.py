"""The commendations of who agreed to be named."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from sqlalchemy import ColumnElement, func, select
from sqlalchemy.orm import Session, joinedload

from consult.errors import NotFound
from consult.people.territory import areas_within
from consult.programme.commendations.models import Commendation
from consult.programme.head_models import Programme
from consult.programme.practices.models import Practice
from consult.programme.words import CommendedKind

PAGE_SIZE = 50
MOST_LINES = 20_000
_PUBLIC = (Commendation.released_at.is_not(None), Commendation.withdrawn_at.is_(None))
_WHOLE = (
    joinedload(Commendation.body), joinedload(Commendation.deciding), joinedload(Commendation.area),
    joinedload(Commendation.programme),
)  # fmt: skip


@dataclass(frozen=True)
class CommendationFilters:
    """What a reader narrows the list by: whom it is for, within which area (under all its names), and the year of the
    decision."""

    kind: CommendedKind | None = None
    area_id: UUID | None = None
    year: int | None = None


def listed(
    session: Session, asked: CommendationFilters, today: date, limit: int, offset: int = 0
) -> Sequence[Commendation]:
    """The public ones that are asked for on a local day, those made public last first."""
    wanted = select(Commendation).where(*_conditions(session, asked, today)).options(*_WHOLE)
    ordered = wanted.order_by(Commendation.released_at.desc(), Commendation.consultation_id, Commendation.number.desc())
    return session.scalars(ordered.limit(limit).offset(offset)).all()


def of_programme(session: Session, consultation_id: UUID, limit: int) -> Sequence[Commendation]:
    """The public ones of one programme, those made public last first."""
    own = select(Commendation).where(Commendation.consultation_id == consultation_id, *_PUBLIC).options(*_WHOLE)
    return session.scalars(own.order_by(Commendation.released_at.desc(), Commendation.number.desc()).limit(limit)).all()


def years(session: Session) -> list[int]:
    """From the newest to the oldest year of a decision that is public. One statement."""
    columns = func.min(Commendation.decided_on), func.max(Commendation.decided_on)
    first, last = session.execute(select(*columns).where(*_PUBLIC)).one()
    return list(range(last.year, first.year - 1, -1)) if first and last else []


def public_commendation(session: Session, programme: Programme, number: int) -> Commendation:
    """The one of this number while it is public. Raises NotFound."""
    own = Commendation.consultation_id == programme.consultation_id, Commendation.number == number
    found = session.scalar(select(Commendation).where(*own, *_PUBLIC).options(*_WHOLE))
    if found is None:
        raise NotFound
    return found


def practice_beside(session: Session, one: Commendation) -> Practice | None:
    """The public model that goes with it; none beside a person: that of a parish would tell what they believe."""
    if one.kind is CommendedKind.PERSON:
        return None
    own = Practice.consultation_id == one.consultation_id, Practice.number == one.practice_number
    return session.scalar(select(Practice).where(*own, Practice.public_at.is_not(None)))


def _conditions(session: Session, asked: CommendationFilters, today: date) -> list[ColumnElement[bool]]:
    found: list[ColumnElement[bool]] = [*_PUBLIC]
    if asked.kind is not None:
        found.append(Commendation.kind == asked.kind)
    if asked.area_id is not None:
        found.append(Commendation.area_id.in_(areas_within(session, asked.area_id, today)))
    if asked.year is not None:
        found.append(Commendation.decided_on.between(date(asked.year, 1, 1), date(asked.year, 12, 31)))
    return found
