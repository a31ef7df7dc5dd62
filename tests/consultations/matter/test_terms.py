"""Terms by their kind, the internal ones before an answer is due, and how long an approved answer may wait."""

from datetime import date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from consult import clock
from consult.consultations.matter import calendar
from consult.consultations.matter.calendar import DayUnit, Holidays, Roll
from consult.consultations.matter.internal_terms import InternalTerms, Step
from consult.consultations.matter.publish_terms import PublishTerm
from consult.consultations.matter.term_kinds import TermKind, kind_of

DAYS = st.dates(date(2024, 1, 1), date(2032, 12, 31))
TET = Holidays(
    off=frozenset(date(2027, 2, 4) + timedelta(days=one) for one in range(7)), worked=frozenset({date(2027, 2, 13)})
)
"""A week of Tết with a Saturday that is worked for it."""
TABLES = st.builds(
    lambda off, worked: Holidays(frozenset(off) - frozenset(worked), frozenset(worked)),
    st.lists(DAYS, max_size=30),
    st.lists(DAYS, max_size=10),
)


def publishing(days: int = 5, table: Holidays = TET) -> PublishTerm:
    """So many working days after the approval."""
    return PublishTerm(days, DayUnit.WORKING_DAY, Roll.NONE, table, TermKind.AGREED, "", "")


@pytest.mark.parametrize(
    ("rule", "kind"),
    [
        ({"basis": "law", "citation": "Điều 1"}, TermKind.STATUTORY),
        ({"basis": "province", "label": "theo quy chế phối hợp"}, TermKind.AGREED),
        ({"basis": "province", "term": "internal"}, TermKind.INTERNAL),
        ({"basis": "law", "term": "internal"}, TermKind.STATUTORY),
        ({}, TermKind.AGREED),
    ],
)
def test_a_rule_says_of_which_kind_its_term_is(rule: dict[str, str], kind: TermKind) -> None:
    assert kind_of(rule) is kind


@pytest.mark.parametrize(
    ("day", "days", "before"),
    [
        (date(2027, 3, 5), 0, date(2027, 3, 5)),
        (date(2027, 3, 5), 1, date(2027, 3, 4)),
        (date(2027, 3, 5), 5, date(2027, 2, 28)),
        (date(2027, 3, 7), 1, date(2027, 3, 4)),
        (date(2027, 2, 11), 1, date(2027, 2, 10)),
        (date(2027, 2, 11), 2, date(2027, 2, 2)),
        (date(2027, 2, 14), 1, date(2027, 2, 12)),
        (date(2028, 3, 1), 2, date(2028, 2, 28)),
    ],
)
def test_working_days_are_counted_back_over_weekends_tet_and_a_leap_day(day: date, days: int, before: date) -> None:
    assert calendar.working_days_before(day, days, TET) == before


@given(DAYS, st.integers(0, 30), TABLES)
def test_what_is_counted_back_leaves_so_many_working_days(day: date, days: int, table: Holidays) -> None:
    before = calendar.working_days_before(day, days, table)
    assert calendar.working_days_between(before, day, table) == days


@given(DAYS, st.integers(1, 30), TABLES)
def test_counting_on_and_back_lead_to_the_same_number(start: date, days: int, table: Holidays) -> None:
    end = calendar.last_day(start, days, DayUnit.WORKING_DAY, table, Roll.NONE)
    assert calendar.working_day(end, table) and calendar.working_days_between(start, end, table) == days
    assert calendar.working_days_between(calendar.working_days_before(end, days, table), end, table) == days


@given(DAYS, st.integers(0, 40), st.sampled_from(DayUnit), st.sampled_from(Roll), TABLES)
def test_a_later_start_never_ends_earlier(start: date, days: int, unit: DayUnit, roll: Roll, table: Holidays) -> None:
    ends = [calendar.last_day(start + timedelta(days=one), days, unit, table, roll) for one in range(5)]
    assert ends == sorted(ends)


@given(DAYS, st.integers(0, 40), TABLES)
def test_a_rolled_end_is_worked_and_the_first_that_is(start: date, days: int, table: Holidays) -> None:
    nominal = calendar.last_day(start, days, DayUnit.DAY, table, Roll.NONE)
    rolled = calendar.last_day(start, days, DayUnit.DAY, table, Roll.NEXT_WORKING_DAY)
    assert calendar.working_day(rolled, table)
    assert calendar.working_days_between(nominal - timedelta(days=1), rolled, table) == 1


@given(DAYS)
def test_a_day_ends_where_the_next_begins_and_is_its_own_last_day(day: date) -> None:
    end = calendar.end_of(day)
    assert end - clock.start_of_day(day) == timedelta(days=1) and calendar.last_day_of(end) == day
    assert clock.local_day(end - timedelta(microseconds=1)) == day and clock.local_day(end) == day + timedelta(days=1)


@given(DAYS, st.integers(0, 10), TABLES)
def test_what_should_be_drafted_by_a_day_is_all_that_is_due_until_another(on: date, days: int, table: Holidays) -> None:
    internal = InternalTerms({Step.DRAFT: days}, table)
    latest = internal.latest_due(Step.DRAFT, on)
    assert latest is not None
    for due in (latest + timedelta(days=one) for one in range(-3, 4)):
        step = internal.day(due, Step.DRAFT)
        assert step is not None and (step <= on) is (due <= latest)


def test_without_a_rule_there_is_no_internal_term() -> None:
    internal = InternalTerms()
    day = date(2027, 3, 5)
    assert internal.day(day, Step.DRAFT) is None and internal.latest_due(Step.APPROVE, day) is None


@pytest.mark.parametrize(
    ("approved", "due"),
    [
        ("2026-11-30T09:00", date(2026, 12, 7)),
        ("2026-11-30T23:59", date(2026, 12, 7)),
        ("2026-12-01T00:00", date(2026, 12, 8)),
        ("2027-02-03T16:00", date(2027, 2, 16)),
        ("2027-02-13T10:00", date(2027, 2, 19)),
    ],
)
def test_five_working_days_to_publish(approved: str, due: date) -> None:
    """Midnight is of the day that begins; the week of Tết does not count, the Saturday worked for it does."""
    assert publishing().due(datetime.fromisoformat(f"{approved}+07:00")) == due


@given(DAYS, st.integers(0, 10), TABLES)
def test_what_was_approved_before_is_late_and_nothing_else(on: date, days: int, table: Holidays) -> None:
    term = publishing(days, table)
    edge = term.late_before(on)
    assert term.overdue(edge - timedelta(microseconds=1), on) > 0 and term.overdue(edge, on) == 0
