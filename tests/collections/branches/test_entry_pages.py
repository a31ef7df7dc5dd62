"""The link of a branch signs a browser in for that branch alone; a program sends the key with each request."""

import pytest
from flask import Flask
from sqlalchemy.orm import Session

from consult.clock import now
from consult.collections.branches import entry, keys, service
from consult.collections.views_frame import branch_of_program
from consult.people.models import User
from consult.people.words import Level, OrganisationKind, Role
from consult.submissions.views_frame import site_codes
from consult.web.log_masking import mask
from tests.application import sign_in
from tests.builders import NOW, make_organisation, make_user
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


def test_a_body_finds_what_it_is_asked_to_collect_where_it_works(app: Flask, app_session: Session) -> None:
    with app.app_context():
        codes = site_codes()
    scene = collecting(app_session, codes=codes, at=now())
    union = make_organisation(app_session, OrganisationKind.SOCIO_POLITICAL, Level.COMMUNE, "Hội Nông dân xã A")
    wanted = [service.NewBranch(union.name, union.id), service.NewBranch("Thôn 1")]
    own, _other = service.add(app_session, scene.collection, None, wanted, codes, now())
    app_session.commit()
    member, secretary = Browser(app), Browser(app)
    sign_in(member, make_user(app_session, union, [Role.DRAFTER], "Vi Văn Bình"))
    sign_in(secretary, app_session.get_one(User, scene.secretary.user_id))
    home = member.get("/to-chuc/")
    assert "Được đề nghị thu thập ý kiến" in home.text and "chưa gửi gì" in home.text
    assert home.click(scene.collection.title).heading == union.name
    enter = f"/to-chuc/dot-thu-thap/{scene.collection.number}/dau-moi/"
    for browser, number in ((secretary, own.number), (member, own.number + 1), (member, 99)):
        browser.get(f"{enter}{number}/ghi-nhan/", status=404)
    assert "Được đề nghị thu thập" not in secretary.get("/to-chuc/").text
    service.end_key(app_session, own, now())
    member.get(f"{enter}{own.number}/ghi-nhan/", status=404)
    assert "Được đề nghị thu thập" not in member.get("/to-chuc/").text


def test_the_page_says_who_else_has_the_link(app: Flask, app_session: Session) -> None:
    scene, warned = collecting(app_session, "Xã A"), "vẫn mở được đường dẫn của đầu mối này"
    browser = Browser(app)
    sign_in(browser, app_session.get_one(User, scene.secretary.user_id))
    page = browser.get(f"/to-chuc/dot-thu-thap/{scene.collection.number}/dau-moi/1/")
    first = page.submit({"mail": "xa.a@example.invalid"}, button="Lưu")
    assert warned not in first.text
    assert warned in first.submit({"mail": "xa.aa@example.invalid"}, button="Lưu").text
