"""The days of matters that people put into their calendars: opening, last day, and the meeting that was announced."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from consult import clock
from consult.consultations.matter.calendar import last_day_of
from consult.consultations.models import Consultation, Period, PeriodExtension
from consult.consultations.words import MEETING_DAY, Audience
from consult.notices.following import subjects
from consult.notices.following.subjects import Subject

KEPT = timedelta(days=400)
"""So long after its end a matter stands in a calendar of many."""


@dataclass(frozen=True)
class MatterDay:
    """One day of a matter (`opens`, `closes`, `meets`), when it last changed, and how often it has moved."""

    kind: str
    matter: Consultation
    day: date
    changed_at: datetime
    moved: int = 0
    place: str = ""


def days_of(session: Session, subject: Subject | None, now: datetime) -> list[MatterDay]:
    """The days of what is followed, or of all public matters, in their order."""
    matters = subjects.matters_of(session, subject, now)
    moved = _moved(session, [one.id for one in matters])
    days = [day for one in matters for day in _days(one, *moved.get(one.id, (0, None)))]
    alone = subject is not None and subject.matter is not None
    recent = [one for one in days if alone or one.day > clock.local_day(now - KEPT)]
    return sorted(recent, key=lambda one: (one.day, one.kind, one.matter.slug))


def _days(matter: Consultation, moved: int, moved_at: datetime | None) -> Iterator[MatterDay]:
    if matter.published_at is None or matter.opens_at is None:
        return
    since = matter.withdrawn_at or matter.published_at
    yield MatterDay("opens", matter, clock.local_day(matter.opens_at), since)
    if matter.closes_at is not None:
        changed = matter.withdrawn_at or moved_at or matter.published_at
        yield MatterDay("closes", matter, last_day_of(matter.closes_at), changed, moved)
    meeting = (matter.project or {}).get(MEETING_DAY)
    if meeting:
        place = (matter.project or {}).get("meeting_place") or ""
        yield MatterDay("meets", matter, date.fromisoformat(meeting), since, place=place)


def _moved(session: Session, matters: list[UUID]) -> dict[UUID, tuple[int, datetime | None]]:
    """How often the end of the public period was moved, and when last."""
    rows = session.execute(
        select(PeriodExtension.consultation_id, func.count(), func.max(PeriodExtension.at))
        .select_from(Period)
        .join(Period.extensions)
        .where(PeriodExtension.consultation_id.in_(matters), Period.audience == Audience.PUBLIC)
        .group_by(PeriodExtension.consultation_id)
    )
    return {matter_id: (count, at) for matter_id, count, at in rows}
