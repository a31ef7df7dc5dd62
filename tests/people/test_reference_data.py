"""Holidays, legal profiles and kinds of organisation: well formed, and no more certain than their sources."""

import datetime
import json
from importlib.resources import files

import pytest


def read(name):
    return json.loads(files("consult").joinpath("data", name).read_text(encoding="utf-8"))


@pytest.fixture(scope="module")
def days():
    return {row["day"]: row for row in read("holidays.json")["holidays"]}


@pytest.fixture(scope="module")
def profiles():
    return read("legal_profiles.json")["profiles"]


def test_one_row_for_a_day_and_every_year_is_there(days):
    rows = read("holidays.json")["holidays"]
    assert len(rows) == len(days)
    assert {datetime.date.fromisoformat(day).year for day in days} == set(range(2024, 2031))


CERTAIN = [
    "2026-11-24",
    "2027-11-24",
    "2026-02-17",
    "2027-02-06",
    "2028-01-26",
    "2029-02-13",
    "2030-02-02",
    "2027-04-16",
]


@pytest.mark.parametrize("day", CERTAIN)
def test_days_off(days, day):
    assert days[day]["kind"] == "holiday"


def test_the_day_of_culture_begins_in_2026(days):
    assert "2025-11-24" not in days
    assert "2024-11-24" not in days


@pytest.mark.parametrize("day", ["2026-04-27", "2028-09-04", "2029-11-26", "2030-11-25"])
def test_a_holiday_on_a_rest_day_is_given_back(days, day):
    assert days[day]["kind"] == "compensatory"


def test_swapped_days_come_in_pairs(days):
    assert days["2026-08-31"]["kind"] == "swapped_off"
    assert days["2026-08-22"]["kind"] == "working_saturday"
    kinds = [row["kind"] for row in days.values()]
    assert kinds.count("swapped_off") == kinds.count("working_saturday") == 3
    for row in days.values():
        weekday = datetime.date.fromisoformat(row["day"]).weekday()
        if row["kind"] == "working_saturday":
            assert weekday == 5
        elif row["kind"] in ("compensatory", "swapped_off"):
            assert weekday < 5


def test_profiles_of_one_code_do_not_overlap(profiles):
    ordered = sorted(profiles, key=lambda profile: (profile["code"], profile["valid_from"]))
    for earlier, later in zip(ordered, ordered[1:], strict=False):
        if earlier["code"] == later["code"]:
            assert earlier["valid_to"] < later["valid_from"]


def test_what_is_not_certain_is_not_called_law(profiles):
    for profile in profiles:
        rules = [rule for rule in profile["rules"].values() if rule]
        for rule in profile["periods"] + rules:
            if rule["basis"] == "law":
                assert rule["certainty"] in ("H", "M")
                assert rule["citation"]
            else:
                assert rule["citation"] is None
                assert rule["label"] in ("theo quy định của tỉnh", "theo quy chế phối hợp", "thời hạn nội bộ")
            if rule["certainty"] == "L":
                assert rule["basis"] == "province"


def test_the_front_is_given_15_calendar_days(profiles):
    for profile in profiles:
        lead = profile["rules"].get("front_lead_days")
        if profile["code"] in ("proposals", "sightings"):
            # Without a draft nothing is submitted.
            assert lead is None
        elif "comment" in profile["procedures"]:
            assert (lead["days"], lead["unit"], lead["roll"]) == (15, "day", "none")


def test_silence_of_people_is_never_consent(profiles):
    for profile in profiles:
        assert profile["silence_is_consent"]["citizens"] is False
        assert profile["silence_is_consent"]["religious_organisations"] is False


def test_tables(profiles):
    by_code = {profile["code"]: profile["table"] for profile in profiles}
    assert by_code["vbqppl_2025"]["columns"] == ["topic", "contributor", "opinion", "answer"]
    assert by_code["eia_statutory"]["columns"] == ["number", "opinion", "answer", "contributor"]
    for table in by_code.values():
        assert set(table["columns"]) == set(table["headings"])
        assert table["counting_rule"].endswith(".")


def test_who_may_lead_a_critique():
    may = {kind["code"]: kind["may_lead_critique"] for kind in read("organisations.json")["kinds"]}
    assert may.pop("front_committee") == "same_level"
    assert may.pop("socio_political") == "with_front_agreement"
    assert set(may.values()) == {"no"}
