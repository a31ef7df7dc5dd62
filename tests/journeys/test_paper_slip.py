"""Somebody with a slip of paper: typed as it looks, told what is missing, back in by the desk when it is lost, called
when there is an answer."""

from collections.abc import Callable

import pytest
from flask import Flask
from playwright.sync_api import Page
from sqlalchemy.orm import Session

from consult import clock
from consult.submissions.inputs import Sender
from consult.submissions.words import ContactKind
from tests.journeys.going import let_in, over_a_dead_line, press, stay, write
from tests.journeys.scene import sent, sent_at
from tests.live import PHONE, Visitor
from tests.notices.conftest import News as News
from tests.notices.conftest import news as news
from tests.reading.scene import Scene
from tests.responses.desk_builder import Desk

pytestmark = pytest.mark.browser
WAYS = pytest.mark.parametrize("javascript", [False, True], ids=["without script", "with script"])
SAID = "Xin giữ giếng làng."
NUMBER = "0912 345 678"
HOA = Sender("Lý Thị Hoa", place_said="thôn Nà Hái, xã Phủ Thông", contact_kind=ContactKind.TELEPHONE, contact=NUMBER)


@pytest.fixture
def scene(app_session: Session) -> Scene:
    """A matter that takes comments, whose body can be called."""
    scene = Scene(app_session)
    desk = scene.desk
    desk.body.telephone, desk.body.address = "0209 3 870 000", "Số 1 đường Trường Chinh"
    app_session.commit()
    return scene


def look_up(page: Page, typed: str) -> None:
    """From any page to the box for codes, and what the slip says typed into it."""
    press(page, page.get_by_role("navigation").get_by_role("link", name="Ý kiến của tôi", exact=True))
    write(page, page.get_by_label("Mã tra cứu"), typed)


def go(page: Page) -> None:
    press(page, page.get_by_role("button", name="Tra cứu", exact=True))


def opened(page: Page, secret: str) -> None:
    assert page.inner_text("h1") == "Tình trạng ý kiến", page.inner_text("main")
    write(page, page.get_by_label("Mã bí mật"), secret)
    press(page, page.get_by_role("button", name="Mở", exact=True))


def misread(code: str) -> str:
    """A code as somebody copies it from paper: O for 0 and I for 1, no dashes."""
    return code.replace("0", "O").replace("1", "I").replace("-", " ")


@WAYS
def test_typed_as_it_looks_it_opens(
    app: Flask, visitor: Callable[..., Visitor], scene: Scene, javascript: bool
) -> None:
    given = sent(app, scene.desk, SAID, sender=HOA)
    person = visitor(javascript=javascript, screen=PHONE)
    page = person.open("/")
    look_up(page, misread(given.code)[:-2])
    go(page)
    assert "Mã vừa gõ còn thiếu 2 chữ số." in page.inner_text("main")
    assert page.get_by_label("Mã tra cứu").input_value(), "what was typed stays"
    stay(person)
    write(page, page.get_by_label("Mã tra cứu"), misread(given.code))
    over_a_dead_line(person, lambda: go(page))
    assert page.inner_text("h1") == "Tình trạng ý kiến" and SAID not in page.inner_text("main")
    stay(person)
    opened(page, "000000" if given.secret != "000000" else "111111")
    assert page.title().startswith("Lỗi: ")
    stay(person)
    opened(page, misread(given.secret))
    assert SAID in page.inner_text("main")
    stay(person)


@WAYS
def test_lost_codes_are_given_anew_by_the_desk(
    app: Flask, visitor: Callable[..., Visitor], scene: Scene, javascript: bool
) -> None:
    given = sent(app, scene.desk, SAID, sender=HOA)
    person, officer = visitor(javascript=javascript, screen=PHONE), visitor(javascript=javascript, screen=PHONE)
    page = person.open("/tra-cuu/")
    press(page, page.get_by_role("link", name="Số điện thoại, địa chỉ các cơ quan"))
    stay(person)
    assert page.get_by_role("link", name=scene.desk.body.telephone).get_attribute("href") == "tel:02093870000"
    slip = _given_anew(app, officer, scene.desk, given.submission_number)
    officer.check()
    assert "Mã mới đã được cấp" in slip.inner_text("main")
    code, secret = slip.locator("strong.code").all_inner_texts()
    look_up(page, given.code)
    go(page)
    assert "Không có phiếu nào mang mã này" in page.inner_text("main")
    stay(person)
    look_up(page, misread(code))
    go(page)
    opened(page, secret)
    assert SAID in page.inner_text("main")
    stay(person)


def _given_anew(app: Flask, officer: Visitor, desk: Desk, number: int) -> Page:
    """What the officer does while the person is on the telephone: number, commune and day, the check, new codes."""
    page = let_in(app, officer, desk.people["officer"])
    page.goto(f"/xu-ly/{desk.matter.slug}/tiep-nhan/")
    press(page, page.get_by_role("link", name="Cấp lại mã đã mất"))
    write(page, page.get_by_label("Số phiếu hoặc số ý kiến"), str(number))
    write(page, page.get_by_label("Xã, phường đã ghi khi gửi"), "phu thong")
    page.get_by_label("Ngày gửi").fill(clock.local_day(sent_at(desk)).isoformat())
    press(page, page.get_by_role("button", name="Tìm phiếu"))
    officer.check()
    page.get_by_label("Gọi lại số điện thoại").check()
    write(page, page.get_by_label("Lý do"), "Mất phiếu")
    press(page, page.get_by_role("button", name="Cấp mã mới"))
    return page


@WAYS
def test_an_answer_is_told_by_telephone(
    app: Flask,
    visitor: Callable[..., Visitor],
    scene: Scene,
    news: News,
    javascript: bool,
) -> None:
    given = sent(app, scene.desk, SAID, sender=HOA)
    scene.release(*given.comment_numbers)
    scene.answer(*given.comment_numbers, text="Tiếp thu, giữ giếng làng.")
    news(clock.now())
    officer = visitor(javascript=javascript, screen=PHONE)
    page = let_in(app, officer, scene.desk.people["officer"])
    page.goto(f"/xu-ly/{scene.matter.slug}/goi-dien/")
    officer.check()
    assert NUMBER in page.inner_text("main") and "Ý kiến số 1 của ông/bà đã được trả lời." in page.inner_text("main")
    press(page, page.get_by_role("button", name="Không gặp, gọi lại sau"))
    stay(officer)
    assert "không gặp" in page.inner_text("main")
    press(page, page.get_by_role("button", name="Đã báo", exact=True))
    assert "Không có ai cần gọi." in page.inner_text("main")
    stay(officer)
    person = visitor(javascript=javascript, screen=PHONE)
    own = person.open("/")
    look_up(own, given.code)
    go(own)
    assert "Tiếp thu, giữ giếng làng." in own.inner_text("main")
    stay(person)
