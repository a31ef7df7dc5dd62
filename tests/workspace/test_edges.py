"""The workspace where things go wrong: signed out in the middle, odd input, too late, in English."""

from datetime import timedelta

import pytest
from flask import Flask
from sqlalchemy.orm import Session

from consult.clock import now
from consult.people.models import Organisation, User
from consult.people.words import OrganisationKind, Role
from consult.workspace.content import DraftContent
from consult.workspace.fields import differing
from consult.workspace.points import Point
from tests.application import sign_in
from tests.builders import make_consultation, make_organisation, make_user
from tests.pages import SITE, Browser, Page
from tests.signing_in import PASSWORD, with_password

HOSTILE = '<script>alert("1")</script> & {{ 7*7 }} \u202e'


@pytest.fixture
def farmers(app_session: Session) -> Organisation:
    return make_organisation(app_session, OrganisationKind.SOCIO_POLITICAL, name="Hội Nông dân tỉnh")


@pytest.fixture
def drafter(app_session: Session, farmers: Organisation) -> User:
    return make_user(app_session, farmers, [Role.DRAFTER], "Lò Thị Mai")


@pytest.fixture
def office(app: Flask, drafter: User) -> Browser:
    browser = Browser(app)
    sign_in(browser, drafter)
    return browser


def begun(office: Browser, session: Session, kind: str = "formal", **facts: object) -> Page:
    make_consultation(session, now=now(), slug="phan-loai-rac", **facts)  # type: ignore[arg-type]
    label = {"formal": "Soạn văn bản góp ý", "critique": "Soạn văn bản phản biện xã hội"}[kind]
    return office.get("/to-chuc/").click("Soạn văn bản").submit(button=label)


def test_what_was_typed_outlives_the_sign_in(office: Browser, drafter: User, app: Flask, app_session: Session) -> None:
    """However many comments there are: a long letter has more fields than any other form."""
    page = begun(office, app_session)
    with_password(app, drafter)
    typed = {"version": page.find("//input[@name='version']/@value")[0], "do": "save", "letter_number": "9/BC-HND"}
    for place in range(120):
        start = f"comments.{place}."
        typed |= {start + "text": f"Ý kiến thứ {place}", start + "anchor": "", start + "stance": "support"}
        typed |= {start + "proposed": "", start + "reason": ""}
    signed_out = Browser(app)
    asked = signed_out.post(page.address, typed, 401, headers={"Origin": SITE, "Sec-Fetch-Site": "same-origin"})
    back = asked.submit({"mail": drafter.mail, "password": PASSWORD}, form="password")
    assert back.heading == "Gửi lại nội dung đã nhập"
    kept = back.submit(button="Gửi").form("comments.0.text").values()
    assert (kept["letter_number"], kept["comments.119.text"]) == ("9/BC-HND", "Ý kiến thứ 119")


@pytest.mark.parametrize("step", ["remove:99", "remove:-1", "remove:x", "detach:x", "narrow", "nothing", "add"])
def test_odd_steps_do_no_harm(office: Browser, app_session: Session, step: str) -> None:
    page = begun(office, app_session)
    token = page.find("//input[@name='csrf_token']/@value")[0]
    version = page.find("//input[@name='version']/@value")[0]
    typed = {"comments.0.text": HOSTILE, "letter_number": HOSTILE, "comments.0.stance": "xấu", "tai": "../../etc"}
    shown = page.form("comments.0.text").values()["shown"]
    data = {"csrf_token": token, "version": version, "shown": shown, "do": step, **typed}
    answer = office.post(page.address.split("?")[0], data, None)
    assert answer.status in {200, 404, 422}
    again = office.get(page.address) if answer.status == 404 else answer
    assert again.form("comments.0.text").values()["letter_number"] == HOSTILE
    assert again.form("comments.0.text").values()["comments.0.text"] == HOSTILE


def test_parts_are_chosen_of_an_article_only(office: Browser, app_session: Session) -> None:
    page = begun(office, app_session).submit({"comments.0.text": "Giữ lại", "tai": ""}, "Chọn khoản, điểm")
    assert page.errors() == ["Góp ý về: Xin chọn một điều hoặc mục của dự thảo"]
    assert page.form("comments.0.text").values()["comments.0.text"] == "Giữ lại"


def test_who_is_too_late_is_told_before_writing(office: Browser, app_session: Session, farmers: Organisation) -> None:
    make_consultation(app_session, now=now() - timedelta(days=30), slug="phan-loai-rac")
    page = office.get(f"/to-chuc/phan-loai-rac/soan/?to-chuc={farmers.id}")
    assert "Đã hết thời hạn góp ý" in page.text
    assert page.words("//main//button") == ["Soạn văn bản phản biện xã hội"]


def test_the_workspace_speaks_english(office: Browser, app_session: Session) -> None:
    begun(office, app_session, "critique")
    page = office.get("/en/to-chuc/")
    assert "Being prepared" in page.text
    page = page.click("Social critique")
    assert page.address.startswith("/en/") and "Comments by clause" in page.text


def test_only_organisations_have_a_workspace(app: Flask, app_session: Session) -> None:
    department = make_organisation(app_session)
    officer = Browser(app)
    sign_in(officer, make_user(app_session, department, [Role.OFFICER]))
    officer.get("/to-chuc/", 403)
    assert Browser(app).get("/to-chuc/").heading == "Đăng nhập"


def test_what_differs_is_named_by_its_field() -> None:
    mine = DraftContent(letter_number="1", comments=(Point(text="Một", key="a"), Point(text="Hai", key="b")))
    theirs = DraftContent(letter_number="2", comments=(Point(text="Một", key="a"),), impact={"economy": "Có"})
    assert differing(mine, mine) == []
    assert differing(mine, theirs) == [
        ("letter_number", "1", "2"),
        ("impact.economy", "", "Có"),
        ("comments.b.text", "Hai", ""),
    ]
    assert differing(mine, mine.moved("a", 1)) == [("order", "a b", "b a")]
