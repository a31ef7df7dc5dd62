"""A corrected law, day off or area of a release reaches a site that runs; what people changed here stays theirs."""

from datetime import date, timedelta
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select
from sqlalchemy.orm import Session

from consult.administration.models import AdministrativeAct
from consult.administration.reference import holidays, release
from consult.administration.reference.holidays import HolidayKind
from consult.consultations.models import Consultation, Holiday, LegalProfile
from consult.consultations.reference.tables import Holidays, Profiles
from consult.data.models import ReleasedRow
from consult.data.reference_rows import Change, Reference
from consult.people.models import Area, AreaSuccession
from consult.people.seeding import Areas, Successions
from consult.stages import Stage
from tests.builders import NOW, make_consultation, make_publisher

DAY = date(2027, 2, 4)
PROFILE = "vbqppl_2025 2025-04-01"


@pytest.fixture
def seeded(session: Session) -> Session:
    """A site that took this release."""
    release.take(session, NOW)
    return session


def was(session: Session, table: Reference, key: str, **values: Any) -> None:
    """Makes the database one that took an earlier release, which gave other values."""
    content = {**table.released()[key], **values}
    table.put(session, {key: content})
    session.get_one(ReleasedRow, (table.name, key)).content = content
    session.commit()


def changes(found: list[release.Difference]) -> list[tuple[Change, str, str]]:
    """What was found, in short."""
    return [(one.change, one.table, one.key) for one in found]


def earlier_rules() -> dict[str, Any]:
    """The rules of the profile with another number of days."""
    rules = Profiles().released()[PROFILE]["rules"]
    first, *others = rules["periods"]
    return {**rules, "periods": [{**first, "days": 33}, *others]}


def test_a_new_site_takes_everything_and_then_nothing(session: Session) -> None:
    found = release.take(session, NOW)
    assert {one.change for one in found} == {Change.ADDED}
    assert {one.table for one in found} == {"holiday", "legal_profile", "area", "area_succession", "synonym_group"}
    assert release.take(session, NOW) == release.differences(session) == []


def test_a_corrected_law_is_taken_and_what_was_published_stays(seeded: Session) -> None:
    was(seeded, Profiles(), PROFILE, rules=earlier_rules(), valid_to=None)
    day = date(2026, 8, 3)
    published = make_consultation(seeded, Stage.OPEN)
    before = dict(published.profile_rules or {})
    assert before
    assert changes(release.take(seeded, NOW)) == [(Change.CHANGED, "legal_profile", PROFILE)]
    row = seeded.scalars(select(LegalProfile).where(LegalProfile.code == "vbqppl_2025", LegalProfile.valid_to > day))
    profile = row.one()
    assert profile.rules["periods"][0]["days"] == 20 and profile.valid_to == date(2026, 9, 1)
    seeded.expire_all()
    assert seeded.get_one(Consultation, published.id).profile_rules == before


def test_days_off_areas_and_successions_follow_too(seeded: Session) -> None:
    area = next(key for key, content in Areas().released().items() if content["level"] == "commune")
    step = next(iter(Successions().released()))
    was(seeded, Holidays(), DAY.isoformat(), kind="working_saturday")
    was(seeded, Areas(), area, name="Xã Tên Sai", valid_to=None)
    was(seeded, Successions(), step, on="2025-06-01")
    assert {one.change for one in release.take(seeded, NOW)} == {Change.CHANGED}
    assert seeded.get_one(Holiday, DAY).kind == Holidays().released()[DAY.isoformat()]["kind"]
    assert seeded.scalars(select(Area).where(Area.name == "Xã Tên Sai")).all() == []
    assert seeded.scalars(select(AreaSuccession).where(AreaSuccession.on == date(2025, 6, 1))).all() == []
    assert release.differences(seeded) == []


def test_what_an_administrator_changed_added_or_removed_stays(seeded: Session) -> None:
    actor = make_publisher(seeded)
    edited, removed, added = DAY, DAY + timedelta(days=1), date(2027, 7, 7)
    was(seeded, Holidays(), removed.isoformat(), name="Tên cũ")
    holidays.put(seeded, edited, HolidayKind.SWAPPED_OFF, "Nghỉ bù của tỉnh", "", actor, NOW)
    holidays.put(seeded, added, HolidayKind.HOLIDAY, "Ngày của tỉnh", "", actor, NOW)
    holidays.remove(seeded, removed, actor, NOW)
    found = release.take(seeded, NOW)
    assert changes(found) == [(Change.KEPT, "holiday", day.isoformat()) for day in (edited, removed)]
    assert seeded.get_one(Holiday, edited).name == "Nghỉ bù của tỉnh"
    assert seeded.get(Holiday, removed) is None and seeded.get(Holiday, added) is not None
    named = {place: (here, there) for place, here, there in release.told(found[0])}
    assert named["name"] == ("Nghỉ bù của tỉnh", Holidays().released()[edited.isoformat()]["name"])


def test_a_day_typed_here_before_a_release_knew_it_is_the_provinces(seeded: Session) -> None:
    row = seeded.get_one(ReleasedRow, ("holiday", DAY.isoformat()))
    seeded.delete(row)
    seeded.get_one(Holiday, DAY).name = "Nhập tay"
    seeded.commit()
    assert changes(release.take(seeded, NOW)) == [(Change.KEPT, "holiday", DAY.isoformat())]
    # Typed as the release has it, it is the release's from then on.
    seeded.get_one(Holiday, DAY).name = Holidays().released()[DAY.isoformat()]["name"]
    seeded.commit()
    assert release.take(seeded, NOW) == []
    was(seeded, Holidays(), DAY.isoformat(), name="Tên cũ")
    assert changes(release.take(seeded, NOW)) == [(Change.CHANGED, "holiday", DAY.isoformat())]


def test_what_a_release_no_longer_has_is_named_and_stays(seeded: Session) -> None:
    content = {"kind": "holiday", "name": "Ngày cũ", "source": ""}
    Holidays().put(seeded, {"2027-07-07": content})
    seeded.add(ReleasedRow(table="holiday", key="2027-07-07", content=content))
    seeded.commit()
    assert changes(release.take(seeded, NOW)) == [(Change.GONE, "holiday", "2027-07-07")]
    assert seeded.get(Holiday, date(2027, 7, 7)) is not None


def test_it_stands_among_the_acts_of_administrators(seeded: Session) -> None:
    was(seeded, Holidays(), DAY.isoformat(), name="Tên cũ")
    release.differences(seeded)
    wanted = select(AdministrativeAct).where(AdministrativeAct.act == "reference_taken")
    assert len(seeded.scalars(wanted).all()) == 1
    release.take(seeded, NOW)
    release.take(seeded, NOW)
    rows = [act.details["rows"] for act in seeded.scalars(wanted)]
    assert len(rows) == 2 and [f"changed holiday {DAY}"] in rows


def test_the_command_shows_first_and_takes_then(app: Flask, app_session: Session) -> None:
    runner = app.test_cli_runner()
    assert runner.invoke(args=["seed-reference"]).exit_code == 0
    nothing = runner.invoke(args=["seed-reference", "--check"])
    assert nothing.exit_code == 0 and nothing.output.count("\n") == 1
    was(app_session, Profiles(), PROFILE, rules=earlier_rules())
    app_session.get_one(Holiday, DAY).name = "Của tỉnh"
    app_session.commit()
    shown = runner.invoke(args=["seed-reference", "--check"])
    assert shown.exit_code == 1 and "rules.periods.1.days: 33 → 20" in shown.output
    kept = next(line for line in shown.output.splitlines() if DAY.isoformat() in line)
    assert "Của tỉnh" in kept and Holidays().released()[DAY.isoformat()]["name"] in kept
    taken = runner.invoke(args=["seed-reference"])
    assert taken.exit_code == 0 and taken.output.splitlines()[:2] == shown.output.splitlines()[:2]
    again = runner.invoke(args=["seed-reference", "--check"])
    assert again.exit_code == 0 and again.output.splitlines()[0] == kept
