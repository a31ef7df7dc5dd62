"""Legal profiles, the periods they give, and days counted backwards."""

from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from consult.consultations.matter import calendar, deadlines, periods, profiles
from consult.consultations.matter.calendar import Holidays
from consult.consultations.models import Consultation, Holiday, LegalProfile
from consult.consultations.reference import seeding
from consult.consultations.words import Audience, Kind, Procedure
from consult.people.words import Level
from tests.builders import make_rules

RULES = {"rules": {"front_lead_days": {"days": 15}}}


def codes(session: Session, kind: Kind, procedure: Procedure, day: date, level: Level = Level.PROVINCE) -> list[str]:
    """The codes of the profiles possible, the first choice first."""
    return [profile.code for profile in profiles.candidates(session, kind, procedure, day, level)]


def profile(session: Session, kind: Kind, procedure: Procedure, day: date) -> LegalProfile:
    """The first choice."""
    return profiles.candidates(session, kind, procedure, day, Level.PROVINCE)[0]


def test_seeding_twice_adds_nothing_and_keeps_what_was_edited(session: Session) -> None:
    first = seeding.seed_rules(session)
    assert first["holidays"] > 80 and first["profiles"] >= 7
    day = session.get_one(Holiday, date(2027, 2, 4))
    day.kind = "working_saturday"
    session.commit()
    assert seeding.seed_rules(session) == {"holidays": 0, "profiles": 0}
    assert session.get_one(Holiday, date(2027, 2, 4)).kind == "working_saturday"
    assert session.scalar(select(func.count()).select_from(LegalProfile)) == first["profiles"]


def test_the_law_in_force_on_the_day_decides(session: Session) -> None:
    make_rules(session)
    sort = (Kind.LEGAL_DRAFT, Procedure.COMMENT)
    assert codes(session, *sort, date(2025, 3, 31))[0] == "vbqppl_2015"
    assert codes(session, *sort, date(2025, 4, 1))[0] == "vbqppl_2025"
    assert profile(session, *sort, date(2026, 8, 31)).valid_from == date(2025, 4, 1)
    assert profile(session, *sort, date(2026, 9, 1)).valid_from == date(2026, 9, 1)


def test_a_commune_asks_by_the_law_on_grassroots_democracy(session: Session) -> None:
    make_rules(session)
    day = date(2026, 11, 23)
    assert codes(session, Kind.PLAN, Procedure.COMMENT, day)[0] == "plan_local"
    assert codes(session, Kind.PLAN, Procedure.COMMENT, day, Level.COMMUNE)[0] == "dan_chu_co_so"


def test_no_rules_are_made_up_for_a_kind_under_another_procedure(session: Session) -> None:
    make_rules(session)
    assert not codes(session, Kind.LEGAL_DRAFT, Procedure.EIA_STATUTORY, date(2026, 11, 23))
    assert not codes(session, Kind.EIA_REPORT, Procedure.COMMENT, date(2026, 11, 23))


def test_periods_of_a_draft_come_with_the_rule_behind_each(session: Session) -> None:
    make_rules(session)
    rules = profiles.snapshot(profile(session, Kind.LEGAL_DRAFT, Procedure.COMMENT, date(2026, 11, 23)))
    found = periods.computed(rules, Procedure.COMMENT, date(2026, 11, 23), calendar.holidays(session))
    public, invited, critique = found
    assert (public.days, public.nominal_day, public.last_day) == (20, date(2026, 12, 13), date(2026, 12, 14))
    assert public.rolled and public.basis == "province" and not public.citation
    assert public.closes_at == calendar.end_of(date(2026, 12, 14))
    assert invited.last_day == date(2026, 12, 3)
    assert critique.closes_at is None and critique.last_day == date(2026, 12, 3)


def test_the_statutory_consultation_names_its_article_and_takes_no_critique(session: Session) -> None:
    make_rules(session)
    rules = profiles.snapshot(profile(session, Kind.EIA_REPORT, Procedure.EIA_STATUTORY, date(2026, 11, 23)))
    found = periods.computed(rules, Procedure.EIA_STATUTORY, date(2026, 11, 23), calendar.holidays(session))
    assert [period.audience for period in found] == [Audience.PUBLIC, Audience.INVITED]
    assert found[0].days == 15 and "08/2022" in found[0].citation
    assert periods.too_short(found[0], date(2026, 12, 7)) == "shorter_than_law"
    assert periods.too_short(found[0], date(2026, 12, 8)) is None


def asked(rules: dict[str, Any], **facts: Any) -> deadlines.FrontDays | None:
    """The days of a matter with these rules and facts."""
    return deadlines.front_days(Consultation(**{"procedure": Procedure.COMMENT, "profile_rules": rules, **facts}))


@given(st.dates(date(2024, 1, 1), date(2030, 12, 31)), st.integers(-3, 30), st.booleans())
def test_fewer_than_fifteen_days_to_the_front_are_noticed(planned: date, before: int, submitted: bool) -> None:
    name = "submitted_on" if submitted else "planned_submission_on"
    days = asked(RULES, sent_to_front_on=planned - timedelta(before), **{name: planned})
    assert days is not None
    assert (days.between, days.short, days.submitted) == (before, before < 15, submitted)
    assert days.warning == ("front_less_than_15_days" if before < 15 else None)


def test_the_day_of_submission_counts_once_it_is_known() -> None:
    facts = {"sent_to_front_on": date(2026, 11, 1), "planned_submission_on": date(2026, 11, 10)}
    days = asked(RULES, **facts, submitted_on=date(2026, 11, 16))
    assert days is not None and days.warning is None


@pytest.mark.parametrize("known", [{}, {"sent_to_front_on": date(2026, 11, 1)}, {"submitted_on": date(2026, 11, 1)}])
def test_both_days_are_asked_for(known: dict[str, date]) -> None:
    days = asked(RULES, **known)
    assert days is not None and days.warning == "front_days_unknown" and not days.short


@pytest.mark.parametrize("rules", [{"rules": {}}, {"rules": {"front_lead_days": None}}])
def test_no_warning_where_the_rules_ask_for_nothing(rules: dict) -> None:
    assert asked(rules, sent_to_front_on=date(2026, 11, 22), planned_submission_on=date(2026, 11, 23)) is None


def test_a_report_that_an_investor_consults_on_is_none_of_the_fronts() -> None:
    assert asked(RULES, procedure=Procedure.EIA_STATUTORY) is None


def rule(audience: Audience, **given: Any) -> dict[str, Any]:
    """One period of a profile, as the data has it."""
    counted = {"days": 20, "unit": "day", "roll": "next_working_day", "basis": "law"}
    return {"audience": audience, "citation": "", "label": "", "note": "", **counted, **given}


def test_a_period_that_rolled_is_as_long_as_the_law_makes_it() -> None:
    """Bộ luật Dân sự 2015, Điều 148 khoản 5: twenty days after Monday 23 November 2026 end on Sunday 13 December, and
    so on Monday the 14th; whoever ends it on Sunday takes a day from those who comment."""
    [period] = periods.computed({"periods": [rule(Audience.PUBLIC)]}, Procedure.COMMENT, date(2026, 11, 23), Holidays())
    assert (period.nominal_day, period.last_day) == (date(2026, 12, 13), date(2026, 12, 14))
    assert periods.too_short(period, date(2026, 12, 13)) == "shorter_than_law"
    assert periods.too_short(period, date(2026, 12, 14)) is None
    [usual] = periods.computed(
        {"periods": [rule(Audience.PUBLIC, basis="province")]}, Procedure.COMMENT, date(2026, 11, 23), Holidays()
    )
    assert periods.too_short(usual, date(2026, 12, 13)) == "shorter_than_usual"


@pytest.mark.parametrize("procedure", Procedure)
def test_a_critique_belongs_to_the_comment_procedure_alone(procedure: Procedure) -> None:
    """Luật Mặt trận Tổ quốc Việt Nam 2015, Điều 32, whatever a profile says."""
    rules = {"periods": [rule(Audience.PUBLIC), rule(Audience.CRITIQUE)]}
    found = periods.computed(rules, procedure, date(2026, 11, 23), Holidays())
    taken = [Audience.PUBLIC, Audience.CRITIQUE] if procedure is Procedure.COMMENT else [Audience.PUBLIC]
    assert [period.audience for period in found] == taken
