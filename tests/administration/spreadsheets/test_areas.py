"""Areas of another province are loaded by an administrator: with what stands around them, and what became of each."""

from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from consult.administration.models import UploadKind
from consult.people.areas import successors
from consult.people.models import Area
from consult.people.words import Level
from consult.policy import Actor
from tests.administration.spreadsheets.sheets import planned, written, wrong
from tests.builders import TODAY

AREAS = UploadKind.AREAS
KINDS = {"province": "tỉnh", "rural_district": "huyện", "rural_commune": "xã"}
LEVELS = {"province": "tỉnh", "rural_district": "huyện", "rural_commune": "xã, phường"}


def row(code: str, name: str, kind: str = "rural_commune", since: str = "1/7/2025", **more: str) -> dict[str, str]:
    """One area."""
    said = {"code": code, "name": name, "area_kind": KINDS[kind], "area_level": LEVELS[kind], "area_from": since}
    return {**said, **more}


OLD = {"since": "1/1/2020", "area_to": "30/6/2025"}
PROVINCE = [
    row("20", "Tỉnh Lạng Sơn", "province", "1/1/1997"),
    row("180", "Huyện Tràng Định", "rural_district", parent="20", **OLD),
    row("06019", "Xã Tân Tiến", parent="180", became="06019", source="Nghị quyết 1", **OLD),
    row("06022", "Xã Tân Yên", parent="180", became="06019", source="Nghị quyết 1", **OLD),
    row("06019", "Xã Tân Tiến", parent="20"),
]


def test_a_province_with_its_old_and_new_communes_is_loaded_once(session: Session, one: Actor) -> None:
    written(session, AREAS, one, *PROVINCE)
    old = session.scalars(select(Area).where(Area.code == "06022")).one()
    assert old.valid_to == date(2025, 7, 1) and old.parent is not None and old.parent.code == "180"
    (new,) = successors(session, [old.id], TODAY)[old.id]
    assert (new.name, new.valid_from, new.level) == ("Xã Tân Tiến", date(2025, 7, 1), Level.COMMUNE)
    assert planned(session, AREAS, one, *PROVINCE).counts == {"new": 0, "changed": 0, "known": 5, "wrong": 0}
    plan = planned(session, AREAS, one, row("06022", "Xã Tân Yên (sửa)", parent="180", **OLD))
    assert plan.counts["changed"] == 1 and set(plan.rows[0].changes) == {"name"}


def test_what_is_wrong_with_areas_is_named(session: Session, one: Actor) -> None:
    plan = planned(
        session, AREAS, one, PROVINCE[0], row("2A", "A", parent="20"), row("06100", "B"),
        row("06101", "C", parent="99"), row("06102", "D", parent="06103"), row("06103", "E", parent="20"),
        row("06103", "E", parent="20"), row("06104", "F", parent="20", became="06103", **OLD),
        row("06105", "G", parent="20", became="06103", source="NQ"),
        row("06106", "H", parent="20", became="06999", source="NQ", **OLD),
        row("06107", "I", parent="20", since="1/7/2025", area_to="1/7/2024"),
    )  # fmt: skip
    assert wrong(plan) == [
        ("A3", "not_an_area_code"), ("E4", "required"), ("E5", "no_such_parent"), ("E6", "no_such_parent"),
        ("A8", "same_as_row"), ("I9", "required"), ("G10", "required"), ("H11", "no_such_successor"),
        ("G12", "before_it_began"),
    ]  # fmt: skip
