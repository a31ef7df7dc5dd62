"""Areas are found by old and new names, however they are typed, and say what became of them."""

from datetime import date

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from consult.people.areas import areas_in_force, find_areas, named, predecessors, successors, without_kind
from consult.people.models import Area, AreaSuccession
from consult.people.seeding import seed_areas
from consult.people.words import Level

TODAY = date(2026, 11, 23)
BEFORE = date(2025, 6, 30)


@pytest.fixture
def areas(session: Session) -> Session:
    """A session on a database with the project's own areas."""
    seed_areas(session)
    return session


def names(found) -> list[str]:
    """What is found, old names with what they became."""
    return [
        f"{one.area.name} (cũ) → {', '.join(area.name for area in one.now)}" if one.old else one.area.name
        for one in found
    ]


def test_seeding_twice_adds_nothing(areas: Session) -> None:
    assert areas.scalar(select(func.count()).select_from(Area)) == 392
    assert areas.scalar(select(func.count()).select_from(AreaSuccession)) == 285
    assert seed_areas(areas) == 0


def test_the_last_day_of_the_file_is_the_day_before_the_end(areas: Session) -> None:
    old = areas.scalars(select(Area).where(Area.name == "Xã Dương Quang")).one()
    assert old.valid_to == date(2025, 7, 1)
    assert old.in_force(BEFORE) and not old.in_force(date(2025, 7, 1))


@pytest.mark.parametrize(
    "typed",
    ["Dương Quang", "duong quang", "xã Dương Quang", "X. DUONG  QUANG", "Dương Quang, Bắc Kạn", "  dương quang "],
)
def test_an_old_commune_shows_its_successor(areas: Session, typed: str) -> None:
    assert names(find_areas(areas, typed, TODAY)) == ["Xã Dương Quang (cũ) → Xã Phong Quang"]


def test_on_a_day_before_the_change_the_old_name_is_the_present_one(areas: Session) -> None:
    assert names(find_areas(areas, "Dương Quang", BEFORE)) == ["Xã Dương Quang"]
    assert find_areas(areas, "Phong Quang", BEFORE) == []


def test_the_present_name_comes_before_old_ones_that_resemble_it(areas: Session) -> None:
    found = find_areas(areas, "phong quang", TODAY)
    assert names(found)[0] == "Xã Phong Quang" and not found[0].old


@pytest.mark.parametrize("typed", ["hoà", "hòa", "HOA", "hoa\u0300"])
def test_old_and_new_tone_placement_are_one(areas: Session, typed: str) -> None:
    assert names(find_areas(areas, typed, TODAY, limit=50)) == names(find_areas(areas, "hòa", TODAY, limit=50))


def test_several_places_answer_to_one_name(areas: Session) -> None:
    many = find_areas(areas, "quang", TODAY, limit=50)
    assert len(many) > 1 and len(find_areas(areas, "quang", TODAY, limit=1)) == 1


def test_a_name_that_begins_like_a_kind_is_still_found(areas: Session) -> None:
    for area in areas.scalars(select(Area).where(Area.level == Level.COMMUNE)):
        bare = without_kind(area.folded_name)
        assert area in [one.area for one in find_areas(areas, bare, TODAY, limit=100)], area.name


def test_a_town_became_what_its_communes_became(areas: Session) -> None:
    [town] = [one for one in find_areas(areas, "tp Bắc Kạn", TODAY, level=Level.DISTRICT) if "Bắc Kạn" in one.area.name]
    assert {"Phường Bắc Kạn", "Phường Đức Xuân", "Xã Phong Quang"} <= {area.name for area in town.now}


def test_lineage_both_ways(areas: Session) -> None:
    new = areas.scalars(select(Area).where(Area.name == "Xã Phong Quang")).one()
    assert "Xã Dương Quang" in [area.name for area in predecessors(areas, new.id, TODAY)]
    for old in predecessors(areas, new.id, TODAY):
        assert successors(areas, [old.id], TODAY) == {old.id: (new,)}


def test_what_is_in_force(areas: Session) -> None:
    assert len(areas_in_force(areas, TODAY)) == 92
    assert len(areas_in_force(areas, BEFORE)) == 280
    [province] = areas_in_force(areas, TODAY, Level.PROVINCE)
    assert len(areas_in_force(areas, TODAY, Level.COMMUNE, province.id)) == 92


@pytest.mark.parametrize("typed", ["", "   ", "%", "_", "\\", ",", "xã", "☃", "a" * 10_000, "%' OR 1=1 --"])
def test_odd_queries_are_answered(areas: Session, typed: str) -> None:
    assert len(find_areas(areas, typed, TODAY)) <= 10
    assert typed.strip() in {"xã"} or not find_areas(areas, typed, TODAY)


def test_a_name_is_found_with_i_or_y(areas: Session) -> None:
    named = [one.name for one in areas.scalars(select(Area)) if " Mỹ" in one.name or " Kỳ" in one.name]
    assert named
    for name in named:
        other = name.replace("ỹ", "ĩ").replace("ỳ", "ì")
        day = BEFORE if not find_areas(areas, name, TODAY, level=None) else TODAY
        assert name in {one.area.name for one in find_areas(areas, other, day, level=None)}, other


def test_who_writes_a_name_of_today_means_the_commune_of_today(areas: Session) -> None:
    """Most communes bear the name of one of those they were made of."""
    for one in areas_in_force(areas, TODAY):
        assert named(areas, one.name, TODAY) is one, one.name


@pytest.mark.parametrize(("words", "meant", "in_force"), [
    ("chợ rã", "Xã Chợ Rã", True), ("thị trấn Chợ Rã", "Thị trấn Chợ Rã", False), ("đức xuân", "Phường Đức Xuân", True),
    ("văn lăng", "Xã Văn Lăng", True),
    ("xã Dương Quang", "Xã Dương Quang", False), ("xã Chợ", None, None), ("", None, None), ("Bản Mạ", None, None),
])  # fmt: skip
def test_a_commune_is_meant_by_its_whole_name(
    areas: Session, words: str, meant: str | None, in_force: bool | None
) -> None:
    found = named(areas, words, TODAY)
    assert (found and found.name, found and found.in_force(TODAY)) == (meant, in_force)
