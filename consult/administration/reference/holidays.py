"""The table of days off and swapped Saturdays, as administrators keep it. The periods in which comments are taken do
not move once they are published; due days that are counted in working days do (`calendar_changes`)."""

from collections.abc import Sequence
from datetime import date, datetime
from enum import StrEnum

from sqlalchemy import select
from sqlalchemy.orm import Session

from consult.administration import audit_log
from consult.consultations.matter import calendar_changes
from consult.consultations.matter.calendar_changes import MovedDay
from consult.consultations.models import Holiday
from consult.db import Lock, writing
from consult.errors import Invalid, NotFound, Refused
from consult.policy import Actor
from consult.text import one_line

LONGEST = 300
SATURDAY = 5


class HolidayKind(StrEnum):
    """Why a day is off, or a Saturday worked."""

    HOLIDAY = "holiday"
    COMPENSATORY = "compensatory"
    SWAPPED_OFF = "swapped_off"
    WORKING_SATURDAY = "working_saturday"


def of_year(session: Session, year: int) -> Sequence[Holiday]:
    """The rows of a calendar year, in order."""
    first, last = date(year, 1, 1), date(year, 12, 31)
    return session.scalars(select(Holiday).where(Holiday.day.between(first, last)).order_by(Holiday.day)).all()


def holiday(session: Session, day: date) -> Holiday:
    """The row of a day. Raises NotFound."""
    row = session.get(Holiday, day)
    if row is None:
        raise NotFound
    return row


def put(session: Session, day: date, kind: HolidayKind, name: str, source: str, actor: Actor, now: datetime) -> Holiday:
    """Adds a day, or changes it; due days follow. Raises Invalid for a missing name or a Saturday that is none."""
    called, from_where = checked(day, kind, name, source)
    with writing(session, Lock.REFERENCE):
        before, row = calendar_changes.present(session), session.get(Holiday, day)
        if row is None:
            row = Holiday(day=day)
            session.add(row)
        row.kind, row.name, row.source = kind.value, called, from_where
        moved = _noted(session, before, actor, now)
        audit_log.note(session, "holiday_put", called, actor, now, day=day.isoformat(), kind=kind.value, **moved)
    return row


def checked(day: date, kind: HolidayKind, name: str, source: str) -> tuple[str, str]:
    """The name and the source of a day as they would be kept. Raises Invalid for a missing name, a text that is too
    long, or a Saturday that is none."""
    called, from_where = one_line(name), one_line(source)
    errors = {} if called else {"name": "required"}
    errors |= {field: "too_long" for field, text in (("name", called), ("source", from_where)) if len(text) > LONGEST}
    if kind is HolidayKind.WORKING_SATURDAY and day.weekday() != SATURDAY:
        errors["day"] = "not_a_saturday"
    if errors:
        raise Invalid(errors)
    return called, from_where


def would_move(session: Session, day: date, kind: HolidayKind | None) -> list[MovedDay]:
    """Which matters that run would have another due day if `day` were of this kind, or (None) not in the table."""
    table = calendar_changes.present(session)
    said = None if kind is None else {"kind": kind.value, "name": "", "source": ""}
    return calendar_changes.moved_days(session, table, calendar_changes.with_day(table, day, said))


def remove(session: Session, day: date, actor: Actor, now: datetime) -> None:
    """Takes a day out of the table. Raises Refused("no_holiday") when it is not there, or not there any more."""
    with writing(session, Lock.REFERENCE):
        row = session.get(Holiday, day)
        if row is None:
            raise Refused("no_holiday")
        before = calendar_changes.present(session)
        session.delete(row)
        moved = _noted(session, before, actor, now)
        audit_log.note(session, "holiday_removed", row.name, actor, now, day=day.isoformat(), kind=row.kind, **moved)


def _noted(session: Session, before: calendar_changes.Table, actor: Actor, now: datetime) -> dict[str, list[str]]:
    """The matters whose due day moved, for the record of what administrators did."""
    moved = calendar_changes.note(session, before, actor.user_id, now)
    return {"moved": [f"{one.consultation.slug} {one.before} → {one.after}" for one in moved]} if moved else {}
