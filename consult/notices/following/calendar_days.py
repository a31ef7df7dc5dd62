"""The days of matters that people put into their calendars: opening, last day, the meeting that was announced, until
when answers are due, and from when the text that was issued is in force."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from consult import clock
from consult.consultations.document_models import IssuedText
from consult.consultations.matter.answer_terms import extensions_of, terms_of
from consult.consultations.matter.calendar import last_day_of
from consult.consultations.models import Consultation, Period, PeriodExtension
from consult.consultations.words import MEETING_DAY, Audience
from consult.notices.following import subjects
from consult.notices.following.subjects import Subject

KEPT = timedelta(days=400)
"""So long after its end a matter stands in a calendar of many."""


@dataclass(frozen=True)
class MatterDay:
    """One day of a matter (`opens`, `closes`, `meets`, `answers`, `in_force`), when it last changed, and how often it
    has moved."""

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
    days += [*_answers(session, matters, moved), *_in_force(session, matters)]
    alone = subject is not None and subject.matter is not None
    recent = [one for one in days if alone or one.day > clock.local_day(now - KEPT)]
    return sorted(recent, key=lambda one: (one.day, one.kind, one.matter.slug))


def _days(matter: Consultation, moved: int, moved_at: datetime | None) -> Iterator[MatterDay]:
    if matter.published_at is None or matter.opens_at is None:
        return
    since = matter.withdrawn_at or matter.published_at
    yield MatterDay("opens", matter, clock.local_day(matter.opens_at), since)
    if matter.closes_at is not None and not matter.kind.standing:
        changed = matter.withdrawn_at or moved_at or matter.published_at
        yield MatterDay("closes", matter, last_day_of(matter.closes_at), changed, moved)
    meeting = (matter.project or {}).get(MEETING_DAY)
    if meeting:
        place = (matter.project or {}).get("meeting_place") or ""
        yield MatterDay("meets", matter, date.fromisoformat(meeting), since, place=place)


def _answers(
    session: Session, matters: Sequence[Consultation], moved: Mapping[UUID, tuple[int, datetime | None]]
) -> Iterator[MatterDay]:
    """Until when what comes in during the public period should be answered, as long as the matter lasts."""
    extensions, terms = extensions_of(session, [one.id for one in matters]), terms_of(session, matters)
    for matter in matters:
        term = terms.get(matter.id)
        if term is None or term.public_day is None or matter.published_at is None:
            continue
        made, (count, at) = extensions.get(matter.id, []), moved.get(matter.id, (0, None))
        changed = max(matter.withdrawn_at or matter.published_at, at or matter.published_at, *(one.at for one in made))
        yield MatterDay("answers", matter, term.public_day, changed, count + len(made))


def _in_force(session: Session, matters: Sequence[Consultation]) -> Iterator[MatterDay]:
    by_id = {one.id: one for one in matters}
    found = select(IssuedText).where(IssuedText.consultation_id.in_(by_id), IssuedText.in_force_on.is_not(None))
    for one in session.scalars(found):
        if one.in_force_on is not None:
            yield MatterDay("in_force", by_id[one.consultation_id], one.in_force_on, one.recorded_at)


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
