"""A Front committee's critique: one person prepares it, another sends it."""

from collections.abc import Callable

import pytest
from flask import Flask
from playwright.sync_api import expect
from sqlalchemy.orm import Session

from consult.consultations.models import Consultation
from consult.people.words import OrganisationKind, Role
from tests.builders import make_organisation, make_user
from tests.journeys.going import let_in, press, reach, write
from tests.live import DESK, PHONE, Visitor

pytestmark = pytest.mark.browser

LETTER = {
    "Số, ký hiệu văn bản": "12/MTTQ-BTT",
    "Ngày văn bản": "2026-11-20",
    "Chức vụ người ký": "Phó Chủ tịch",
    "Họ và tên người ký": "Hoàng Văn Én",
    "Sự cần thiết": "Cần thiết ban hành.",
    "Sự phù hợp với chủ trương": "Phù hợp.",
    "Tính đúng đắn, khoa học": "Cần làm rõ kinh phí.",
    "Tác động, hiệu quả về chính trị": "Không có ý kiến.",
    "Bảo đảm hài hòa": "Bảo đảm.",
    "Kết luận chung": "Thống nhất về chủ trương.",
}


def test_a_critique_by_two_people(
    app: Flask, visitor: Callable[..., Visitor], matter: Consultation, app_session: Session
) -> None:
    front = make_organisation(
        app_session, OrganisationKind.FRONT_COMMITTEE, name="Ủy ban Mặt trận Tổ quốc Việt Nam tỉnh"
    )
    drafter = visitor(screen=DESK)
    page = let_in(app, drafter, make_user(app_session, front, [Role.DRAFTER], "Lò Thị Mai"))
    page.goto("/to-chuc/")
    drafter.check()
    page.get_by_role("link", name="Soạn văn bản").first.click()
    drafter.check()
    page.get_by_role("button", name="Soạn văn bản phản biện xã hội").click()
    page.get_by_role("radio", name="Tổ chức hội nghị phản biện xã hội").check()
    for label, words in LETTER.items():
        page.get_by_label(label).first.fill(words)
    page.get_by_label("Nội dung ý kiến").fill("Đề nghị nêu rõ nơi nhận chất thải cồng kềnh.")
    drafter.check()
    page.get_by_role("button", name="Trình để gửi").click()
    assert "Đã trình." in page.inner_text("body")
    expect(page.get_by_role("button", name="Gửi", exact=True), "the drafter does not send").to_have_count(0)
    drafter.check()

    sender = visitor(javascript=False, screen=PHONE)
    page = let_in(app, sender, make_user(app_session, front, [Role.SENDER], "Hoàng Văn Én"))
    page.goto("/to-chuc/")
    sender.check()
    page.get_by_role("link", name="Văn bản phản biện xã hội:").click()
    assert "Cần làm rõ kinh phí." in page.inner_text("main")
    sender.check()
    page.get_by_role("button", name="Gửi", exact=True).click()
    assert page.inner_text("h1") == "Đã tiếp nhận văn bản"
    sender.check()
    page.get_by_role("link", name="Xem văn bản đã gửi").click()
    assert "12/MTTQ-BTT" in page.inner_text("main") and "chờ trả lời" in page.inner_text("main")
    sender.check()


OPINION = {
    "Số, ký hiệu văn bản": "45/HND-VP",
    "Quyền hạn ký": "TM. BAN THƯỜNG VỤ\nKT. CHỦ TỊCH",
    "Chức vụ người ký": "Phó Chủ tịch",
    "Họ và tên người ký": "Nông Thị Bay",
}


def test_an_opinion_is_prepared_and_sent_by_keyboard_alone(
    app: Flask, visitor: Callable[..., Visitor], matter: Consultation, app_session: Session
) -> None:
    union = make_organisation(app_session, OrganisationKind.SOCIO_POLITICAL, name="Hội Nông dân tỉnh")
    page = let_in(app, visitor(screen=DESK), make_user(app_session, union, [Role.DRAFTER], "Vi Văn Định"))
    page.goto("/to-chuc/")
    press(page, page.get_by_role("link", name="Soạn văn bản").first)
    press(page, page.get_by_role("button", name="Soạn văn bản góp ý"))
    for label, words in OPINION.items():
        write(page, page.get_by_label(label), words)
    reach(page, page.get_by_label("Ngày văn bản"))
    page.keyboard.type("11202026")
    place = page.get_by_label("Về nội dung")
    reach(page, place)
    while not place.locator("option:checked").inner_text().startswith("Điều 2"):
        page.keyboard.press("ArrowDown")
    press(page, page.get_by_role("button", name="Chọn khoản, điểm"))
    press(page, page.get_by_role("radio").first, "ArrowDown")
    expect(page.get_by_role("radio").nth(1)).to_be_checked()
    press(page, page.get_by_role("button", name="Thêm ý kiến về nội dung này"))
    write(page, page.get_by_label("Nội dung ý kiến"), "Đề nghị nêu rõ nơi nhận chất thải cồng kềnh.")
    press(page, page.get_by_role("button", name="Trình để gửi"))
    assert "Đã trình." in page.inner_text("body")

    page = let_in(app, visitor(screen=DESK), make_user(app_session, union, [Role.SENDER], "Nông Thị Bay"))
    page.goto("/to-chuc/")
    press(page, page.get_by_role("link", name="Văn bản góp ý:"))
    assert "khoản 1 Điều 2" in page.inner_text("main") and "20/11/2026" in page.inner_text("main")
    press(page, page.get_by_role("button", name="Gửi", exact=True))
    assert page.inner_text("h1") == "Đã tiếp nhận văn bản"
    press(page, page.get_by_role("link", name="Xem văn bản đã gửi"))
    assert "TM. BAN THƯỜNG VỤ\nKT. CHỦ TỊCH" in page.inner_text("main"), "the two lines above a signature stay two"
    assert "45/HND-VP" in page.inner_text("main") and "nơi nhận chất thải cồng kềnh" in page.inner_text("main")
