"""The only module that reads the clock; everything below the views gets `now` as an argument."""

import time
from collections.abc import Sequence
from contextlib import suppress
from datetime import UTC, date, datetime, timedelta
from functools import cache
from pathlib import Path
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


Uptime = tuple[str, float]
"""Which start of the machine it is, and seconds since it; the first is empty where the machine does not tell."""


def uptime() -> Uptime:
    """How long the machine has run: a clock that nobody puts right, the same for all its processes."""
    return _start(), time.clock_gettime(time.CLOCK_BOOTTIME)


def noted(now: datetime, running: Uptime) -> list[float | str]:
    """The instant `now` as it is written down beside what waits from then on, for `waited`."""
    return [now.timestamp(), *running]


def waited(since: Sequence[float | str], now: datetime, running: Uptime) -> timedelta:
    """How long something has waited that was `noted`: by the time the machine has run, so that a clock which is put
    ahead or back makes nothing older or younger; by the clock after a restart, and on another machine."""
    at, start, ran = (*since, "", 0.0)[:3]
    if start and start == running[0]:
        return timedelta(seconds=running[1] - float(ran))
    return timedelta(seconds=now.timestamp() - float(at))


@cache
def _start() -> str:
    with suppress(OSError):
        return Path("/proc/sys/kernel/random/boot_id").read_text(encoding="ascii").strip()
    return ""


def local_day(moment: datetime) -> date:
    """The calendar day of an aware instant in Asia/Ho_Chi_Minh."""
    return moment.astimezone(LOCAL_ZONE).date()


def start_of_day(day: date) -> datetime:
    """The first instant of a local calendar day, aware, in UTC."""
    return datetime(day.year, day.month, day.day, tzinfo=LOCAL_ZONE).astimezone(UTC)
