"""The only module that reads the clock; everything below the views gets `now` as an argument."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

LOCAL_ZONE = ZoneInfo("Asia/Ho_Chi_Minh")

LONGEST_WAY = timedelta(minutes=10)
"""How long a request may be on its way and still count from its first byte: what the largest upload takes on a slow
line (64 MiB at 1 Mbit/s). Longer, and whoever sends drop by drop would make their own period longer."""

STILL_ON_THE_WAY = LONGEST_WAY + timedelta(minutes=1)
"""How long after its end a period is not yet sealed: what arrived in its last second may be written that much later,
and has a minute more to wait for its turn."""


def now() -> datetime:
    """The present instant, aware, in UTC."""
    return datetime.now(UTC)


def local_day(moment: datetime) -> date:
    """The calendar day of an aware instant in Asia/Ho_Chi_Minh."""
    return moment.astimezone(LOCAL_ZONE).date()


def start_of_day(day: date) -> datetime:
    """The first instant of a local calendar day, aware, in UTC."""
    return datetime(day.year, day.month, day.day, tzinfo=LOCAL_ZONE).astimezone(UTC)
