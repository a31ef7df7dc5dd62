"""A citizen at a telephone with a keyboard and no script, and the same person at a desk with script."""

from collections.abc import Callable

import pytest
from playwright.sync_api import expect
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from consult.consultations.models import Consultation
from consult.submissions.models import Comment, CommentVersion, Submission
from tests.journeys.going import look_through, press, write
from tests.live import DESK, PHONE, Visitor

pytestmark = pytest.mark.browser


def test_by_keyboard_without_script(
    visitor: Callable[..., Visitor], matter: Consultation, app_session: Session
) -> None:
    person = visitor(javascript=False, screen=PHONE)
    page = person.open("/")
    button, link = (lambda name: page.get_by_role("button", name=name, exact=True)), page.get_by_role
    person.check()
    press(page, link("link", name=matter.title))
    person.check()
    press(page, page.locator(".dossier a").first)
    person.check()
    press(page, link("link", name="Góp ý về điểm đ khoản 1 Điều 2", exact=True))
    assert "Góp ý về: điểm đ khoản 1 Điều 2" in page.inner_text("main")
    person.check()
    press(page, page.get_by_label("Đồng ý", exact=True), "ArrowDown")
    write(page, page.get_by_label("Nội dung ý kiến"), "Đề nghị ghi rõ nơi nhận chất thải nguy hại.")
    press(page, button("Thêm ý kiến về nội dung khác"))
    person.check()
    page.get_by_label("Góp ý về").select_option(label="Điều 3. Hiệu lực thi hành")
    press(page, button("Thêm ý kiến về nội dung này"))
    write(page, page.get_by_label("Nội dung ý kiến"), "Ngày có hiệu lực chưa rõ.")
    look_through(page)
    expect(page.locator("main section")).to_have_count(2)
    person.check()
    press(page, button("Gửi"))
    assert page.inner_text("h1") == "Đã tiếp nhận ý kiến"
    person.check()
    code, secret = page.locator("strong.code").all_inner_texts()

    press(page, link("link", name="Ý kiến của tôi", exact=True))
    person.check()
    write(page, page.get_by_label("Mã tra cứu"), code)
    press(page, button("Tra cứu"))
    assert "chờ trả lời" in page.inner_text("main") and "nơi nhận" not in page.inner_text("main")
    person.check()
    write(page, page.get_by_label("Mã bí mật"), "000000" if secret != "000000" else "111111")
    press(page, button("Mở"))
    assert page.title().startswith("Lỗi: ")
    person.check()
    write(page, page.get_by_label("Mã bí mật"), secret)
    press(page, button("Mở"))
    assert "Đề nghị ghi rõ nơi nhận" in page.inner_text("main")
    person.check()
    press(page, page.get_by_text("Sửa ý kiến số 1", exact=True))
    write(page, page.get_by_label("Nội dung ý kiến").first, "Đề nghị ghi rõ nơi và giờ nhận.")
    press(page, button("Gửi bản sửa").first)
    assert "Đã ghi nhận bản sửa." in page.inner_text("main")
    person.check()
    press(page, page.get_by_text("Rút ý kiến số 2", exact=True))
    press(page, page.get_by_label("Tôi chắc chắn muốn rút ý kiến này").last, " ")
    press(page, button("Rút ý kiến").last)
    assert "Đã rút ý kiến." in page.inner_text("main")
    person.check()
    app_session.rollback()
    assert app_session.scalar(select(func.count()).select_from(CommentVersion)) == 3


def test_a_draft_is_kept_and_a_double_click_sends_once(
    visitor: Callable[..., Visitor], matter: Consultation, app_session: Session
) -> None:
    person = visitor(javascript=True, screen=DESK)
    page = person.open(f"/lay-y-kien/{matter.slug}/du-thao/1/")
    page.get_by_role("link", name="Góp ý về khoản 2 Điều 2", exact=True).click()
    text = page.locator("[data-inline-fragment]").get_by_label("Nội dung ý kiến")
    text.fill("Đề nghị báo trước ngày thu gom.")
    person.check()
    page.goto("/")
    page.goto(f"/lay-y-kien/{matter.slug}/gop-y/?tai=d2.k2")
    assert page.get_by_label("Nội dung ý kiến").input_value() == "Đề nghị báo trước ngày thu gom."
    expect(page.get_by_text("Đã khôi phục nội dung gõ dở trên máy này.")).to_be_visible()
    person.check()
    page.get_by_role("button", name="Tiếp tục").click()
    page.get_by_label("Họ và tên").fill("Lý Thị Hoa")
    page.get_by_role("button", name="Xem lại trước khi gửi").click()
    expect(page.locator("main")).to_contain_text("Lý Thị Hoa")
    person.check()
    page.get_by_role("button", name="Gửi", exact=True).dblclick()
    page.wait_for_selector("strong.code")
    person.check()
    app_session.rollback()
    assert app_session.scalar(select(func.count()).select_from(Submission)) == 1
    assert app_session.scalar(select(func.count()).select_from(Comment)) == 1
    page.goto(f"/lay-y-kien/{matter.slug}/gop-y/?tai=d2.k2")
    assert page.get_by_label("Nội dung ý kiến").input_value() == "", "what was sent is no draft any more"
