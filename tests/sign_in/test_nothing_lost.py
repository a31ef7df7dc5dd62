"""Nothing typed is lost by a sign-in that ended: it travels through the sign-in page and is sent again by its owner."""

import io
import secrets
from datetime import timedelta

import pytest
from flask import Flask
from sqlalchemy import select, update
from sqlalchemy.orm import Session

from consult.clock import now
from consult.files.pending_uploads import PendingUploads
from consult.people.models import User
from consult.people.words import Role
from consult.sign_in.models import SignInSession
from consult.sign_in.providers.settings import Provider
from tests.application import sign_in
from tests.builders import NOW, make_organisation, make_user
from tests.pages import Browser, Page
from tests.signing_in import PASSWORD, with_password

NAME = "Nguyễn Thị “Hương” <b>&amp;\r\nở thôn Nà Hái"
PATH = "/quan-tri/nguoi-dung/moi/"


@pytest.fixture
def person(app: Flask, app_session: Session) -> User:
    """An administrator with a password."""
    return with_password(app, make_user(app_session, make_organisation(app_session), [Role.ADMINISTRATOR]))


def typed_after_the_end(browser: Browser, session: Session, address: str = PATH) -> Page:
    """A form is filled, the sign-in ends, and the form is sent."""
    page = browser.get(address)
    session.execute(update(SignInSession).values(revoked_at=NOW))
    session.commit()
    return page.submit({"name": NAME, "mail": "huong@example.vn", "office": "Ủy viên"}, form="mail")


def test_what_was_typed_is_sent_after_signing_in_again(browser: Browser, person: User, app_session: Session) -> None:
    sign_in(browser, person)
    page = typed_after_the_end(browser, app_session)
    assert page.status == 401 and page.heading == "Đăng nhập" and "vẫn được giữ" in page.text
    wrong = page.submit({"mail": person.mail, "password": "không đúng"}, form="password")
    page = wrong.submit({"mail": person.mail, "password": PASSWORD}, form="password")
    assert page.heading == "Gửi lại nội dung đã nhập" and "Nà Hái" in page.text
    page = page.submit(button="Gửi")
    assert page.status == 200
    made = app_session.scalars(select(User).where(User.mail == "huong@example.vn")).one()
    assert made.name == "Nguyễn Thị “Hương” <b>&amp; ở thôn Nà Hái" and made.office == "Ủy viên"


def test_no_way_is_offered_on_which_it_would_be_lost(
    app: Flask, browser: Browser, person: User, app_session: Session, monkeypatch: pytest.MonkeyPatch
) -> None:
    known = {"khac": Provider("khac", "https://khac.vn", "consult", "x", name_vi="Khác")}
    monkeypatch.setitem(app.extensions, "consult.providers", known)
    assert "Đăng nhập qua Khác" in Browser(app).get("/dang-nhap/").text
    sign_in(browser, person)
    page = typed_after_the_end(browser, app_session)
    wrong = page.submit({"mail": person.mail, "password": "không đúng"}, form="password")
    assert "vẫn được giữ" in wrong.text and "Đăng nhập qua" not in page.text + wrong.text


def test_in_english_too(browser: Browser, person: User, app_session: Session) -> None:
    sign_in(browser, person)
    page = typed_after_the_end(browser, app_session, f"/en{PATH}")
    page = page.submit({"mail": person.mail, "password": PASSWORD}, form="password").submit(button="Send")
    assert page.address.startswith("/en/quan-tri/")


def test_with_another_token_it_is_given_back(app: Flask, browser: Browser, person: User, app_session: Session) -> None:
    sign_in(browser, person)
    page = browser.get(PATH)
    sign_in(browser, person)
    with browser.client.session_transaction() as kept:
        del kept["csrf_token"]
    page = page.submit({"name": NAME, "mail": "huong@example.vn"}, form="mail")
    assert page.status == 400 and page.heading == "Gửi lại nội dung đã nhập"
    page.submit(button="Gửi")
    assert app_session.scalars(select(User).where(User.mail == "huong@example.vn")).one()


@pytest.mark.parametrize("headers", [{"Origin": "https://evil.example"}, {"Sec-Fetch-Site": "cross-site"}])
@pytest.mark.parametrize("signed_in", [True, False])
def test_another_site_gets_nothing_carried(browser: Browser, person: User, headers, signed_in: bool) -> None:
    if signed_in:
        sign_in(browser, person)
    page = browser.post(PATH, {"name": "Kẻ gian nào đó từ xa"}, status=403, headers=headers)
    assert "Kẻ gian" not in page.html


def test_nobody_else_can_put_words_into_it(browser: Browser, person: User) -> None:
    ticket = browser.get("/dang-nhap/").form("password").values()["ticket"]
    data = {"mail": person.mail, "password": PASSWORD, "ticket": ticket, "carried": "made-up"}
    assert browser.post("/dang-nhap/", data).address == "/quan-tri/"


def sent_with_a_file(browser: Browser) -> Page:
    """A form with a password and a file, sent without a sign-in."""
    data = {
        "name": "Tên rất dài của một người",
        "password": "mật khẩu đã gõ",
        "scan": (io.BytesIO(b"x"), "bản chụp.pdf"),
    }
    return browser.post(PATH, data, status=401, content_type="multipart/form-data")


def test_passwords_do_not_travel_and_files_are_kept(browser: Browser, person: User) -> None:
    page = sent_with_a_file(browser)
    assert "không cần chọn lại: bản chụp.pdf" in page.text and "không được giữ lại" in page.text
    page = page.submit({"mail": person.mail, "password": PASSWORD}, form="password")
    assert "không cần chọn lại: bản chụp.pdf" in page.text and "mật khẩu đã gõ" not in page.html


def test_a_file_that_was_let_go_is_asked_for_again(app: Flask, browser: Browser, person: User) -> None:
    page = sent_with_a_file(browser).submit({"mail": person.mail, "password": PASSWORD}, form="password")
    PendingUploads(app.config["WAITING_FOLDER"]).forget(now() + timedelta(days=1))
    page = page.submit(button="Gửi")
    assert page.status == 400 and "xin chọn lại: bản chụp.pdf" in page.text
    assert page.form("Gửi").holds_files and page.find("//input[@type='file']/@name") == ["scan"]


def test_too_many_files_of_one_line_are_not_kept(app: Flask, browser: Browser) -> None:
    app.config["FILES_OF_ADDRESS"] = "1 per hour"
    assert "không cần chọn lại" in sent_with_a_file(browser).text
    assert "cần chọn lại: bản chụp.pdf" in sent_with_a_file(browser).text


def test_who_signs_in_as_somebody_else_is_told(
    browser: Browser, app: Flask, person: User, app_session: Session
) -> None:
    sign_in(browser, person)
    other = with_password(app, make_user(app_session, make_organisation(app_session), [Role.ADMINISTRATOR]))
    page = typed_after_the_end(browser, app_session)
    page = page.submit({"mail": other.mail, "password": PASSWORD}, form="password")
    assert f"khi {person.name} đang đăng nhập" in page.text and f"ghi tên {other.name}" in page.text
    assert not app_session.scalars(select(User).where(User.mail == "huong@example.vn")).all()
    page.submit(button="Gửi")
    app_session.rollback()
    assert app_session.scalars(select(User).where(User.mail == "huong@example.vn")).one()


def test_who_may_not_do_it_can_still_copy_it(browser: Browser, app: Flask, app_session: Session) -> None:
    drafter = with_password(app, make_user(app_session, make_organisation(app_session), [Role.DRAFTER]))
    page = browser.post(PATH, {"name": "Tên rất dài của một người"}, status=401)
    page = page.submit({"mail": drafter.mail, "password": PASSWORD}, form="password").submit(button="Gửi")
    assert page.status in {403, 404} and "Tên rất dài của một người" in page.text


def test_too_much_to_carry_is_said(app: Flask, browser: Browser, person: User) -> None:
    app.config["MAX_FORM_MEMORY_SIZE"] = 100_000
    page = browser.post(PATH, {"name": secrets.token_urlsafe(70_000)}, status=401)
    assert "quá dài" in page.text
    page = page.submit({"mail": person.mail, "password": PASSWORD}, form="password")
    assert "quá dài" in page.text and not page.find("//main//form")


def test_a_sign_in_ends_by_itself(browser: Browser, person: User, app_session: Session) -> None:
    sign_in(browser, person)
    app_session.execute(update(SignInSession).values(expires_at=NOW - timedelta(days=1)))
    app_session.commit()
    assert browser.get("/quan-tri/").heading == "Đăng nhập"
