"""Whoever signs in from a browser that they never used here before is told by mail; whose sign-ins there are says by
what each began."""

from flask import Flask
from sqlalchemy import select
from sqlalchemy.orm import Session

from consult.sign_in import sessions
from consult.sign_in.known_devices import Entry
from consult.sign_in.models import AccountChange, SignInSession
from consult.sign_in.words import Way
from tests.builders import NOW, make_user
from tests.pages import Browser
from tests.signing_in import PASSWORD, sign_in_by_form, with_password

FIREFOX = "Mozilla/5.0 (Windows NT 10.0; rv:150.0) Gecko/20100101 Firefox/150.0"


def told(session: Session) -> list[str]:
    return [one.detail for one in session.scalars(select(AccountChange).where(AccountChange.what == "new_device"))]


def test_the_first_browser_is_no_news_and_a_second_one_is(session: Session) -> None:
    user = make_user(session)
    for mark in ("one", "one", "two", "two", "one"):
        sessions.begin(session, user.id, FIREFOX, NOW, entry=Entry(Way.PASSWORD, device_mark=mark))
    assert told(session) == ["Firefox, Windows"]


def test_browsers_of_before_are_known_by_what_they_say(session: Session) -> None:
    """Sign-ins of an earlier release have no mark: an update does not tell everybody of a stranger."""
    user = make_user(session)
    sessions.begin(session, user.id, FIREFOX, NOW)
    for agent in (FIREFOX, "Opera/9"):
        sessions.begin(session, user.id, agent, NOW, entry=Entry(device_mark=agent))
    assert len(told(session)) == 1


def test_the_browser_keeps_a_word_of_which_the_database_knows_the_hash(
    app: Flask, browser: Browser, app_session: Session
) -> None:
    user = make_user(app_session)
    for one in (browser, browser, Browser(app)):
        page = sign_in_by_form(one, user)
        one.get("/tai-khoan/").submit(button="Đăng xuất")
    assert page.status == 200 and len(told(app_session)) == 1
    kept = browser.client.get_cookie("consult-device")
    assert kept is not None and kept.http_only and kept.same_site == "Lax"
    found = app_session.scalars(select(SignInSession.device_mark).where(SignInSession.user_id == user.id)).all()
    assert sessions.hash_of(kept.value) in found and kept.value not in found


def test_each_sign_in_says_by_what_it_began(browser: Browser, app_session: Session) -> None:
    sign_in_by_form(browser, make_user(app_session))
    page = browser.get("/tai-khoan/")
    assert "mật khẩu" in page.words("//main//table//td") and "120 phút" in page.text


def test_the_cookie_of_a_device_is_tied_to_the_host(app: Flask, app_session: Session) -> None:
    app.config["SESSION_COOKIE_SECURE"] = True
    browser = Browser(app)
    with_password(app, user := make_user(app_session))
    ticket = browser.get("/dang-nhap/").form("password").values()["ticket"]
    sent = {"ticket": ticket, "mail": user.mail, "password": PASSWORD}
    answer = browser.client.post("/dang-nhap/", data=sent)
    [kept] = [one for one in answer.headers.getlist("Set-Cookie") if "consult-device" in one]
    assert kept.startswith("__Host-consult-device=") and {"Secure", "HttpOnly", "Path=/"} <= set(kept.split("; "))
