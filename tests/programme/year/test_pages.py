"""Pages of programmes: what is typed comes back when something is missing, and is corrected until both sides agreed."""

from datetime import date
from io import BytesIO
from zipfile import ZipFile

import pytest
from flask import Flask
from sqlalchemy.orm import Session

from consult import clock
from consult.people.words import Role
from tests.application import sign_in
from tests.builders import make_user
from tests.pages import Browser
from tests.programme.scene import make_parties


def test_what_is_missing_is_said_and_nothing_typed_is_lost(app: Flask, app_session: Session) -> None:
    parties = make_parties(app_session, clock.now())
    writer = Browser(app)
    sign_in(writer, make_user(app_session, parties.front, [Role.DRAFTER]))
    page = writer.get("/phoi-hop/chuong-trinh/").submit(
        {"title": "Chương trình <b>mới</b>", "valid_from": "hôm nào", "sentences": "I | Làm"}, button="Lưu"
    )
    assert page.status == 422
    assert "Chương trình <b>mới</b>" in page.text and "I | Làm" in page.text


def test_what_is_wrong_with_a_further_party_is_said_at_its_line(app: Flask, app_session: Session) -> None:
    parties = make_parties(app_session, clock.now())
    one = parties.programme(public=False)
    writer = Browser(app)
    sign_in(writer, make_user(app_session, parties.front, [Role.DRAFTER]))
    page = writer.get(f"/phoi-hop/chuong-trinh/{one.matter.slug}/").submit(
        {"further-5": str(parties.department.id)}, button="Lưu"
    )
    assert page.status == 422 and page.find("//details[@open]//*[@id = 'error-further-5']")


@pytest.mark.parametrize("asked", ["0", "-1", "1" * 30, "9" * 5000, "x"])
def test_a_page_of_programmes_that_is_none_is_not_found(app: Flask, app_session: Session, asked: str) -> None:
    Browser(app).get(f"/chuong-trinh/?trang={asked}", status=404)


def test_it_is_corrected_until_both_sides_agreed(app: Flask, app_session: Session, browser: Browser) -> None:
    parties = make_parties(app_session, clock.now())
    one = parties.programme(public=False)
    writer = Browser(app)
    sign_in(writer, make_user(app_session, parties.department, [Role.OFFICER]))
    address = f"/phoi-hop/chuong-trinh/{one.matter.slug}/"
    page = writer.get(address).submit({"title": "Tên <b>đúng</b>", "second_unit": "Phòng Tài nguyên"}, button="Lưu")
    assert "Tên <b>đúng</b>" in page.text and "Phòng Tài nguyên" in page.text
    browser.get(f"/chuong-trinh/{one.matter.slug}/", status=404)


def test_a_task_is_adjusted_where_it_stands(app: Flask, app_session: Session, browser: Browser) -> None:
    parties = make_parties(app_session, clock.now())
    one, year = parties.programme(), parties.today.year
    parties.task(one)
    officer = Browser(app)
    sign_in(officer, make_user(app_session, parties.department, [Role.OFFICER]))
    page = officer.get(f"/phoi-hop/chuong-trinh/{one.matter.slug}/{year}/").click("Điều chỉnh")
    assert page.submit({"output": "3 lớp"}, button="Lưu").status == 422
    page.submit({"output": "3 lớp", "reason": "Thêm <b>người</b>"}, button="Lưu")
    shown = browser.get(f"/chuong-trinh/{one.matter.slug}/{year}/").text
    assert "3 lớp" in shown and "Thêm <b>người</b>" in shown


def test_a_plan_leaves_as_a_paper(app: Flask, app_session: Session, browser: Browser) -> None:
    parties = make_parties(app_session, clock.now())
    one, year = parties.programme(), parties.today.year
    parties.task(one, text="Tập huấn <b>rác</b>")
    paper = browser.get(f"/chuong-trinh/{one.matter.slug}/{year}/").click("Word")
    words = ZipFile(BytesIO(paper.body)).read("word/document.xml").decode()
    assert "Tập huấn &lt;b&gt;rác" in words and "20 triệu đồng" in words


def test_who_is_no_party_finds_nothing(app: Flask, app_session: Session) -> None:
    parties = make_parties(app_session, clock.now())
    one = parties.programme()
    stranger = Browser(app)
    sign_in(stranger, make_user(app_session, parties.commune, [Role.OFFICER]))
    for address in ("", f"{parties.today.year}/"):
        stranger.get(f"/phoi-hop/chuong-trinh/{one.matter.slug}/{address}", status=404)
    stranger.get(f"/phoi-hop/giam-sat/{one.matter.slug}/", status=404)


def test_what_a_programme_left_open_is_taken_over(app: Flask, app_session: Session) -> None:
    parties = make_parties(app_session, clock.now())
    year = parties.today.year
    before = parties.programme(valid_to=date(year, 12, 31))
    owed = parties.recommended(parties.round(before), text="Thu gom <b>hết</b>")
    after = parties.programme(title="Chương trình sau", valid_from=date(year, 1, 1))
    officer = Browser(app)
    sign_in(officer, make_user(app_session, parties.department, [Role.OFFICER]))
    page = officer.get(f"/phoi-hop/chuong-trinh/{after.matter.slug}/{year}/")
    assert page.submit({"taken_due_on": "hôm nào"}, button="Tiếp nhận").status == 422
    page = page.submit({"chosen": [str(owed.id)], "taken_due_on": f"{year}-12-20"}, button="Tiếp nhận")
    assert "Thu gom <b>hết</b>" in page.text and "Tiếp nhận từ chương trình trước" not in page.text
