"""A working day at the desk, from the first page in the morning to what is public in the evening: the officer, the
leader who sends one answer back, the officer again, the leader, the publisher; on a desk and on a telephone."""

from collections.abc import Callable

import pytest
from flask import Flask
from playwright.sync_api import Page, ViewportSize, expect
from sqlalchemy.orm import Session

from consult import clock
from tests.journeys.going import let_in, stay
from tests.live import DESK, PHONE, Visitor
from tests.responses.desk_builder import Desk, comment, make_desk

pytestmark = pytest.mark.browser

SAID = ("Nên giữ ba nhóm.", "Xe rác chỉ vào đầu ngõ.", "Điểm đ chưa rõ nghĩa.")


def waiting(page: Page, queue: str) -> int:
    """How much of one kind waits, as the first page of the desk says; nothing where it does not name it."""
    rows = page.locator("main table").first.locator("tbody tr", has=page.get_by_text(queue, exact=True))
    return sum(int(row.get_by_role("link").last.inner_text().split()[0]) for row in rows.all())


def to_queue(page: Page, queue: str) -> None:
    """From the first page to the list of one kind."""
    page.goto("/xu-ly/")
    page.locator("tbody tr", has=page.get_by_text(queue, exact=True)).get_by_role("link").last.click()


def said(page: Page) -> str:
    """Every word of the page."""
    return page.inner_text("body")


def write_answer(page: Page, words: str, button: str) -> None:
    """Fills in an answer and saves it, having seen what it is warned of."""
    page.get_by_role("radio", name="Không tiếp thu", exact=True).check()
    page.get_by_label("Nội dung tiếp thu, giải trình").fill(words)
    page.get_by_role("button", name=button).click()
    if page.get_by_label("Tôi đã xem các lưu ý trên").count():
        page.get_by_label("Tôi đã xem các lưu ý trên").check()
        page.get_by_role("button", name=button).click()


@pytest.fixture
def desk(app_session: Session) -> Desk:
    """A matter that is over, with three comments that nobody has in hand."""
    made = make_desk(app_session, slug="phan-loai-rac", now=clock.now(), opened_before=70)
    made.release(*made.receive(*(comment(text) for text in SAID)))
    app_session.commit()
    return made


@pytest.mark.parametrize("screen", [DESK, PHONE], ids=["desk", "telephone"])
def test_from_the_first_page_to_what_is_public(
    app: Flask, visitor: Callable[..., Visitor], desk: Desk, screen: ViewportSize
) -> None:
    officer = visitor(screen=screen)
    page = let_in(app, officer, desk.people["officer"])
    page.goto("/xu-ly/")
    assert waiting(page, "Ý kiến chưa giao cho ai") == 3
    stay(officer)
    to_queue(page, "Ý kiến chưa giao cho ai")
    assert "3 ý kiến" in said(page)
    stay(officer)
    page.get_by_role("link", name="1", exact=True).click()
    page.get_by_role("link", name="Soạn trả lời", exact=True).click()
    for words in ("Chưa đủ phương tiện để chia nhóm khác.", "Xã chưa có đường cho xe vào."):
        write_answer(page, words, "Lưu, sang ý kiến tiếp theo")
        expect(page.get_by_label("Nội dung tiếp thu, giải trình")).to_have_value("")
    stay(officer)
    write_answer(page, "Sẽ nêu rõ khi ban hành hướng dẫn.", "Lưu bản trả lời")
    assert "Đã lưu bản trả lời." in said(page)

    leader = visitor(screen=screen)
    sheet = let_in(app, leader, desk.people["leader"])
    to_queue(sheet, "Câu trả lời chờ tôi phê duyệt")
    expect(sheet.locator("article.review")).to_have_count(3)
    stay(leader)
    sheet.get_by_label("Chọn trả lời số 2", exact=True).check()
    second = sheet.locator("article.review", has=sheet.get_by_label("Chọn trả lời số 2", exact=True))
    second.locator("summary", has_text="Nhận xét riêng về câu trả lời này").click()
    sheet.get_by_label("Nhận xét về trả lời số 2").fill("Nêu năm làm đường.")
    for other in (1, 3):
        sheet.get_by_label(f"Chọn trả lời số {other}", exact=True).uncheck()
    sheet.get_by_role("button", name="Gửi lại để sửa").click()
    leader.check()

    to_queue(page, "Trả lời được gửi lại để sửa")
    page.get_by_role("link", name="2", exact=True).click()
    assert "Nêu năm làm đường." in said(page)
    page.get_by_role("link", name="Sửa câu trả lời").click()
    write_answer(page, "Đường vào xã làm xong năm 2027, khi đó xe vào tận nơi.", "Lưu bản trả lời")
    page.goto("/xu-ly/")
    assert waiting(page, "Trả lời được gửi lại để sửa") == 0
    officer.check()

    to_queue(sheet, "Câu trả lời chờ tôi phê duyệt")
    if sheet.get_by_label("Tôi đã xem các lưu ý ở những câu trả lời").count():
        sheet.get_by_label("Tôi đã xem các lưu ý ở những câu trả lời").check()
    sheet.get_by_role("button", name="Phê duyệt tất cả 3 câu trả lời").click()
    sheet.goto("/xu-ly/")
    assert waiting(sheet, "Câu trả lời chờ tôi phê duyệt") == 0
    leader.check()

    publisher = visitor(screen=screen)
    last = let_in(app, publisher, desk.people["publisher"])
    to_queue(last, "Câu trả lời chờ công bố")
    stay(publisher)
    last.get_by_role("button", name="Công bố các trả lời đã chọn").first.click()
    assert "Đã công bố các trả lời đã chọn." in said(last)
    publisher.check()
    reader = visitor(javascript=False, screen=screen)
    assert "năm 2027" in reader.open(f"/lay-y-kien/{desk.matter.slug}/y-kien/2/").inner_text("main")
