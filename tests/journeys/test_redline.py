"""From a new file to what everybody reads of it: an officer's further revision, and a reader's way through what
changed, on a telephone and at a desk, with script and without."""

from collections.abc import Callable

import pytest
from flask import Flask
from playwright.sync_api import expect
from sqlalchemy.orm import Session

from consult.clock import now
from consult.consultations.models import Consultation
from consult.people.words import Role
from tests.arriving import given
from tests.builders import make_consultation, make_organisation, make_user
from tests.consultations.revised import SECOND
from tests.journeys.going import let_in
from tests.live import DESK, PHONE, Visitor

pytestmark = pytest.mark.browser


@pytest.mark.parametrize("screen", [PHONE, DESK], ids=["360", "1280"])
@pytest.mark.parametrize("javascript", [True, False], ids=["script", "no script"])
def test_redline(
    app: Flask, visitor: Callable[..., Visitor], app_session: Session, javascript: bool, screen: dict[str, int]
) -> None:
    department = make_organisation(app_session)
    matter: Consultation = make_consultation(app_session, now=now(), lead=department, answering=department)
    officer, publisher = (make_user(app_session, department, [role]) for role in (Role.OFFICER, Role.PUBLISHER))
    desk = visitor(javascript=javascript, screen=screen)
    page = let_in(app, desk, officer)
    button, link = (lambda name: page.get_by_role("button", name=name, exact=True)), page.get_by_role
    desk.open(f"/xu-ly/{matter.slug}/dot/")
    link("link", name="Thêm bản dự thảo mới").click()
    desk.check()
    given(
        page.locator("input[type=file]"), {"name": "lan-2.md", "mimeType": "text/markdown", "buffer": SECOND.encode()}
    )
    button("Tải lên").click()
    desk.check()
    link("link", name="Bố cục đã đúng, tiếp tục").click()
    desk.check()
    button("Đối chiếu").click()
    desk.check()
    link("link", name="Chọn lại phần của lần 2 ứng với khoản 2 Điều 2 (lần 1)").click()
    desk.check()
    page.get_by_label("Điều 4: Trách nhiệm thi hành").check()
    button("Lưu").click()
    assert "đã sửa tay" in page.inner_text("main")
    link("link", name="Tiếp tục").click()
    link("link", name="Xem trước khi công bố").click()
    desk.check()
    expect(page.get_by_text("Người công bố của cơ quan công bố bản này")).to_be_visible()
    address = page.url
    let_in(app, desk, publisher)
    page.goto(address)
    desk.check()
    button("Công bố bản dự thảo lần 2").click()
    desk.check()

    reader = visitor(javascript=javascript, screen=screen)
    page = reader.open(f"/lay-y-kien/{matter.slug}/du-thao/2/")
    page.get_by_role("link", name="Xem những gì đã thay đổi so với lần 1").click()
    reader.check()
    clause = page.locator("[id='d2.k1']")
    old, new = clause.locator(".was"), clause.locator(".is")
    side_by_side = screen["width"] >= 1280
    expect(old).to_be_visible(visible=side_by_side)
    expect(new).to_be_visible()
    expect(new.locator("del").first).to_be_visible(visible=not side_by_side)
    expect(new.locator("ins").first).to_be_visible()
    page.emulate_media(media="print")
    expect(old).to_be_visible()
    expect(new).to_be_visible()
    expect(page.locator("nav.tabs")).not_to_be_visible()
    page.emulate_media(media="screen")
    page.get_by_role("link", name="Sửa không từ góp ý").click()
    assert "chưa nêu nguồn" in page.inner_text("main")
    reader.check()
    page.go_back()
    page.get_by_role("link", name="Ý kiến được tiếp thu nhưng chưa thấy sửa").click()
    reader.check()
