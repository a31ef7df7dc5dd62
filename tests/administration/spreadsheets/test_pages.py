"""The way of an administrator with a spreadsheet: template, look, mend, write, and once more."""

import io

import pytest
from flask import Flask
from openpyxl import load_workbook
from sqlalchemy import select
from sqlalchemy.orm import Session

from consult.people.models import Organisation
from consult.people.words import OrganisationKind, Role
from tests.application import sign_in
from tests.builders import make_organisation, make_user
from tests.files.spreadsheets.made import workbook
from tests.pages import Browser, Page

HEAD = ["Tên tổ chức", "Loại", "Cấp", "Ngày thành lập"]
UNION = "Tổ chức chính trị - xã hội"
INDEX = "/quan-tri/bang-tinh/"


@pytest.fixture
def office(app: Flask, app_session: Session) -> Browser:
    """A browser with an administrator."""
    browser = Browser(app)
    body = make_organisation(app_session, name="Sở Nông nghiệp và Môi trường")
    sign_in(browser, make_user(app_session, body, [Role.ADMINISTRATOR]))
    return browser


def chosen(office: Browser, *rows: list[str], form: str = "field-file-bodies") -> Page:
    """What the site says of a file with these rows."""
    page = office.get(INDEX)
    forms = {one.get("id"): one.getparent() for one in page.root.iter("input") if one.get("type") == "file"}
    assert form in forms
    return page.submit({"Tệp .xlsx, .ods hoặc .csv Tổ chức": (workbook(("Một", rows)), "hội.xlsx")}, form=form)


def names(session: Session) -> set[str]:
    """What bodies are called."""
    session.rollback()
    return set(session.scalars(select(Organisation.name)))


def test_a_wrong_row_is_shown_mended_and_all_is_written_once(office: Browser, app_session: Session) -> None:
    before = names(app_session)
    page = chosen(office, HEAD, ["Hội A", UNION, "xã, phường", "31/2/2025"], ["Hội B", UNION, "xã, phường", "1/7/2025"])
    assert "D2" in page.text and "31/2/2025" in page.text and names(app_session) == before
    assert "Ghi tất cả" not in page.text
    good = ["Hội A", UNION, "xã, phường", "01-07-2025"]
    page = chosen(office, HEAD, good)
    assert names(app_session) == before, "looking writes nothing"
    done = page.submit(button="Ghi tất cả")
    assert names(app_session) == before | {"Hội A"} and "Đã ghi mọi dòng" in done.text
    assert "không còn gì để ghi" in chosen(office, HEAD, good).text
    again = page.submit(button="Ghi tất cả")
    assert again.status in {200, 409} and names(app_session) == before | {"Hội A"}


def test_a_column_of_another_name_is_asked_for_and_then_used(office: Browser) -> None:
    page = chosen(office, ["Hội đoàn", "Loại", "Cấp"], ["Hội A", UNION, "xã, phường"])
    assert "Chưa tìm thấy cột cần có" in page.text
    page = page.submit({"column-name": "0"}, button="Dùng các cột này")
    assert "Hội A" in page.text and "Ghi tất cả" in page.text


def test_what_changed_since_it_was_seen_is_shown_again(office: Browser, app_session: Session) -> None:
    page = chosen(office, HEAD, ["Hội A", UNION, "xã, phường", ""])
    make_organisation(app_session, OrganisationKind.MEMBER, name="Hội A")
    changed = page.submit(button="Ghi tất cả")
    assert changed.status == 409 and "được tính lại" in changed.text and "loại khác" in changed.text


def test_another_file_is_refused_beside_its_field(office: Browser) -> None:
    page = chosen(office, ["Mặt hàng", "Giá"], ["Gạo", "5"])
    assert page.status == 422 and "có thể đây là bảng khác" in page.text


@pytest.mark.parametrize("kind", ["bodies", "units", "people", "areas"])
def test_every_template_opens_with_its_columns_and_lists(office: Browser, kind: str) -> None:
    answer = office.client.get(f"{INDEX}{kind}/mau.xlsx")
    book = load_workbook(io.BytesIO(answer.data))
    sheet = book.worksheets[0]
    assert sheet.cell(1, 1).value and book.sheetnames[1] == "Hướng dẫn" and book["_"].sheet_state == "hidden"
    assert bool(sheet.data_validations.dataValidation) is (kind != "units")
