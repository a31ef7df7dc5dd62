"""What comes to a clause in a real browser: comments, form, citation. It goes again, and nothing typed is lost."""

import re
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

import pytest
from playwright.sync_api import Locator, Page, Route, ViewportSize, expect
from sqlalchemy.orm import Session

from tests.application import make_keys
from tests.arriving import asked, line_comes_back, line_dies
from tests.live import DESK, PHONE, Visitor
from tests.reading.scene import every_state

pytestmark = pytest.mark.browser

NARROW: ViewportSize = {"width": 320, "height": 640}
SHIFTS = """new Promise((done) => {
  let sum = 0;
  new PerformanceObserver((list) => list.getEntries().forEach((one) => { if (!one.hadRecentInput) sum += one.value; }))
    .observe({ type: 'layout-shift', buffered: true });
  requestAnimationFrame(() => requestAnimationFrame(() => done(sum)));
})"""
FOCUSED = "document.activeElement.className"


@pytest.fixture
def settings(settings: dict[str, Any]) -> dict[str, Any]:
    """The settings of a site that can sign receipts."""
    make_keys(settings["KEYS_FOLDER"], datetime(2025, 1, 1, tzinfo=UTC))
    return settings


def read(visitor: Callable[..., Visitor], session: Session, screen: ViewportSize = DESK) -> tuple[Visitor, Page]:
    """Somebody reading a draft on which there are comments in every state."""
    person = visitor(screen=screen)
    page = person.open(every_state(session)[0].url + "du-thao/1/")
    page.wait_for_load_state("networkidle")
    return person, page


def test_comments_open_beside_their_clause_and_close_again(
    visitor: Callable[..., Visitor], app_session: Session
) -> None:
    person, page = read(visitor, app_session)
    address, count = page.url, page.locator("[id='d1'] > .line .tally")
    count.click()
    part = page.get_by_role("region", name="ý kiến về Điều 1")
    expect(part.get_by_text("Nên thêm nhóm thứ tư.")).to_be_visible()
    expect(part.get_by_role("heading").first).to_be_focused()
    assert count.get_attribute("aria-expanded") == "true"
    person.check()
    page.keyboard.press("Escape")
    expect(part).to_have_count(0)
    assert (page.url, asked(page, FOCUSED), count.get_attribute("aria-expanded")) == (address, "tally", None)
    count.click()
    part.get_by_role("button", name="Đóng").click()
    expect(part).to_have_count(0)
    count.click()
    expect(part).to_be_visible()
    count.click()
    expect(part).to_have_count(0)


def form_beneath(page: Page, clause: str) -> Locator:
    """The form that a link beneath a clause brings."""
    page.get_by_role("link", name=f"Góp ý về {clause}", exact=True).click()
    return page.get_by_role("region", name=f"Góp ý về {clause}", exact=True)


def go_on(part: Locator) -> Locator:
    """The button that ends the first step."""
    return part.get_by_role("button", name="Tiếp tục", exact=True).last


def test_what_is_wrong_is_told_and_corrected_and_all_is_checked_once(
    visitor: Callable[..., Visitor], app_session: Session
) -> None:
    person, page = read(visitor, app_session, PHONE)
    go_on(form_beneath(page, "khoản 1 Điều 2")).click()
    expect(page.get_by_role("alert").first).to_be_focused()
    person.check_width()
    page.get_by_label("Nội dung ý kiến").fill("Đề nghị làm rõ.")
    go_on(page.locator("main")).click()
    page.get_by_role("button", name="Bỏ qua, không nêu tên").click()
    expect(page.get_by_text("Đề nghị làm rõ.").first).to_be_visible()
    page.get_by_role("button", name="Sửa Họ và tên").click()
    expect(page).to_have_url(re.compile("#field-name$"))
    page.get_by_label("Họ và tên").fill("Lý Thị Hoa")
    page.get_by_role("button", name="Xem lại trước khi gửi").last.click()
    expect(page.get_by_text("Lý Thị Hoa")).to_be_visible()
    page.get_by_role("button", name="Gửi", exact=True).click()
    expect(page.get_by_role("heading", name="Đã tiếp nhận ý kiến")).to_be_visible()


def test_a_second_clause_hides_nothing_of_the_first_and_both_are_one_form(
    visitor: Callable[..., Visitor], app_session: Session
) -> None:
    person, page = read(visitor, app_session, PHONE)
    first = form_beneath(page, "khoản 1 Điều 2")
    first.get_by_label("Nội dung ý kiến").fill("Ghi rõ nơi nhận.")
    second = form_beneath(page, "khoản 2 Điều 2")
    second.get_by_label("Nội dung ý kiến").fill("Báo trước ngày thu gom.")
    expect(first.get_by_label("Nội dung ý kiến")).to_have_value("Ghi rõ nơi nhận.")
    expect(page.get_by_role("button", name="Phiếu của ông/bà: 2 ý kiến")).to_be_visible()
    person.check()
    page.get_by_role("button", name="Phiếu của ông/bà: 2 ý kiến").click()
    page.get_by_role("button", name="Bỏ qua, không nêu tên").click()
    expect(page.locator("main section")).to_have_count(2)
    page.get_by_role("button", name="Gửi", exact=True).click()
    expect(page.get_by_role("heading", name="Đã tiếp nhận ý kiến")).to_be_visible()
    page.go_back()
    page.goto(page.url)
    assert asked(page, "Object.keys(localStorage).filter(key => key.startsWith('phieu:')).length") == 0


def test_what_cannot_be_sent_is_said_and_nothing_is_lost(visitor: Callable[..., Visitor], app_session: Session) -> None:
    person, page = read(visitor, app_session)
    part = form_beneath(page, "khoản 1 Điều 2")
    part.get_by_label("Nội dung ý kiến").fill("Đề nghị làm rõ.")
    line_dies(person.page)
    go_on(part).click()
    expect(part.get_by_role("alert").filter(has_text="Chưa gửi được vì mất mạng")).to_be_visible()
    expect(part.get_by_label("Nội dung ý kiến")).to_have_value("Đề nghị làm rõ.")
    page.get_by_role("link", name="Góp ý về khoản 2 Điều 2", exact=True).click()
    expect(page.get_by_role("alert").filter(has_text="Chưa tải được")).to_be_visible()
    # As soon as there is a line, what could not be sent is sent by itself.
    line_comes_back(person.context)
    expect(page.get_by_role("button", name="Bỏ qua, không nêu tên")).to_be_visible()


def test_on_a_slow_line_pressing_again_takes_nothing_away(
    visitor: Callable[..., Visitor], app_session: Session
) -> None:
    _, page = read(visitor, app_session, PHONE)
    held: list[Route] = []
    page.route("**/gop-y/?*tai=**", lambda route: held.append(route))
    link = page.get_by_role("link", name="Góp ý về khoản 1 Điều 2", exact=True)
    link.click()
    link.click()
    _wait_for(page, held, 2)
    text = page.get_by_label("Nội dung ý kiến")
    _let_through(page, held.pop())
    expect(text).to_have_count(1)
    text.fill("Đề nghị làm rõ.")
    _let_through(page, held.pop())
    expect(text).to_have_value("Đề nghị làm rõ.")
    page.route("**/gop-y/", lambda route: held.append(route))
    go_on(page.locator(".inline")).click()
    expect(page.locator(".inline form")).to_have_js_property("inert", True)
    _wait_for(page, held, 1)
    held.pop().abort()
    expect(page.get_by_role("alert").filter(has_text="Chưa gửi được")).to_be_visible()
    expect(go_on(page.locator(".inline"))).to_be_focused()
    go_on(page.locator(".inline")).click()
    _wait_for(page, held, 1)
    held.pop().continue_()
    expect(page.get_by_role("button", name="Bỏ qua, không nêu tên")).to_be_visible()


def _wait_for(page: Page, held: list[Route], count: int) -> None:
    """Until so many requests are held back."""
    while len(held) < count:
        _next_frame(page)


def _let_through(page: Page, route: Route) -> None:
    """Lets a request through that was held back, and the script go on with its answer."""
    with page.expect_response(route.request.url):
        route.continue_()
    _next_frame(page)
    _next_frame(page)


def _next_frame(page: Page) -> None:
    asked(page, "new Promise(requestAnimationFrame)")


def test_a_citation_is_copied_by_one_press(visitor: Callable[..., Visitor], app_session: Session) -> None:
    person, page = read(visitor, app_session)
    person.context.grant_permissions(["clipboard-read", "clipboard-write"])
    page.get_by_role("link", name="Trích dẫn điểm đ khoản 1 Điều 2").click()
    page.get_by_role("button", name="Chép trích dẫn").click()
    expect(page.get_by_role("status").filter(has_text="Đã chép.")).to_be_visible()
    copied = asked(page, "navigator.clipboard.readText()")
    assert copied.startswith("điểm đ khoản 1 Điều 2, dự thảo lần 1, ") and copied.endswith("#d2.k1.pdd")


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("screen", [PHONE, DESK, NARROW], ids=["phone", "desk", "400 percent"])
def test_the_reading_page_shuts_nobody_out(
    visitor: Callable[..., Visitor], app_session: Session, screen: ViewportSize, scheme: str
) -> None:
    person, page = read(visitor, app_session, screen)
    page.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]
    address = page.url
    person.check()
    for path in ("dieu-khoan/d2.k1.pdd/", "?trang=tat-ca"):
        person.open(address + path)
        person.check()
    person.open(address.replace("du-thao/1/", "so-lieu/?tai=du-thao/1"))
    person.check()


@pytest.mark.parametrize("screen", [PHONE, DESK], ids=["phone", "desk"])
def test_nothing_moves_while_it_is_read(
    visitor: Callable[..., Visitor], app_session: Session, screen: ViewportSize
) -> None:
    person, page = read(visitor, app_session, screen)
    matter = page.url.split("du-thao")[0]
    for address in (page.url, matter, matter + "gop-y/?tai=d2.k1", person.address + "/"):
        person.open(address).wait_for_load_state("networkidle")
        assert asked(page, SHIFTS) <= 0.01, address
    assert not person.troubles


def test_a_clause_alone_in_the_address_is_found(visitor: Callable[..., Visitor], app_session: Session) -> None:
    _, page = read(visitor, app_session)
    page.goto(page.url + "#d2.k1")
    expect(page.locator("[id='d2.k1']")).to_be_visible()
    assert asked(page, "document.querySelector(':target').id") == "d2.k1"
