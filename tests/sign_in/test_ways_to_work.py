"""Who is signed in finds the way to their work: from public pages, which know nobody, and from pages that say no."""

import pytest
from flask import Flask
from sqlalchemy.orm import Session

from consult.people.words import Role
from consult.policy import Action
from consult.web.errors import WORK
from tests.application import sign_in
from tests.builders import make_organisation, make_user
from tests.pages import Browser
from tests.signing_in import sign_in_by_form, with_password

HOMES = {
    Role.OFFICER: "/xu-ly/",
    Role.LEADER: "/xu-ly/",
    Role.PUBLISHER: "/xu-ly/",
    Role.DRAFTER: "/to-chuc/",
    Role.SENDER: "/to-chuc/",
    Role.ADMINISTRATOR: "/quan-tri/",
}


@pytest.fixture(params=[None, *Role], ids=str)
def home(app: Flask, app_session: Session, browser: Browser, request: pytest.FixtureRequest) -> str:
    """Somebody with one role or none is signed in; where their work is."""
    body = make_organisation(app_session)
    user = make_user(app_session, body, [request.param] if request.param else [])
    app_session.commit()
    sign_in(browser, user)
    return HOMES.get(request.param, "/tai-khoan/")


def test_every_kind_of_work_is_known() -> None:
    assert set(WORK.values()) == {one for one in Action if one.name.startswith("USE_")} | {Action.ADMINISTER}


def test_public_pages_lead_to_ones_work(browser: Browser, home: str) -> None:
    onwards = browser.get("/").link("Đăng nhập")
    assert browser.get(onwards).address == home
    assert browser.get("/en/").link("Sign in") == f"/en{onwards}"
    assert browser.get(f"/en{onwards}").address == f"/en{home}"
    # Also from an address that was kept, which shows the form of signing in to everybody alike.
    assert browser.get("/dang-nhap/").link("Đã đăng nhập trên máy này thì vào thẳng nơi làm việc") == onwards


def test_who_is_not_signed_in_is_asked_first_and_led_to_their_work(app: Flask, app_session: Session) -> None:
    officer = with_password(app, make_user(app_session, make_organisation(app_session), [Role.OFFICER]))
    browser = Browser(app)
    asked = browser.get("/").link("Đăng nhập")
    page = browser.get(asked)
    assert page.address.startswith("/dang-nhap/") and "vào thẳng nơi làm việc" not in page.text
    assert sign_in_by_form(browser, officer, asked).address == "/xu-ly/"


def test_a_page_that_says_no_leads_to_one_that_opens(browser: Browser, home: str) -> None:
    said_no = 0
    for area in ("xu-ly", "en/xu-ly", "to-chuc", "phoi-hop", "quan-tri", "en/quan-tri"):
        for address in (f"/{area}/", f"/{area}/khong-co-trang-nay/"):
            page = browser.get(address, None)
            if page.status == 200:
                continue
            assert page.status in {403, 404}, address
            said_no += 1
            (onwards,) = page.find("//p[@class = 'actions']/a[contains(@class, 'button')]/@href")
            assert onwards.startswith("/en/") == address.startswith("/en/")
            assert browser.get(onwards, None).status == 200, (address, onwards)
    assert said_no >= len(WORK)
