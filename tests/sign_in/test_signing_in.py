"""The sign-in page: the right people in, everybody else out, and back to where one was."""

import pytest
from flask import Flask
from sqlalchemy import select
from sqlalchemy.orm import Session

from consult.people.words import Role
from consult.sign_in.models import SignInSession
from tests.builders import make_organisation, make_user
from tests.pages import Browser
from tests.signing_in import PASSWORD, sign_in_by_form, with_password


@pytest.fixture
def person(app: Flask, app_session: Session):
    """An officer with a password."""
    return with_password(app, make_user(app_session, make_organisation(app_session), [Role.OFFICER]))


def test_in_and_out(browser: Browser, person, app_session: Session) -> None:
    page = sign_in_by_form(browser, person, "/dang-nhap/?next=/tai-khoan/")
    assert page.address == "/tai-khoan/" and person.name in page.text
    assert page.headers["Cache-Control"] == "no-store"
    page = page.submit(button="Đăng xuất")
    assert page.heading == "Đăng nhập"
    assert browser.get("/tai-khoan/").heading == "Đăng nhập"
    [kept] = app_session.scalars(select(SignInSession))
    assert kept.revoked_at is not None


def test_what_a_browser_brought_along_is_gone_once_it_is_signed_in(browser: Browser, person) -> None:
    tokens = []
    for _ in range(2):
        with browser.client.session_transaction() as kept:
            kept["_user_id"], kept["planted"] = "of somebody else", "x"
        assert sign_in_by_form(browser, person).address == "/xu-ly/"
        with browser.client.session_transaction() as kept:
            assert "planted" not in kept
            tokens.append(kept["_user_id"])
    assert len({*tokens, "of somebody else"}) == 3


@pytest.mark.parametrize(("mail", "password"), [("nobody@example.invalid", PASSWORD), (None, "không phải mật khẩu")])
def test_a_wrong_sign_in_is_told_the_same_way(browser: Browser, person, mail, password) -> None:
    page = browser.get("/dang-nhap/").submit({"mail": mail or person.mail, "password": password}, form="password")
    assert page.status == 422
    assert page.errors() == ["Thư điện tử hoặc mật khẩu không đúng"]
    assert (mail or person.mail) in page.html and password not in page.html


def test_nothing_typed_is_said(browser: Browser) -> None:
    page = browser.get("/dang-nhap/").submit(form="password")
    assert page.status == 422 and len(page.errors()) == 2


def test_mail_in_any_letters(browser: Browser, person) -> None:
    page = browser.get("/dang-nhap/?next=/tai-khoan/")
    page = page.submit({"mail": f" {person.mail.upper()} ", "password": PASSWORD}, form="password")
    assert page.address == "/tai-khoan/"


@pytest.mark.parametrize(
    "elsewhere",
    ["https://evil.example/", "//evil.example/", "/\\evil.example/", "javascript:alert(1)", "tai-khoan", "/\t/evil"],
)
def test_nobody_is_led_elsewhere(browser: Browser, person, elsewhere: str) -> None:
    page = browser.get("/dang-nhap/", query_string={"next": elsewhere})
    assert "next" not in page.form("password").values()
    answer = browser.client.post(
        "/dang-nhap/",
        data={
            "mail": person.mail,
            "password": PASSWORD,
            "next": elsewhere,
            "ticket": page.form("password").values()["ticket"],
        },
    )
    assert answer.status_code == 303
    assert answer.headers["Location"] == "/xu-ly/"


def test_a_page_for_the_signed_in_leads_there_after_sign_in_in_its_language(browser: Browser, person) -> None:
    page = browser.get("/en/tai-khoan/?a=1")
    assert page.heading == "Sign in"
    page = page.submit({"mail": person.mail, "password": PASSWORD}, form="password")
    assert page.address == "/en/tai-khoan/?a=1"


def test_another_site_cannot_sign_anybody_in(browser: Browser, person) -> None:
    ticket = browser.get("/dang-nhap/").form("password").values()["ticket"]
    data = {"mail": person.mail, "password": PASSWORD, "ticket": ticket}
    browser.post("/dang-nhap/", data, status=403, headers={"Origin": "https://evil.example"})
    page = browser.post("/dang-nhap/", {**data, "ticket": "made-up"}, status=422)
    assert "quá lâu" in page.errors()[0]


def test_a_closed_account_is_out_at_once(browser: Browser, person, app_session: Session) -> None:
    sign_in_by_form(browser, person, "/dang-nhap/?next=/tai-khoan/")
    person.disabled_at = person.created_at
    app_session.commit()
    assert browser.get("/tai-khoan/").heading == "Đăng nhập"
    assert sign_in_by_form(browser, person).status == 422


def test_too_many_attempts_wait(app: Flask, browser: Browser, person) -> None:
    page = browser.get("/dang-nhap/")
    for _ in range(10):
        assert page.submit({"mail": person.mail, "password": "sai mật khẩu"}, form="password").status == 422
    assert page.submit({"mail": person.mail, "password": PASSWORD}, form="password").status == 429
    # Somebody elsewhere cannot keep the owner out by trying.
    assert sign_in_by_form(Browser(app, REMOTE_ADDR="10.1.1.1"), person, "/dang-nhap/?next=/tai-khoan/").status == 200


def test_public_pages_do_not_read_the_session(app: Flask, person) -> None:
    signed_in = Browser(app)
    sign_in_by_form(signed_in, person, "/dang-nhap/?next=/tai-khoan/")
    for browser in (Browser(app), signed_in):
        page = browser.get("/nowhere/", status=404)
        assert "Set-Cookie" not in page.headers
        assert "Cookie" not in page.headers.get("Vary", "")
