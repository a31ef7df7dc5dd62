"""The pages of administration, used as an administrator would."""

import pytest
from flask import Flask
from sqlalchemy.orm import Session

from consult.consultations.reference import seeding
from consult.people.seeding import seed_areas
from consult.people.words import Role
from tests.administration.bodies.documents import decided
from tests.application import sign_in
from tests.builders import make_organisation, make_unit, make_user
from tests.pages import Browser
from tests.signing_in import PASSWORD


@pytest.fixture
def office(app: Flask, app_session: Session):
    """A browser with an administrator, and the organisation."""
    organisation = make_organisation(app_session, name="Sở Nông nghiệp và Môi trường")
    make_unit(app_session, organisation)
    browser = Browser(app)
    sign_in(browser, make_user(app_session, organisation, [Role.ADMINISTRATOR], name="Lương Đức Toàn"))
    return browser


@pytest.fixture
def second(app: Flask, app_session: Session):
    """A browser with another administrator."""
    browser = Browser(app)
    sign_in(browser, make_user(app_session, make_organisation(app_session), [Role.ADMINISTRATOR], name="Ma Thị Hai"))
    return browser


def confirm_all(administrator: Browser) -> None:
    """Another administrator looks at what waits, and confirms it."""
    page = administrator.get("/quan-tri/").click("Chờ xác nhận")
    page = page.submit({"proposal": page.find("//input[@name = 'proposal']/@value")}, button="Xác nhận")
    assert "Đã xác nhận" in page.text and "Không có vai trò nào chờ xác nhận" in page.text


def test_from_an_account_to_a_role_to_work(app: Flask, office: Browser, second: Browser) -> None:
    page = office.get("/quan-tri/nguoi-dung/").click("Lập tài khoản")
    page = page.submit({"name": "Nông Thị Hằng", "mail": "hang@example.vn", "office": "Chuyên viên"}, form="mail")
    assert page.heading == "Nông Thị Hằng" and "Đã lập tài khoản" in page.text
    [link] = page.words("//main//code")
    page = page.submit({"role": "Cán bộ xử lý", "organisation": "Sở Nông nghiệp và Môi trường"}, form="role")
    assert "Cán bộ xử lý" in page.text and "Đã đề nghị" in page.text
    confirm_all(second)
    owner = Browser(app)
    answer = owner.get(link.removeprefix("http://localhost")).submit(
        {"password": PASSWORD, "again": PASSWORD}, form="again"
    )
    assert answer.address == "/xu-ly/"
    assert "Cán bộ xử lý" in owner.get("/tai-khoan/").text
    owner.get("/quan-tri/", status=403)
    account = page.address
    page = office.get(account).click("Chấm dứt ngay").submit(button="Chấm dứt vai trò")
    assert "Đã chấm dứt vai trò" in page.text
    page = office.get(account).click("Đóng tài khoản").submit(button="Đóng tài khoản này")
    assert owner.get("/tai-khoan/").heading == "Đăng nhập"
    said = office.get("/quan-tri/nhat-ky/").text
    for act in ("lập tài khoản", "đề nghị giao vai trò", "xác nhận vai trò", "chấm dứt vai trò", "đóng tài khoản"):
        assert act in said


def test_a_form_that_cannot_be_taken_comes_back(office: Browser) -> None:
    page = office.get("/quan-tri/nguoi-dung/moi/").submit({"name": "Ai đó", "mail": "không"}, form="mail")
    assert page.status == 422 and page.form("mail").values()["name"] == "Ai đó"


def test_organisations_and_units(office: Browser, app_session: Session) -> None:
    seed_areas(app_session)
    page = office.get("/quan-tri/to-chuc/").click("Thêm tổ chức")
    said = {"name": "Giáo xứ Bắc Kạn", "kind": "Tổ chức tôn giáo", "level": "xã, phường", "valid_from": "1/7/2025"}
    page = page.submit(said, form="level")
    assert page.status == 422 and len(page.errors()) == 1, "a religious body says its standing"
    page = page.submit({"standing": "tổ chức tôn giáo trực thuộc"}, form="level")
    assert page.heading == "Giáo xứ Bắc Kạn"
    page = page.submit({"unit_name": "Ban Bác ái", "mailbox": "bac-ai@example.vn"}, form="unit_name")
    assert "Ban Bác ái" in page.text
    page = page.submit({"mailbox": "bac-ai@"}, form="Lưu")
    assert page.status == 422 and page.heading == "Giáo xứ Bắc Kạn" and len(page.errors()) == 1
    assert page.find("//input[@name = 'mailbox']/@value") == ["bac-ai@", ""]
    page = page.submit({"mailbox": "bac-ai-2@example.vn"}, form="Lưu")
    assert page.find("//input[@name = 'mailbox']/@value") == ["bac-ai-2@example.vn", ""]
    page = office.get(page.browser.get("/quan-tri/to-chuc/?q=giao+xu").link("Giáo xứ Bắc Kạn"))
    page = page.submit({"name": "Giáo xứ Phong Quang", "day": "1/1/2027", **decided()}, form="document_number")
    assert "Giáo xứ Phong Quang kế thừa Giáo xứ Bắc Kạn từ ngày 1/1/2027" in page.text
    page = page.submit(button="Lập tổ chức kế thừa")
    assert page.heading == "Giáo xứ Phong Quang" and "Kế thừa từ" in page.text
    page = office.get(office.get("/quan-tri/to-chuc/?q=phong+quang").link("Giáo xứ Phong Quang"))
    assert page.submit({"end_day": "31/2/2027"}, form="end_day").status == 422


def test_areas_are_looked_up(office: Browser, app_session: Session) -> None:
    seed_areas(app_session)
    page = office.get("/quan-tri/dia-ban/").submit({"q": "duong quang"}, form="q")
    assert "Xã Dương Quang (cũ) → Xã Phong Quang" in page.text
    assert "Không tìm thấy" in office.get("/quan-tri/dia-ban/?q=atlantis").text


def test_holidays_are_kept(office: Browser, app_session: Session) -> None:
    seeding.seed_rules(app_session)
    page = office.get("/quan-tri/ngay-nghi/?nam=2027")
    page = page.submit({"day": "5/3/2027", "kind": "nghỉ bù", "name": "Ngày thử", "source": ""}, form="day")
    assert "Ngày thử" in page.text
    page = page.submit({"day": "5/3/2027", "kind": "thứ Bảy làm việc bù", "name": "Sai"}, form="day")
    assert page.errors() == ["Ngày: Ngày này không phải thứ Bảy"]
    office.get("/quan-tri/ngay-nghi/?nam=abc")
    page = office.get("/quan-tri/ngay-nghi/2027-03-05/xoa/")
    assert page.heading == "Bỏ “Ngày thử” khỏi bảng ngày nghỉ?" and "5/3/2027 (nghỉ bù: Ngày thử)" in page.text
    assert "Ngày thử" in office.get("/quan-tri/ngay-nghi/?nam=2027").text
    assert "Ngày thử" not in page.submit(button="Bỏ ngày này").text


def test_profiles_are_shown_with_what_they_stand_on(office: Browser, app_session: Session) -> None:
    seeding.seed_rules(app_session)
    page = office.get("/quan-tri/quy-dinh/")
    for address in page.find("//main//td//a/@href"):
        shown = office.get(address)
        assert shown.find("//main//table") and "theo quy định của tỉnh" in shown.text


def test_english_pages(office: Browser, app_session: Session) -> None:
    for path in (
        "",
        "nguoi-dung/",
        "nguoi-dung/moi/",
        "to-chuc/",
        "to-chuc/moi/",
        "dia-ban/",
        "ngay-nghi/",
        "quy-dinh/",
        "nhat-ky/",
    ):
        assert office.get(f"/en/quan-tri/{path}").root.get("lang") == "en"


@pytest.mark.parametrize("role", [role for role in Role if role is not Role.ADMINISTRATOR])
def test_only_administrators_come_in(app: Flask, app_session: Session, role: Role) -> None:
    browser = Browser(app)
    sign_in(browser, make_user(app_session, make_organisation(app_session), [role]))
    browser.get("/quan-tri/", status=403)
