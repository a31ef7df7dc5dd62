"""Where somebody lives is kept as they said it; a commune is recognised in it, suggested and never demanded."""

from datetime import date

import pytest
from flask import Flask
from sqlalchemy import select
from sqlalchemy.orm import Session

from consult.clock import local_day, now
from consult.people.models import Area, AreaSuccession
from consult.people.seeding import seed_areas
from consult.submissions.form import communes
from consult.submissions.models import Submission
from tests.builders import make_area, make_consultation
from tests.pages import Browser

DAY = date(2026, 11, 28)
CHECK = "Xem lại trước khi gửi"
FORM = "/lay-y-kien/phan-loai-rac/gop-y/"


@pytest.mark.parametrize(
    ("said", "meant"),
    [
        ("thôn Nà Hái, xã Phủ Thông", ["Xã Phủ Thông"]),
        ("thôn Nà Hái xã Phủ Thông huyện Bạch Thông", ["Xã Phủ Thông"]),
        ("Nà Hái, Phủ Thông", ["Xã Phủ Thông"]),
        ("phu thong", ["Xã Phủ Thông"]),
        ("PHỦ THÔNG - Bắc Kạn", ["Xã Phủ Thông"]),
        ("huyện Na Rì", []),
        ("Na Rì", ["Xã Na Rì"]),
        ("xã Tân Lập, tỉnh Lạng Sơn", []),
        ("thành phố Hà Nội", []),
        ("tỉnh Cao Bằng", []),
        ("ở nhà", []),
    ],
)
def test_a_commune_is_recognised_where_one_is_named(session: Session, said: str, meant: list[str]) -> None:
    seed_areas(session)
    assert [one.name for one in communes.recognised(session, said, DAY)] == meant


@pytest.fixture
def form(app_session: Session) -> Session:
    seed_areas(app_session)
    make_consultation(app_session, now=now(), slug="phan-loai-rac")
    return app_session


@pytest.mark.parametrize(
    "place", ["Quận 1, Thành phố Hồ Chí Minh", "thôn Nà Hái, xã Phủ Thông", "xóm trên, huyện Na Rì"]
)
def test_no_place_stops_a_comment_and_all_are_kept(app: Flask, form: Session, place: str) -> None:
    check = Browser(app).get(FORM).walk({"comments.0.text": "Giữ rừng đầu nguồn", "area": place}, CHECK)
    assert place in check.text and not check.errors()
    assert check.submit(button="Gửi").status == 200
    assert form.scalars(select(Submission.place_said)).one() == place


def test_one_of_several_communes_may_be_chosen_and_need_not(app: Flask, form: Session) -> None:
    typed = {"comments.0.text": "Giữ rừng", "area": "Dương Quang"}
    check = Browser(app).get(FORM).walk(typed, CHECK)
    offered = check.find("//input[@type='radio'][@name='area_id']/@value")
    assert len(offered) > 1 and "" in offered
    check.submit({"area_id": ""}, button="Gửi")
    sent = form.scalars(select(Submission)).one()
    assert (sent.area_id, sent.place_said) == (None, "Dương Quang")


@pytest.mark.parametrize("contact", ["zalo 0912 345 678", "0912.345.678 (gặp chị Hoa)", "+84 912 345 678"])
def test_a_number_is_one_whatever_is_written_beside_it(app: Flask, form: Session, contact: str) -> None:
    page = Browser(app).get(FORM).walk({"comments.0.text": "Gọi lại giúp", "contact": contact}, CHECK)
    assert not page.errors() and contact in page.text


@pytest.mark.parametrize(
    ("contact", "told"),
    [("0912 34", "chưa đủ chữ số"), ("nhà văn hóa thôn", "chưa có số điện thoại"), ("hoa@", "hoa@")],
)
def test_what_is_missing_in_a_contact_is_said_in_its_words(app: Flask, form: Session, contact: str, told: str) -> None:
    page = Browser(app).get(FORM).walk({"comments.0.text": "Gọi lại giúp", "contact": contact}, CHECK)
    assert page.status == 422 and page.errors() and told in page.html


def test_a_commune_that_is_merged_while_somebody_writes_stays_as_it_was_chosen(app: Flask, form: Session) -> None:
    check = Browser(app).get(FORM).walk({"comments.0.text": "Giữ rừng", "area": "Xã Phủ Thông"}, CHECK)
    old = form.scalars(select(Area).where(Area.name == "Xã Phủ Thông", Area.valid_to.is_(None))).one()
    old.valid_to = local_day(now())
    new = make_area(form, "Xã Bạch Sơn", valid_from=old.valid_to)
    form.add(AreaSuccession(predecessor_id=old.id, successor_id=new.id, on=old.valid_to))
    form.commit()
    again = check.submit(button="Sửa Liên hệ").walk({}, CHECK)
    ids = again.find("//input[@name='area_id'][@type='radio']/@value")
    offered = dict(zip(ids, again.words("//fieldset//label"), strict=True))
    assert str(new.id) in offered
    assert "như đã ghi" in offered[str(old.id)]
    assert again.submit(button="Gửi").status == 200
    assert form.scalars(select(Submission.area_id)).one() == old.id
