"""The table of days off and swapped Saturdays, as administrators keep it. Periods already published do not move."""

from collections.abc import Sequence
from datetime import date, datetime
from enum import StrEnum

from sqlalchemy import select
from sqlalchemy.orm import Session

from consult.administration import audit_log
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
    """Adds a day, or changes it. Raises Invalid for a missing name or a Saturday that is none."""
    called, from_where = one_line(name), one_line(source)
    errors = {} if called else {"name": "required"}
    errors |= {field: "too_long" for field, text in (("name", called), ("source", from_where)) if len(text) > LONGEST}
    if kind is HolidayKind.WORKING_SATURDAY and day.weekday() != SATURDAY:
        errors["day"] = "not_a_saturday"
    if errors:
        raise Invalid(errors)
    with writing(session, Lock.REFERENCE):
        row = session.get(Holiday, day)
        if row is None:
            row = Holiday(day=day)
            session.add(row)
        row.kind, row.name, row.source = kind.value, called, from_where
        audit_log.note(session, "holiday_put", called, actor, now, day=day.isoformat(), kind=kind.value)
    return row


def remove(session: Session, day: date, actor: Actor, now: datetime) -> None:
    """Takes a day out of the table. Raises Refused("no_holiday") when it is not there, or not there any more."""
    with writing(session, Lock.REFERENCE):
        row = session.get(Holiday, day)
        if row is None:
            raise Refused("no_holiday")
        audit_log.note(session, "holiday_removed", row.name, actor, now, day=day.isoformat(), kind=row.kind)
        session.delete(row)
