"""Chromium makes a passkey on a device of its own and signs in with it, by the pages' own script."""

import pytest
from flask import Flask
from playwright.sync_api import Browser, expect
from sqlalchemy.orm import Session

from tests.arriving import LONGEST
from tests.builders import make_user
from tests.live import DESK, Visitor, served
from tests.signing_in import PASSWORD, with_password

DEVICE = {
    "protocol": "ctap2", "transport": "internal", "hasResidentKey": True, "hasUserVerification": True,
    "isUserVerified": True, "automaticPresenceSimulation": True,
}  # fmt: skip


@pytest.mark.browser
def test_a_key_is_made_and_signs_in_alone(app: Flask, app_session: Session, chromium_program: Browser) -> None:
    user = with_password(app, make_user(app_session))
    with served(app) as address:
        here = address.replace("127.0.0.1", "localhost")
        app.config["SITE_URL"] = here
        visitor = Visitor(chromium_program, here, True, DESK)
        page = visitor.page
        line = page.context.new_cdp_session(page)
        line.send("WebAuthn.enable")
        line.send("WebAuthn.addVirtualAuthenticator", {"options": DEVICE})
        page.goto(f"{here}/dang-nhap/?next=/tai-khoan/khoa/")
        page.get_by_label("Thư điện tử").fill(user.mail)
        page.get_by_label("Mật khẩu").fill(PASSWORD)
        page.get_by_role("button", name="Đăng nhập", exact=True).click()
        page.get_by_label("Tên của khóa").fill("máy này")
        page.get_by_label("Mật khẩu hiện nay").fill(PASSWORD)
        page.get_by_role("button", name="Tiếp tục").click()
        page.get_by_role("button", name="Tạo khóa").click()
        expect(page.get_by_role("status")).to_contain_text("Đã thêm khóa truy cập", timeout=LONGEST)
        page.get_by_role("button", name="Đăng xuất").click()
        page.get_by_role("button", name="Dùng khóa truy cập").click()
        expect(page.get_by_role("heading", name="Tài khoản")).to_be_visible(timeout=LONGEST)
        expect(page.get_by_text("khóa truy cập: máy này").first).to_be_visible()
        assert not visitor.troubles
        visitor.leave()


@pytest.mark.browser
def test_a_page_that_was_open_for_too_long_says_so(app: Flask, chromium_program: Browser) -> None:
    with served(app) as address:
        here = address.replace("127.0.0.1", "localhost")
        app.config["SITE_URL"] = here
        visitor = Visitor(chromium_program, here, True, DESK)
        page = visitor.page
        page.goto(f"{here}/dang-nhap/")
        page.locator("#field-passkey [name=ticket]").evaluate("field => { field.value = 'of yesterday' }")
        page.get_by_role("button", name="Dùng khóa truy cập").click()
        expect(page.locator("#error-mail")).to_contain_text("quá lâu", timeout=LONGEST)
        visitor.leave()
