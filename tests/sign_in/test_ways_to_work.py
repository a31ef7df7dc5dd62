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


def test_the_page_of_signing_in_leads_on(browser: Browser, home: str) -> None:
    page = browser.get("/dang-nhap/")
    assert "Ông/bà đang đăng nhập" in page.text
    onwards = page.link("Tiếp tục làm việc")
    assert onwards == home
    assert browser.get(onwards).status == 200
    assert browser.get("/en/dang-nhap/").link("Go on working") == f"/en{home}"
    # What was asked for before signing in, in another tab, is where one goes on; an address elsewhere is not.
    assert browser.get("/dang-nhap/?next=/tai-khoan/").link("Tiếp tục làm việc") == "/tai-khoan/"
    assert browser.get("/dang-nhap/?next=//elsewhere.vn/").link("Tiếp tục làm việc") == home


def test_who_is_not_signed_in_is_told_nothing_of_the_kind(browser: Browser) -> None:
    assert "Ông/bà đang đăng nhập" not in browser.get("/dang-nhap/").text


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
