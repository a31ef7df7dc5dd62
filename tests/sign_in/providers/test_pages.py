"""Signing in through a provider, as people meet it: linked once by oneself, found again, and out."""

from dataclasses import replace

import pytest
from flask import Flask
from sqlalchemy import select
from sqlalchemy.orm import Session

from consult.people.models import User
from consult.people.words import Role
from consult.sign_in import views_provider
from consult.sign_in.models import AccountChange, ProviderLink
from consult.sign_in.providers.discovery import Directory
from consult.sign_in.providers.settings import Provider as Settings
from tests.builders import make_organisation, make_user
from tests.pages import Browser, Page
from tests.sign_in.providers.provider import Provider
from tests.signing_in import PASSWORD, sign_in_by_form


def away(browser: Browser, address: str = "/dang-nhap/qua/vneid/") -> str:
    """Where the browser is led, which is not this site."""
    answer = browser.client.get(address)
    assert answer.status_code == 302
    return str(answer.headers["Location"])


def returned(browser: Browser, provider: Provider, address: str = "/dang-nhap/qua/vneid/") -> Page:
    """The page to which the provider sends the browser."""
    return browser.get("/dang-nhap/tu/vneid/", query_string=provider.authorize(away(browser, address)))


def link(browser: Browser, provider: Provider) -> Page:
    """Links the account that is signed in."""
    page = browser.get("/tai-khoan/lien-ket/").submit({"present": PASSWORD}, form="provider")
    return returned(browser, provider, page.link("Sang VNeID")).submit(button="Tiếp tục")


def linked(browser: Browser, session: Session, provider: Provider, *roles: Role) -> User:
    user = make_user(session, make_organisation(session), roles)
    sign_in_by_form(browser, user)
    assert "Đã liên kết" in link(browser, provider).text
    return user


def test_linked_once_it_signs_in(
    app: Flask, browser: Browser, app_session: Session, provider: Provider, connected: Settings
) -> None:
    user = linked(browser, app_session, provider)
    other = Browser(app)
    assert other.get("/dang-nhap/?next=/tai-khoan/lien-ket/").link("Đăng nhập qua VNeID").endswith("lien-ket/")
    page = returned(other, provider, "/dang-nhap/qua/vneid/?next=/tai-khoan/lien-ket/").submit(button="Tiếp tục")
    assert page.address == "/tai-khoan/lien-ket/" and page.words("//main//td")[0] == "VNeID"
    assert "liên kết: VNeID" in other.get("/tai-khoan/").text
    told = [one.what for one in app_session.scalars(select(AccountChange).where(AccountChange.user_id == user.id))]
    assert told == ["provider_bound", "new_device"]


def test_who_left_an_english_page_comes_back_to_one(
    app: Flask, browser: Browser, app_session: Session, provider: Provider, connected: Settings
) -> None:
    linked(browser, app_session, provider)
    page = returned(Browser(app), provider, "/en/dang-nhap/qua/vneid/")
    assert page.address.startswith("/en/dang-nhap/tu/vneid/")
    assert page.submit(button="Continue").address == "/en/tai-khoan/"


def test_nobody_is_found_by_a_mail_address(
    browser: Browser, app_session: Session, provider: Provider, connected: Settings
) -> None:
    user = make_user(app_session)
    provider.claims = {"email": user.mail, "email_verified": True}
    page = returned(browser, provider).submit(button="Tiếp tục")
    assert page.status == 409 and "Chưa có tài khoản nào" in page.text
    assert browser.get("/tai-khoan/").heading == "Đăng nhập"


def test_opening_the_page_back_does_nothing_and_a_second_time_neither(
    browser: Browser, app_session: Session, provider: Provider, connected: Settings
) -> None:
    linked(browser, app_session, provider)
    browser.get("/tai-khoan/").submit(button="Đăng xuất")
    page = returned(browser, provider)
    assert browser.get("/tai-khoan/").heading == "Đăng nhập"
    kept = browser.client.get_cookie("consult")
    assert kept is not None
    assert page.submit(button="Tiếp tục").address == "/tai-khoan/"
    thief = Browser(browser.client.application)
    thief.client.set_cookie("consult", kept.value)
    again = thief.send(page, page.form("state"))
    assert again.status == 409 and "đã dùng rồi" in again.text, "a state that came back once is spent"


@pytest.mark.parametrize("wrong", ["another browser", "state", "another provider", "given_code"])
def test_what_does_not_belong_together_signs_nobody_in(
    app: Flask, browser: Browser, app_session: Session, provider: Provider, connected: Settings, wrong: str
) -> None:
    linked(browser, app_session, provider)
    other = Browser(app)
    page = returned(other, provider)
    form = page.form("state")
    if wrong == "another provider":
        app.extensions["consult.providers"]["khac"] = replace(connected, key="khac", name_vi="Khác")
        page = other.get("/dang-nhap/tu/khac/", query_string={"code": "x", **form.values()})
        form = page.form("state")
    if wrong in ("state", "given_code"):
        form.fill({wrong: "x" * 43})
    sent = (Browser(app) if wrong == "another browser" else other).send(
        page, form, status=503 if wrong == "given_code" else None
    )
    assert sent.status == (503 if wrong == "given_code" else 409)
    assert other.get("/tai-khoan/").heading == "Đăng nhập"


def test_who_has_a_second_factor_shows_it_unless_the_word_stands_for_both(
    app: Flask, browser: Browser, app_session: Session, provider: Provider, connected: Settings
) -> None:
    app.config["REQUIRE_TOTP"] = True
    user = linked(browser, app_session, provider, Role.OFFICER)
    other = Browser(app)
    page = returned(other, provider).submit(button="Tiếp tục")
    assert page.address == "/tai-khoan/ma-xac-thuc/", "by itself it is one factor"
    app_session.get_one(User, user.id).totp_secret = "sealed"
    app_session.commit()
    assert returned(Browser(app), provider).submit(button="Tiếp tục").heading == "Mã xác thực"
    strong = replace(connected, levels=("muc-2",), both_factors=True)
    app.extensions["consult.providers"]["vneid"] = strong
    provider.claims = {"acr": "muc-2"}
    assert returned(Browser(app), provider).submit(button="Tiếp tục").address == "/xu-ly/"
    app_session.get_one(User, user.id).totp_secret = None
    app_session.commit()
    assert returned(Browser(app), provider).submit(button="Tiếp tục").address == "/xu-ly/"


def test_one_subject_is_one_persons(
    app: Flask, browser: Browser, app_session: Session, provider: Provider, connected: Settings
) -> None:
    linked(browser, app_session, provider)
    other = Browser(app)
    sign_in_by_form(other, make_user(app_session))
    page = link(other, provider)
    assert page.status == 409 and "một người khác" in page.text


def test_a_link_needs_the_password_at_both_ends(
    browser: Browser, app_session: Session, provider: Provider, connected: Settings
) -> None:
    user = linked(browser, app_session, provider)
    page = browser.get("/tai-khoan/lien-ket/")
    for given in ({"link": "VNeID", "remove_present": "sai"}, {"remove_present": PASSWORD}):
        assert page.submit(given, form="remove_present").status == 422
    page = page.submit({"link": "VNeID", "remove_present": PASSWORD}, form="remove_present")
    assert page.submit({"present": "sai"}, form="provider").status == 422
    assert app_session.scalar(select(ProviderLink).where(ProviderLink.user_id == user.id)) is None
    told = app_session.execute(select(AccountChange.what, AccountChange.detail)).all()
    assert ("provider_unbound", "VNeID") in [tuple(one) for one in told]
    app_session.rollback()
    # Without the password a way there and back signs in, and binds nothing.
    assert returned(browser, provider).submit(button="Tiếp tục").status == 409


def test_who_does_not_get_to_the_provider_is_linked_by_going_there_again(
    browser: Browser, app_session: Session, provider: Provider, connected: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    sign_in_by_form(browser, make_user(app_session))
    page = browser.get("/tai-khoan/lien-ket/").submit({"present": PASSWORD}, form="provider")
    provider.metadata = {"issuer": "https://khac.vn"}
    browser.get(page.link("Sang VNeID"), status=503)
    provider.metadata = {}
    monkeypatch.setattr(views_provider, "DIRECTORY", Directory())
    assert "Đã liên kết" in returned(browser, provider, page.link("Sang VNeID")).submit(button="Tiếp tục").text
    assert returned(browser, provider).submit(button="Tiếp tục").address == "/tai-khoan/", "once, and no second time"


def test_signing_out_says_that_one_is_still_signed_in_there(
    browser: Browser, app_session: Session, provider: Provider, connected: Settings
) -> None:
    linked(browser, app_session, provider)
    browser.get("/tai-khoan/").submit(button="Đăng xuất")
    returned(browser, provider).submit(button="Tiếp tục")
    page = browser.get("/tai-khoan/").submit(button="Đăng xuất")
    assert page.heading == "Đã đăng xuất"
    end = away(browser, page.link("Đăng xuất khỏi VNeID"))
    assert end.startswith(f"{provider.issuer}/end_session?client_id=consult&post_logout_redirect_uri=http")


def test_a_provider_that_is_gone_or_says_no_leaves_the_password(
    browser: Browser, provider: Provider, connected: Settings
) -> None:
    page = browser.get("/dang-nhap/tu/vneid/", query_string={"error": "access_denied"}, status=409)
    assert "không xác nhận" in page.text and page.find("//main//a[@href='/dang-nhap/']")
    provider.metadata = {"issuer": "https://khac.vn"}
    page = browser.get("/dang-nhap/qua/vneid/", status=503)
    assert page.heading == "Đăng nhập" and "chưa trả lời" in page.text
    browser.get("/dang-nhap/qua/khong-co/", status=404)
