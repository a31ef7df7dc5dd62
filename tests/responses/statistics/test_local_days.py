"""The local day of a moment is the same in a statement as in Python, to the last moment before midnight."""

from datetime import UTC, datetime, timedelta

from sqlalchemy import literal, select
from sqlalchemy.orm import Session

from consult import clock
from consult.db import Moment
from consult.responses.statistics.local_days import LocalDay

MIDNIGHT = datetime(2026, 6, 15, 17, tzinfo=UTC)
AROUND = (timedelta(), timedelta(microseconds=-1), timedelta(microseconds=-400), timedelta(seconds=-1), timedelta(1))


def test_the_last_moment_of_a_day_is_of_that_day(session: Session) -> None:
    moments = [MIDNIGHT + one for one in AROUND]
    found = session.execute(select(*(LocalDay(literal(one, Moment())) for one in moments))).one()
    assert list(found) == [clock.local_day(one).isoformat() for one in moments]
