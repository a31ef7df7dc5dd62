"""The spreadsheet on the pages of a branch, and brought by the level above."""

import io

import pytest
from flask import Flask
from openpyxl import load_workbook
from sqlalchemy.orm import Session

from consult.collections import service
from consult.collections.branches import keys
from consult.db import new_id
from consult.people.models import User
from consult.submissions.views_frame import site_codes
from tests.application import sign_in
from tests.builders import NOW, make_user
from tests.collections.scene import Collecting, collecting
from tests.collections.spreadsheet.filled import MEETING, filled
from tests.pages import Browser


@pytest.fixture
def scene(app: Flask, app_session: Session) -> Collecting:
    with app.app_context():
        return collecting(app_session, "Xã A", codes=site_codes())


@pytest.fixture
def home(scene: Collecting, app: Flask, browser: Browser) -> str:
    """The home of the branch, opened by its link."""
    branch = scene.branches["Xã A"]
    with app.app_context():
        key = keys.of_branch(branch, site_codes())
    return browser.get(f"/thu-thap/vao/{key}/").address


def test_the_whole_way(scene: Collecting, home: str, browser: Browser, app_session: Session) -> None:
    page = browser.get(home).click("Ghi ý kiến bằng bảng tính")
    blank = browser.get(page.link("Tải bảng tính để điền"))
    sheet = load_workbook(io.BytesIO(blank.body))
    assert sheet.sheetnames[:2] == ["Ý kiến", "Hướng dẫn"] and sheet.worksheets[2].sheet_state == "hidden"
    rows = [{"text": "Một", **MEETING}, {"text": "Hai", "anchor": "Điều 99"}]
    data = filled(app_session, scene.branches["Xã A"], rows, blank.body)
    seen = page.submit({"file": (data, "y-kien.xlsx")}, "Xem trước")
    assert "A3" in seen.text and "Điều, khoản" in seen.text
    done = seen.submit(button="Ghi nhận các dòng đúng")
    assert "Đã ghi nhận 1 ý kiến" in done.text and "Còn 1 dòng chưa ghi nhận" in done.text
    left = load_workbook(io.BytesIO(browser.get(done.link("Tải các dòng còn lại")).body)).worksheets[0]
    assert left.cell(2, 3).value == "Hai" and "Điều, khoản:" in str(left.cell(2, left.max_column).value)
    again = browser.get(home).click("Ghi ý kiến bằng bảng tính").submit({"file": (data, "y-kien.xlsx")}, "Xem trước")
    assert "Ghi nhận tất cả" not in again.text and "1 ý kiến" in browser.get(home).text


def test_what_cannot_be_read_comes_back(home: str, browser: Browser) -> None:
    page = browser.get(f"{home}bang-tinh/")
    for data in (b"", b"\x00\x01", b"A;B\n1;2\n"):
        assert page.submit({"file": (data, "x.csv")}, "Xem trước").status == 422


def test_another_branch_sees_nothing_of_it(
    scene: Collecting, home: str, browser: Browser, app: Flask, app_session: Session
) -> None:
    data = filled(app_session, scene.branches["Xã A"], [{"text": "Một", **MEETING}])
    shown = browser.get(f"{home}bang-tinh/").submit({"file": (data, "y.xlsx")}, "Xem trước").address
    Browser(app).get(shown, status=403)
    browser.get(f"{home}bang-tinh/{new_id()}/", status=404)


def test_the_level_above_brings_it(scene: Collecting, app: Flask, app_session: Session) -> None:
    nobody = make_user(app_session)
    data = filled(app_session, scene.branches["Xã A"], [{"text": "Một", **MEETING}])
    address = f"/to-chuc/dot-thu-thap/{scene.collection.number}/dau-moi/1/"
    above, stranger = Browser(app), Browser(app)
    sign_in(above, app_session.get_one(User, scene.secretary.user_id))
    sign_in(stranger, nobody)
    stranger.get(f"{address}bang-tinh/", status=403)
    page = above.get(address).click("Nộp bảng tính thay cho đầu mối")
    done = page.submit({"file": (data, "y.xlsx")}, "Xem trước").submit(button="Ghi nhận tất cả")
    assert "Đã ghi nhận 1 ý kiến" in done.text
    stranger.get(done.address, status=403)


def test_a_closed_collection_keeps_the_file(
    scene: Collecting, home: str, browser: Browser, app_session: Session
) -> None:
    data = filled(app_session, scene.branches["Xã A"], [{"text": "Một", **MEETING}])
    seen = browser.get(f"{home}bang-tinh/").submit({"file": (data, "y.xlsx")}, "Xem trước")
    service.close(app_session, scene.collection.id, scene.secretary, NOW)
    refused = seen.submit(button="Ghi nhận tất cả")
    assert refused.status == 409 and "đã kết thúc" in refused.text and "Một" in refused.text
