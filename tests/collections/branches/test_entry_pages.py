"""The link of a branch signs a browser in for that branch alone; a program sends the key with each request."""

import pytest
from flask import Flask
from sqlalchemy.orm import Session

from consult.collections.branches import entry, keys, service
from consult.collections.views_frame import branch_of_program
from consult.submissions.views_frame import site_codes
from consult.web.log_masking import mask
from tests.builders import NOW
from tests.collections.scene import collecting
from tests.pages import Browser


@pytest.fixture
def two(app: Flask, app_session: Session) -> dict[str, tuple[str, str]]:
    """The keys and addresses of two branches of the site."""
    with app.app_context():
        codes = site_codes()
    scene = collecting(app_session, "Xã A", "Xã B", codes=codes)
    number = scene.collection.number
    return {
        name: (keys.of_branch(branch, codes), f"/thu-thap/{number}/{branch.number}/")
        for name, branch in scene.branches.items()
    }


def test_a_link_opens_its_own_branch_alone(two: dict[str, tuple[str, str]], browser: Browser) -> None:
    (key, own), (_other_key, other) = two["Xã A"], two["Xã B"]
    browser.get(own, status=403)
    page = browser.get(f"/thu-thap/vao/{keys.shown(key)}/")
    assert page.address == own and "Xã A" in page.text
    browser.get(other, status=403)
    browser.get("/thu-thap/99/1/", status=403)


def test_one_browser_works_for_two(two: dict[str, tuple[str, str]], browser: Browser) -> None:
    for key, _address in two.values():
        browser.get(f"/thu-thap/vao/{key}/")
    for _key, address in two.values():
        browser.get(address)


def test_an_unknown_link_says_so(two: dict[str, tuple[str, str]], browser: Browser) -> None:
    page = browser.get("/thu-thap/vao/abcd-efgh/", status=404)
    assert "mã mới" in page.text
    for _time in range(60):
        browser.get("/thu-thap/vao/abcd/", status=None)
    browser.get(f"/thu-thap/vao/{two['Xã A'][0]}/", status=429)


def test_an_ended_key_opens_nothing_any_more(
    two: dict[str, tuple[str, str]], browser: Browser, app: Flask, app_session: Session
) -> None:
    key, own = two["Xã A"]
    browser.get(f"/thu-thap/vao/{key}/")
    with app.app_context():
        service.end_key(app_session, entry.by_key(app_session, key, site_codes()), NOW)
    browser.get(own, status=403)


def test_a_program_sends_the_key_as_its_password(two: dict[str, tuple[str, str]], app: Flask) -> None:
    for sent, name in ((two["Xã B"][0], "Xã B"), ("abcd", None)):
        with app.test_request_context("/", auth=("2", sent)):
            found = branch_of_program()
            assert (found.name if found else None) == name
    with app.test_request_context("/"):
        assert branch_of_program() is None


def test_a_key_stands_in_no_log(two: dict[str, tuple[str, str]]) -> None:
    assert mask(f"GET /thu-thap/vao/{two['Xã A'][0]}/ 303") == "GET /thu-thap/vao/***/ 303"
