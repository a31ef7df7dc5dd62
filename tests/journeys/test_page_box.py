"""A part of a page: drawn with a pointer or sliders where there is script, chosen as a quarter where there is none."""

from collections.abc import Callable

import pytest
from flask import Flask
from playwright.sync_api import Page, expect
from sqlalchemy import select
from sqlalchemy.orm import Session

from consult.clock import now
from consult.consultations.files import uploaded_files
from consult.consultations.files.pdf_pages import PdfReader
from consult.consultations.models import Consultation
from consult.consultations.words import Kind, Procedure
from consult.submissions.models import Comment
from tests.builders import make_consultation
from tests.journeys.going import look_through, press, reach, write
from tests.live import DESK, PHONE, Visitor
from tests.pdfs import words_pdf

pytestmark = pytest.mark.browser
ADDRESS = "/lay-y-kien/dtm/tai-lieu/1/1/trang/1/"


@pytest.fixture
def report(app: Flask, app_session: Session) -> Consultation:
    """An open report of two pages."""
    data = words_pdf(["Chương 1. Mô tả\nNước thải đổ ra suối", "Chương 2. Tác động"], headings=True)
    upload = uploaded_files.read_upload(data, "dtm.pdf", app.extensions["consult.files"], PdfReader())
    sort = {"kind": Kind.EIA_REPORT, "procedure": Procedure.EIA_STATUTORY}
    return make_consultation(app_session, now=now(), slug="dtm", upload=upload, **sort)


def send(page: Page) -> None:
    """Writes a comment by keyboard and sends it."""
    write(page, page.get_by_label("Nội dung ý kiến"), "Đề nghị dời bãi thải ra xa suối.")
    look_through(page)
    press(page, page.get_by_role("button", name="Gửi", exact=True))
    assert page.inner_text("h1") == "Đã tiếp nhận ý kiến"


def box_of(session: Session) -> list[int]:
    """The part of the page that the one comment is about."""
    session.rollback()
    [comment] = session.scalars(select(Comment))
    return comment.box or []


@pytest.mark.parametrize("screen", [PHONE, DESK], ids=["360", "1280"])
def test_a_quarter_without_script(
    visitor: Callable[..., Visitor], report: Consultation, app_session: Session, screen: dict[str, int]
) -> None:
    person = visitor(javascript=False, screen=screen)
    page = person.open("/lay-y-kien/dtm/du-thao/1/")
    person.check()
    press(page, page.get_by_role("link", name="Chương 1. Mô tả trang 1"))
    press(page, page.get_by_text("Xem ảnh trang", exact=True))
    expect(page.get_by_label("Phần tự khoanh trên ảnh")).not_to_be_visible()
    person.check()
    reach(page, page.get_by_label("Cả trang"))
    for _ in range(2):
        page.keyboard.press("ArrowDown")
    press(page, page.get_by_role("button", name="Góp ý về phần đã chọn"))
    assert "một phần trang 1" in page.inner_text("main")
    person.check()
    send(page)
    assert box_of(app_session) == [500, 0, 500, 500]


@pytest.mark.parametrize("screen", [PHONE, DESK], ids=["360", "1280"])
def test_a_box_with_a_pointer(
    visitor: Callable[..., Visitor], report: Consultation, app_session: Session, screen: dict[str, int]
) -> None:
    person = visitor(screen=screen)
    page = person.open(ADDRESS)
    if not page.get_by_label("Cả trang").is_visible():
        page.get_by_text("Xem ảnh trang", exact=True).click()
    page.get_by_label("Phần tự khoanh trên ảnh").check()
    person.check()
    picture = page.locator("[data-box] img")
    picture.scroll_into_view_if_needed()
    frame = picture.bounding_box()
    assert frame is not None
    page.mouse.move(frame["x"] + frame["width"] * 0.2, frame["y"] + frame["height"] * 0.1)
    page.mouse.down()
    page.mouse.move(frame["x"] + frame["width"] * 0.6, frame["y"] + frame["height"] * 0.4, steps=4)
    page.mouse.up()
    page.get_by_role("button", name="Góp ý về phần đã chọn").click()
    page.wait_for_url("**/gop-y/**")
    person.check()
    send(page)
    left, top, wide, high = box_of(app_session)
    assert (abs(left - 200) <= 20, abs(top - 100) <= 20, abs(wide - 400) <= 20, abs(high - 300) <= 20) == (True,) * 4


def test_a_box_with_the_keyboard(visitor: Callable[..., Visitor], report: Consultation, app_session: Session) -> None:
    person = visitor(screen=DESK)
    page = person.open(ADDRESS)
    reach(page, page.get_by_label("Cả trang"))
    page.keyboard.press("ArrowUp")
    expect(page.get_by_label("Phần tự khoanh trên ảnh")).to_be_checked()
    reach(page, page.get_by_label("Cách mép trái"))
    page.keyboard.press("ArrowRight")
    reach(page, page.get_by_label("Chiều rộng"))
    page.keyboard.press("ArrowLeft")
    press(page, page.get_by_role("button", name="Góp ý về phần đã chọn"))
    send(page)
    assert box_of(app_session) == [260, 250, 490, 250]
