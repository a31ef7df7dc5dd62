"""A stretch of days for which figures are told: from–to as somebody chose it, or a quarter of a year."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from consult import clock
from consult.consultations.matter import calendar

MONTHS = 3
QUARTERS = 4
YEARS = range(2000, 2200)


@dataclass(frozen=True)
class Span:
    """Local days (Asia/Ho_Chi_Minh) from `since` to `until`, both counted."""

    since: date
    until: date

    @property
    def start(self) -> datetime:
        """The first instant of it."""
        return clock.start_of_day(self.since)

    @property
    def end(self) -> datetime:
        """The first instant after it."""
        return calendar.end_of(self.until)

    def covers(self, moment: datetime | None) -> bool:
        """Whether an instant lies in it; nothing that never was does."""
        return moment is not None and self.start <= moment < self.end


def quarter(year: int, number: int) -> Span:
    """The quarter `number` (1 to 4) of a year."""
    first = date(year, MONTHS * (number - 1) + 1, 1)
    after = date(year + number // QUARTERS, MONTHS * (number % QUARTERS) + 1, 1)
    return Span(first, after - timedelta(days=1))


def quarter_of(day: date) -> tuple[int, int]:
    """The year and the quarter in which a local day lies."""
    return day.year, (day.month - 1) // MONTHS + 1


def quarters(first: date, last: date) -> list[tuple[int, int]]:
    """Every quarter from that of `first` to that of `last`, the latest one first."""
    year, number = quarter_of(first)
    found = []
    while (year, number) <= quarter_of(last):
        found.append((year, number))
        year, number = (year, number + 1) if number < QUARTERS else (year + 1, 1)
    return found[::-1]


def code(year: int, number: int) -> str:
    """A quarter as addresses and files write it: 2026-q3."""
    return f"{year}-q{number}"


def read(text: str) -> tuple[int, int] | None:
    """What `code` wrote; None for anything else."""
    year, between, number = text.partition("-q")
    if not between or not year.isdecimal() or not year.isascii() or number not in {"1", "2", "3", "4"}:
        return None
    return (int(year), int(number)) if len(year) == 4 and int(year) in YEARS else None
