"""Tests that ask for "today" twice get the same day: none begins shortly before midnight in Asia/Ho_Chi_Minh."""

import threading
from datetime import datetime, timedelta

import pytest

from consult import clock

LONGEST_TEST = timedelta(seconds=60)


def wait_for(now: datetime) -> timedelta:
    """How long a test that would begin at `now` (aware) waits: until the new day, if that comes while it runs."""
    new_day = clock.start_of_day(clock.local_day(now) + timedelta(days=1))
    return new_day - now if new_day - now < LONGEST_TEST else timedelta(0)


@pytest.hookimpl(tryfirst=True)
def pytest_runtest_setup() -> None:
    """Waits for the new day where it is near."""
    threading.Event().wait(wait_for(clock.now()).total_seconds())
