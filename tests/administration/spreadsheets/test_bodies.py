"""Bodies and units come from a spreadsheet: as seen, all or none, and never twice."""

import unicodedata
from datetime import date, timedelta

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from consult.administration.models import AdministrativeAct, SpreadsheetUpload, UploadKind
from consult.administration.spreadsheets import service
from consult.errors import Invalid, Refused
from consult.files.spreadsheets.sheets import Line, Sheet
from consult.people.models import Organisation, Unit
from consult.people.words import Level, OrganisationKind, Standing
from consult.policy import Actor
from tests.administration.spreadsheets.sheets import SAID, body, kept, planned, rows_of, written, wrong
from tests.builders import NOW, make_area, make_organisation
from tests.statements import statements_of

BODIES, UNITS = UploadKind.BODIES, UploadKind.UNITS


def bodies(session: Session) -> int:
    """How many there are."""
    return session.scalar(select(func.count()).select_from(Organisation)) or 0


def test_a_new_body_is_as_its_row_says(session: Session, one: Actor) -> None:
    area = make_area(session, "Xã Chợ Đồn", code="02020")
    name = unicodedata.normalize("NFD", "Hội Nông dân xã Chợ Đồn")
    row = body(name, area="cho don", valid_from="01/07/2025", telephone="02093 870 123", mail="hnd@example.vn")
    done = written(session, BODIES, one, row)
    made = session.scalars(select(Organisation).where(Organisation.area_id == area.id)).one()
    assert made.name == "Hội Nông dân xã Chợ Đồn" == made.short_name and made.valid_from == date(2025, 7, 1)
    assert (made.kind, made.level) == (OrganisationKind.SOCIO_POLITICAL, Level.COMMUNE) and made.telephone
    assert done.written["new"] == 1 and done.sheets == []
    assert session.scalars(select(AdministrativeAct).order_by(AdministrativeAct.id)).all()[-1].act == "bodies_imported"


def test_a_second_upload_changes_nothing_and_a_changed_one_what_it_changes(session: Session, one: Actor) -> None:
    written(session, BODIES, one, body("Hội Nông dân"), body("Hội Phụ nữ"))
    again = planned(session, BODIES, one, body("HỘI NÔNG DÂN"), body("hoi phu nu"))
    assert again.counts == {"new": 0, "changed": 0, "known": 2, "wrong": 0} and not again.ready
    plan = planned(session, BODIES, one, body("Hội Nông dân", address="Tổ 3"), body("Hội Phụ nữ"))
    assert plan.counts["changed"] == 1 and plan.rows[0].changes == {"address": ("", "Tổ 3")}
    written(session, BODIES, one, body("Hội Nông dân", address="Tổ 3"), body("Hội Phụ nữ"))
    found = session.scalars(select(Organisation).where(Organisation.address == "Tổ 3")).one()
    assert found.name == "Hội Nông dân"
    assert planned(session, BODIES, one, body("Hội Nông dân")).counts["known"] == 1, "an empty cell takes nothing"


def test_every_wrong_cell_is_named_with_row_and_column(session: Session, one: Actor) -> None:
    make_organisation(session, name="Sở Y tế")
    plan = planned(
        session, BODIES, one, body(""), body("A", kind="hội"), body("B", valid_from="31/2/2025"),
        body("C", kind="Tổ chức tôn giáo"), body("D", standing="tổ chức tôn giáo trực thuộc"), body("E", mail="x@"),
        body("F", area="Xã Không Có"), body("G"), body("g"), body("Sở Y tế"), body("x" * 301),
    )  # fmt: skip
    assert wrong(plan) == [
        ("A2", "required"), ("C3", "not_in_the_list"), ("L4", "not_a_date"), ("D5", "required"),
        ("D6", "only_religious"), ("K7", "not_a_mail"), ("F8", "area_unknown"), ("A10", "same_as_row"),
        ("C11", "other_kind_there"), ("E11", "other_level_there"), ("A12", "too_long"),
    ]  # fmt: skip


def test_a_body_is_known_by_its_network_code_too(session: Session, one: Actor) -> None:
    health = make_organisation(session, name="Sở Y tế")
    health.network_code = "H55.12"
    session.commit()
    said = {"network_code": "h55.12", "kind": health.kind.value, "level": health.level.value}
    plan = planned(session, BODIES, one, body("Sở Y tế tỉnh", **said, address="Tổ 3"))
    [row] = plan.rows
    assert (row.about, row.said, row.changes["address"]) == ("Sở Y tế", "Sở Y tế tỉnh", ("", "Tổ 3"))
    written(session, BODIES, one, body("Sở Y tế tỉnh", **said, address="Tổ 3"), body("Hội A", network_code="H55.20"))
    assert health.address == "Tổ 3"
    assert planned(session, BODIES, one, body("Hội B", network_code="H55.20")).rows[0].about == "Hội A"
    unit = {"unit": "Phòng A", "body_code": "H55.12"}
    plan = planned(session, UNITS, one, unit, unit | {"body": "h55.12", "unit": "Phòng B"}, unit | {"body": "so y te"})
    assert [row.about for row in plan.rows] == [f"{health.short_name}: Phòng {sign}" for sign in "ABA"]
    assert wrong(plan) == [("B4", "same_as_row")]


def test_a_name_and_a_code_of_two_bodies_are_told(session: Session, one: Actor) -> None:
    health, culture = (make_organisation(session, name=name) for name in ("Sở Y tế", "Sở Văn hóa"))
    health.network_code = "H55.12"
    session.commit()
    said = {"kind": health.kind.value, "level": health.level.value}
    plan = planned(
        session, BODIES, one, body("Sở Văn hóa", **said, network_code="H55.12"), body("Sở Y tế", **said),
        body("Sở Y tế tỉnh", **said, network_code="H55.12"), body("A", network_code="mã"),
        body("B", network_code="H55.30"), body("C", network_code="h55.30"),
    )  # fmt: skip
    assert wrong(plan) == [
        ("M2", "code_of_another"), ("M4", "same_as_row"), ("A4", "same_as_row"), ("M5", "not_a_network_code"),
        ("M7", "same_as_row"),
    ]  # fmt: skip
    assert plan.rows[0].problems[0].values == {"name": "Sở Y tế"}
    rows = [{"unit": "P", "body": culture.name, "body_code": "H55.12"}, {"unit": "P", "body_code": "H55.99"}]
    assert wrong(planned(session, UNITS, one, *rows)) == [
        ("D2", "code_of_another"), ("D3", "code_unknown"),
    ]  # fmt: skip


def test_nothing_is_written_while_a_row_is_wrong(session: Session, one: Actor) -> None:
    before = bodies(session)
    with pytest.raises(Refused) as refused:
        written(session, BODIES, one, body("Hội Nông dân"), body(""))
    assert refused.value.reason == "rows_wrong"
    session.rollback()
    assert bodies(session) == before


def test_two_administrators_with_one_file_write_it_once(session: Session, one: Actor, two: Actor) -> None:
    first, second = (kept(session, BODIES, actor, body("Hội Nông dân")) for actor in (one, two))
    seen = service.plan(session, first, one, NOW).version
    service.write(session, first.id, seen, one, NOW)
    with pytest.raises(Refused) as refused:
        service.write(session, second.id, seen, two, NOW)
    assert refused.value.reason == "rows_changed"
    with pytest.raises(Refused) as refused:
        service.write(session, first.id, seen, two, NOW)
    assert refused.value.reason == "upload_written"


def test_a_file_that_nobody_wrote_is_let_go_after_a_day(session: Session, one: Actor) -> None:
    old = kept(session, BODIES, one, body("Hội Nông dân"))
    sheets = rows_of(BODIES, body("Hội Phụ nữ"))
    service.keep(session, BODIES, "b.xlsx", sheets, one, NOW + timedelta(days=1, seconds=1))
    session.refresh(old)
    with pytest.raises(Refused) as refused:
        service.plan(session, old, one, NOW)
    assert refused.value.reason == "upload_gone"


def test_a_renamed_column_is_asked_for(session: Session, one: Actor) -> None:
    sheet = Sheet("Một", [Line(1, ["Hội đoàn", "Loại", "Cấp"]), Line(2, ["Hội Nông dân", SAID["kind"], SAID["level"]])])
    upload = service.keep(session, BODIES, "a.csv", [sheet], one, NOW)
    assert service.plan(session, upload, one, NOW).table.missing == ("name",)
    service.say_where(session, upload.id, {"name": 0})
    assert service.plan(session, upload, one, NOW).counts["new"] == 1


def test_another_table_is_refused_and_not_kept(session: Session, one: Actor) -> None:
    with pytest.raises(Invalid):
        service.keep(session, BODIES, "a.csv", [Sheet("", [Line(1, ["Mặt hàng", "Giá"])])], one, NOW)
    assert not session.scalars(select(SpreadsheetUpload)).all()


def test_religious_bodies_are_told_apart(session: Session, one: Actor) -> None:
    said = {"kind": "Tổ chức tôn giáo", "standing": "nhóm sinh hoạt tôn giáo tập trung đã đăng ký"}
    written(session, BODIES, one, body("Điểm nhóm A", **said))
    made = session.scalars(select(Organisation).where(Organisation.kind == OrganisationKind.RELIGIOUS)).one()
    assert made.standing is Standing.REGISTERED_GROUP


def test_units_come_with_their_mailboxes_once(session: Session, one: Actor) -> None:
    make_organisation(session, name="Sở Y tế")
    row = {"body": "so y te", "unit": "Phòng Y", "mailbox": "y@example.vn"}
    written(session, UNITS, one, row)
    assert planned(session, UNITS, one, row).counts["known"] == 1
    written(session, UNITS, one, {**row, "mailbox": "z@example.vn"})
    assert session.scalars(select(Unit)).one().mailbox == "z@example.vn"
    plan = planned(session, UNITS, one, {**row, "body": "Sở Khác"}, {**row, "unit": "PHÒNG Y"}, row)
    assert wrong(plan) == [("A2", "body_unknown"), ("B4", "same_as_row")]


def test_five_thousand_rows_with_three_hundred_wrong_ones_are_each_named(session: Session, one: Actor) -> None:
    rows = [body(f"Hội số {number}", **({"kind": "?"} if number % 17 == 0 else {})) for number in range(5000)]
    bad = [f"C{number + 2}" for number in range(5000) if number % 17 == 0]
    upload = kept(session, BODIES, one, *rows)
    with statements_of(session) as statements:
        plan = service.plan(session, upload, one, NOW)
    assert [cell for cell, code in wrong(plan)] == bad and len(bad) == 295
    assert len(statements) <= 4, "the number of statements does not grow with the rows"
    with pytest.raises(Refused):
        service.plan(session, kept(session, BODIES, one, *rows, body("Thêm")), one, NOW)
