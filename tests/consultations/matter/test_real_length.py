"""A period that somebody changed says how long it really is, and is cut short only where the rules say by what law."""

from datetime import date, timedelta
from typing import Any

import pytest
from flask import Flask
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy.orm import Session

from consult import clock
from consult.consultations.matter import calendar, periods
from consult.consultations.matter.calendar import Holidays
from consult.consultations.matter.periods import ComputedPeriod
from consult.consultations.preparation import readiness
from consult.consultations.preparation import service as preparation
from consult.consultations.words import Audience, Procedure
from consult.errors import Invalid
from consult.people.words import Role
from consult.stages import Stage
from tests.application import sign_in
from tests.builders import NOW, make_actor, make_consultation, make_user
from tests.pages import Browser

MONDAY = date(2026, 11, 30)
SHORTER = {"days": 10, "citation": "Văn bản thử, Điều 1"}


def period(**given: Any) -> ComputedPeriod:
    """The public period of a rule of law with twenty days, from Monday 30 November 2026 on."""
    rule = {
        "audience": "public", "days": 20, "unit": "day", "roll": "next_working_day", "basis": "law", "citation": "",
        "label": "", "note": "", **given,
    }  # fmt: skip
    [found] = periods.computed({"periods": [rule]}, Procedure.COMMENT, MONDAY, Holidays())
    return found


def test_the_length_is_told_in_days_and_working_days() -> None:
    found = period().ending(date(2026, 12, 17))
    assert (found.real_days, found.real_working_days) == (17, 13)
    assert (found.rule["days"], found.rule["real_days"], found.rule["real_working_days"]) == (20, 17, 13)


@given(st.dates(date(2025, 1, 1), date(2030, 1, 1)), st.integers(0, 90))
def test_working_days_are_never_more_than_days(first: date, days: int) -> None:
    found = periods.computed(
        {"periods": [period().rule | {"audience": "public"}]}, Procedure.COMMENT, first, Holidays()
    )
    chosen = found[0].ending(first + timedelta(days=days))
    assert chosen.real_days == days and 0 <= chosen.real_working_days <= days


@pytest.mark.parametrize(
    ("shorter", "day", "reason", "code"),
    [
        (None, date(2026, 12, 21), "", None),
        (None, date(2026, 12, 20), "Gấp", "shorter_than_law"),
        (SHORTER, date(2026, 12, 10), "Gấp", None),
        (SHORTER, date(2026, 12, 10), " ", "shorter_than_law"),
        (SHORTER, date(2026, 12, 9), "Gấp", "shorter_than_law"),
    ],
)
def test_the_law_is_cut_short_only_as_far_as_the_rules_say_and_for_a_reason(
    shorter: dict[str, Any] | None, day: date, reason: str, code: str | None
) -> None:
    assert periods.too_short(period(shorter=shorter), day, reason) == code


def test_a_reason_is_kept_only_where_something_is_cut_short() -> None:
    found = period(shorter=SHORTER)
    assert found.ending(date(2026, 12, 10), "Gấp").rule["reason"] == "Gấp"
    assert "reason" not in found.ending(date(2026, 12, 21), "Gấp").rule


def statutory(session: Session, shorter: dict[str, Any] | None) -> Any:
    """A matter in preparation whose public period is a rule of law."""
    matter = make_consultation(session, Stage.DRAFTING)
    rules = matter.profile.rules
    first = {**rules["periods"][0], "basis": "law", "citation": "Luật thử", "shorter": shorter}
    matter.profile.rules = {**rules, "periods": [first, *rules["periods"][1:]]}
    session.commit()
    return matter


def test_a_shortened_period_is_kept_with_its_reason_and_may_be_published(session: Session) -> None:
    matter = statutory(session, SHORTER)
    today = clock.local_day(NOW)
    last = calendar.next_working_day(today + timedelta(days=10), calendar.holidays(session))
    actor = make_actor(session, matter.lead, Role.PUBLISHER, Role.OFFICER)
    days, reasons = {Audience.PUBLIC: last}, {Audience.PUBLIC: "Thiên tai"}
    with pytest.raises(Invalid) as refused:
        preparation.schedule(session, matter, today, days, actor, NOW)
    assert refused.value.errors == {"last_day_public": "shorter_than_law"}
    preparation.schedule(session, matter, today, days, actor, NOW, reasons)
    [public, *_] = preparation.periods_of(session, matter.id)
    assert (public.rule["reason"], public.rule["shorter_citation"]) == ("Thiên tai", "Văn bản thử, Điều 1")
    assert readiness.shortenings(session, matter) == {}


def test_the_page_says_how_long_it_really_is(app: Flask, app_session: Session) -> None:
    matter = make_consultation(app_session, Stage.DRAFTING, now=clock.now())
    browser = Browser(app)
    sign_in(browser, make_user(app_session, matter.lead, [Role.OFFICER, Role.PUBLISHER]))
    page = browser.get(f"/xu-ly/{matter.slug}/chuan-bi/thoi-han/")
    first = clock.local_day(clock.now()) + timedelta(days=3)
    done = page.submit(
        {"first_day": first.isoformat(), "last_day_public": (first + timedelta(days=33)).isoformat()},
        button="Lưu thời hạn",
    )
    assert "thực tế 33 ngày, trong đó có" in done.text
