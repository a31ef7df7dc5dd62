"""Working days and last days: laws that hold for every calendar, and the days people will ask about."""

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy.orm import Session

from consult.consultations.matter import calendar
from consult.consultations.matter.calendar import DayUnit, Holidays, Roll
from tests.builders import make_rules

days = st.dates(date(2024, 1, 1), date(2030, 12, 31))
some_days = st.frozensets(st.dates(date(2024, 1, 1), date(2024, 3, 31)), max_size=40)
calendars = st.builds(Holidays, off=some_days, worked=some_days)
starts = st.dates(date(2023, 12, 15), date(2024, 4, 10))


@pytest.fixture
def official(session: Session) -> Holidays:
    """The table as the project brings it."""
    make_rules(session)
    return calendar.holidays(session)


@given(starts, st.integers(0, 60), calendars)
def test_the_day_of_the_event_is_not_counted(start: date, count: int, table: Holidays) -> None:
    assert calendar.last_day(start, count, DayUnit.DAY, table, Roll.NONE) == start + timedelta(days=count)


@given(starts, st.integers(0, 60), st.sampled_from(DayUnit), calendars)
def test_a_rolled_day_is_the_first_worked_one_from_the_nominal_day_on(
    start: date, count: int, unit: DayUnit, table: Holidays
) -> None:
    nominal = calendar.last_day(start, count, unit, table, Roll.NONE)
    rolled = calendar.last_day(start, count, unit, table, Roll.NEXT_WORKING_DAY)
    assert calendar.working_day(rolled, table)
    between = [nominal + timedelta(days=number) for number in range((rolled - nominal).days)]
    assert not any(calendar.working_day(day, table) for day in between)


@given(starts, st.integers(1, 40), calendars)
def test_exactly_so_many_working_days_lie_in_the_period(start: date, count: int, table: Holidays) -> None:
    end = calendar.last_day(start, count, DayUnit.WORKING_DAY, table, Roll.NONE)
    inside = [start + timedelta(days=number) for number in range(1, (end - start).days + 1)]
    assert sum(calendar.working_day(day, table) for day in inside) == count
    assert calendar.working_day(end, table)


@given(starts, st.integers(0, 40), st.integers(0, 40), st.sampled_from(DayUnit), st.sampled_from(Roll), calendars)
def test_more_days_never_end_earlier(
    start: date, count: int, more: int, unit: DayUnit, roll: Roll, table: Holidays
) -> None:
    shorter = calendar.last_day(start, count, unit, table, roll)
    assert calendar.last_day(start, count + more, unit, table, roll) >= shorter


@given(days, st.integers(0, 400))
def test_counting_back_never_rolls(day: date, count: int) -> None:
    assert calendar.days_before(day, count) + timedelta(days=count) == day


@given(days)
def test_a_period_ends_where_the_next_day_begins(day: date) -> None:
    end = calendar.end_of(day)
    assert calendar.last_day_of(end) == day
    assert end == calendar.end_of(day - timedelta(days=1)) + timedelta(days=1)


def test_a_day_ends_at_midnight_in_viet_nam() -> None:
    assert calendar.end_of(date(2027, 3, 21)) == datetime(2027, 3, 21, 17, 0, tzinfo=UTC)


def test_a_period_has_no_negative_number_of_days() -> None:
    with pytest.raises(ValueError, match="negative"):
        calendar.last_day(date(2026, 11, 23), -1, DayUnit.DAY, Holidays(), Roll.NONE)


@pytest.mark.parametrize(
    ("day", "worked"),
    [
        (date(2026, 8, 22), True),  # a Saturday worked in the place of 31 August
        (date(2026, 8, 31), False),
        (date(2026, 8, 29), False),  # any other Saturday
        (date(2026, 9, 1), False),
        (date(2026, 4, 27), False),  # Hùng Vương's day fell on a Sunday
        (date(2026, 11, 24), False),  # the day of culture, a holiday since 2026
        (date(2025, 11, 24), True),
        (date(2027, 5, 3), False),
        (date(2027, 2, 11), True),
    ],
)
def test_the_table_knows_the_days_off(official: Holidays, day: date, worked: bool) -> None:
    assert calendar.working_day(day, official) is worked


@pytest.mark.parametrize(
    ("start", "count", "nominal", "rolled"),
    [
        (date(2027, 1, 18), 20, date(2027, 2, 7), date(2027, 2, 11)),  # into Tết
        (date(2026, 8, 2), 20, date(2026, 8, 22), date(2026, 8, 22)),  # a worked Saturday ends a period
        (date(2026, 8, 11), 20, date(2026, 8, 31), date(2026, 9, 3)),  # swapped, then two days of September
        (date(2026, 11, 4), 20, date(2026, 11, 24), date(2026, 11, 25)),
        (date(2026, 12, 12), 20, date(2027, 1, 1), date(2027, 1, 4)),  # over the year's end, into a weekend
        (date(2026, 11, 23), 20, date(2026, 12, 13), date(2026, 12, 14)),
    ],
)
def test_twenty_days_end_when_people_may_still_come(
    official: Holidays, start: date, count: int, nominal: date, rolled: date
) -> None:
    assert calendar.last_day(start, count, DayUnit.DAY, official, Roll.NONE) == nominal
    assert calendar.last_day(start, count, DayUnit.DAY, official, Roll.NEXT_WORKING_DAY) == rolled


def test_five_working_days_over_tet_2027(official: Holidays) -> None:
    end = calendar.last_day(date(2027, 2, 3), 5, DayUnit.WORKING_DAY, official, Roll.NONE)
    assert end == date(2027, 2, 17)
