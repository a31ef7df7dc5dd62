"""Working days and the last day of a period, pure but for the loader of the holidays table.

Bộ luật Dân sự 2015, Điều 147 and 148: the day of the event is not counted, a period in days ends at 24:00 of its last
day, and where that day is a weekend or a holiday, at the end of the next working day. Days are of Asia/Ho_Chi_Minh.
"""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum

from sqlalchemy import select
from sqlalchemy.orm import Session

from consult import clock
from consult.consultations.models import Holiday

WORKED_KINDS = frozenset({"working_saturday"})
"""Days of the table that are worked though they fall on a weekend; every other kind is a day off."""

SATURDAY = 5


class DayUnit(StrEnum):
    """What a period counts: "ngày" is a calendar day, "ngày làm việc" only where the text says so."""

    DAY = "day"
    WORKING_DAY = "working_day"


class Roll(StrEnum):
    """What happens to a last day that is not worked."""

    NONE = "none"
    NEXT_WORKING_DAY = "next_working_day"


@dataclass(frozen=True)
class Holidays:
    """The days off beside Saturdays and Sundays, and the weekend days that are worked instead."""

    off: frozenset[date] = frozenset()
    worked: frozenset[date] = frozenset()

    def saying(self, day: date, kind: str | None) -> "Holidays":
        """The same table with a day of this kind, or (None) without a word on it."""
        off, worked = self.off - {day}, self.worked - {day}
        if kind is None:
            return Holidays(off, worked)
        return Holidays(off, worked | {day}) if kind in WORKED_KINDS else Holidays(off | {day}, worked)


def holidays(session: Session) -> Holidays:
    """The holidays table (kinds holiday, compensatory, swapped_off, working_saturday), in one statement."""
    rows = session.execute(select(Holiday.day, Holiday.kind)).all()
    return Holidays(
        off=frozenset(day for day, kind in rows if kind not in WORKED_KINDS),
        worked=frozenset(day for day, kind in rows if kind in WORKED_KINDS),
    )


def working_day(day: date, holidays: Holidays) -> bool:
    """Whether public offices work on `day`: no weekend and no day off, unless the day was swapped to be worked."""
    if day in holidays.worked:
        return True
    return day.weekday() < SATURDAY and day not in holidays.off


def next_working_day(day: date, holidays: Holidays) -> date:
    """`day` itself when it is worked, otherwise the first worked day after it."""
    while not working_day(day, holidays):
        day += timedelta(days=1)
    return day


def last_day(start: date, days: int, unit: DayUnit, holidays: Holidays, roll: Roll) -> date:
    """The last day of a period of `days` that an event on `start` begins; `start` itself is not counted.

    Raises ValueError for a negative number of days. (Bộ luật Dân sự 2015, Điều 147 khoản 2, Điều 148 khoản 4, 5.)
    """
    if days < 0:
        raise ValueError("a period has no negative number of days")
    end = start + timedelta(days=days) if unit is DayUnit.DAY else _working_days_after(start, days, holidays)
    return next_working_day(end, holidays) if roll is Roll.NEXT_WORKING_DAY else end


def days_before(day: date, days: int) -> date:
    """The latest day on which something may happen that must precede `day` by `days` calendar days.

    Such a minimum counts backwards and never rolls to another day, which would make it shorter.
    """
    return day - timedelta(days=days)


def working_days_before(day: date, days: int, holidays: Holidays) -> date:
    """The latest day after which so many working days are left until the end of `day`, which counts where it is worked.

    The province's rule for internal terms; no law counts so. Raises ValueError for a negative number of days.
    """
    if days < 0:
        raise ValueError("a period has no negative number of days")
    while days > 0:
        days -= working_day(day, holidays)
        day -= timedelta(days=1)
    return day


def working_days_between(start: date, end: date, holidays: Holidays) -> int:
    """How many working days lie after `start` up to `end`, both local days; 0 where `end` is not later."""
    days = (start + timedelta(days=one) for one in range(1, (end - start).days + 1))
    return sum(working_day(day, holidays) for day in days)


def same_day_next_year(day: date) -> date:
    """The day a year after `day`; after a 29 February the last of that month."""
    try:
        return day.replace(year=day.year + 1)
    except ValueError:
        return day.replace(year=day.year + 1, day=28)


def end_of(day: date) -> datetime:
    """24:00 of a local `day` as an exclusive end: the first instant of the next day."""
    return clock.start_of_day(day + timedelta(days=1))


def last_day_of(end: datetime) -> date:
    """The last local day of a period with the exclusive `end`: the reverse of `end_of`."""
    return clock.local_day(end - timedelta(microseconds=1))


def _working_days_after(start: date, days: int, holidays: Holidays) -> date:
    day = start
    while days > 0:
        day = next_working_day(day + timedelta(days=1), holidays)
        days -= 1
    return day
