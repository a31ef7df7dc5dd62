"""Three people of the desk, one after another: release, answer, approve, publish, conclude."""

from collections.abc import Callable

import pytest
from flask import Flask
from playwright.sync_api import expect
from sqlalchemy.orm import Session

from tests.journeys.going import let_in, press, reach, write
from tests.live import DESK, PHONE, Visitor
from tests.responses.desk_builder import comment, make_desk

pytestmark = pytest.mark.browser


def test_from_release_to_conclusion(app: Flask, visitor: Callable[..., Visitor], app_session: Session) -> None:
    desk = make_desk(app_session, slug="phan-loai-rac")
    desk.receive(comment("Nên giữ ba nhóm."), comment("Ba nhóm là vừa."), comment("Điểm đ chưa rõ.", "d2.k1.pdd"))
    home = f"/xu-ly/{desk.matter.slug}/"

    officer = visitor(screen=DESK)
    page = let_in(app, officer, desk.people["officer"])
    page.goto(home)
    for number in (1, 2, 3):
        page.get_by_label(f"Chọn ý kiến số {number}", exact=True).check()
    page.get_by_role("button", name="Cho công khai").click()
    assert "Đã cho công khai các ý kiến đã chọn." in page.inner_text("body")
    officer.check()
    for numbers, kind, words in (((1, 2), "Tiếp thu", "Giữ ba nhóm như dự thảo."), ((3,), "Không tiếp thu", "Đã rõ.")):
        # Both are warned of: the one names no place that changed, the other gives no reason.
        page.goto(home)
        for number in numbers:
            page.get_by_label(f"Chọn ý kiến số {number}", exact=True).check()
        page.get_by_role("button", name="Soạn một câu trả lời").click()
        officer.check()
        page.get_by_role("radio", name=kind, exact=True).check()
        page.get_by_label("Nội dung tiếp thu, giải trình").fill(words)
        page.get_by_role("button", name="Lưu bản trả lời").click()
        page.get_by_label("Tôi đã xem các lưu ý trên").check()
        officer.check()
        page.get_by_role("button", name="Lưu bản trả lời").click()
        assert "Đã lưu bản trả lời." in page.inner_text("body")
    officer.check()

    leader = visitor(screen=PHONE)
    page = let_in(app, leader, desk.people["leader"])
    page.goto(f"{home}phe-duyet/")
    refused, accepted = page.locator("article.review").all_inner_texts()
    assert "Không tiếp thu" in refused and "Giữ ba nhóm" in accepted, "refusals stand first"
    leader.check()
    for box in page.get_by_role("checkbox").all():
        box.check()
    page.get_by_role("button", name="Phê duyệt các trả lời đã chọn").click()
    assert "Đã phê duyệt các trả lời đã chọn." in page.inner_text("body")
    leader.check()

    publisher = visitor(screen=DESK)
    page = let_in(app, publisher, desk.people["publisher"])
    page.goto(f"{home}ket-thuc/")
    assert "Còn 3 ý kiến chờ trả lời" in page.inner_text("main")
    publisher.check()
    page.goto(f"{home}cong-bo/")
    page.get_by_role("button", name="Công bố các trả lời đã chọn").first.click()
    assert "Đã công bố các trả lời đã chọn." in page.inner_text("body")
    page.goto(f"{home}ket-thuc/")
    page.get_by_role("button", name="Kết thúc và công bố kết quả").click()
    assert "Đã kết thúc đợt lấy ý kiến và công bố kết quả." in page.inner_text("body")
    publisher.check()

    citizen = visitor(javascript=False, screen=PHONE)
    page = citizen.open(f"/lay-y-kien/{desk.matter.slug}/y-kien/2/")
    assert "Giữ ba nhóm như dự thảo." in page.inner_text("main")
    citizen.check()


def test_release_assign_answer_approve_and_publish_by_keyboard_alone(
    app: Flask, visitor: Callable[..., Visitor], app_session: Session
) -> None:
    desk = make_desk(app_session, slug="phan-loai-rac")
    desk.receive(comment("Nên giữ ba nhóm."))
    home = f"/xu-ly/{desk.matter.slug}/"
    officer = visitor(screen=DESK)
    page = let_in(app, officer, desk.people["officer"])
    page.goto(home)
    press(page, page.get_by_label("Chọn ý kiến số 1", exact=True), "Space")
    press(page, page.get_by_role("button", name="Cho công khai"))
    assert "Đã cho công khai các ý kiến đã chọn." in page.inner_text("body")
    # What was ticked stays ticked for the next act.
    expect(page.get_by_label("Chọn ý kiến số 1", exact=True)).to_be_checked()
    press(page, page.locator("summary", has_text="Giao xử lý"))
    reach(page, page.get_by_label("Đơn vị", exact=True))
    page.keyboard.press("ArrowDown")
    press(page, page.get_by_role("button", name="Giao xử lý", exact=True))
    assert "Phòng Môi trường" in page.inner_text("table")
    press(page, page.get_by_role("button", name="Soạn một câu trả lời"))
    press(page, page.get_by_role("radio", name="Tiếp thu", exact=True), "Space")
    write(page, page.get_by_label("Nội dung tiếp thu, giải trình"), "Giữ ba nhóm như dự thảo.")
    press(page, page.get_by_role("button", name="Lưu bản trả lời"))
    press(page, page.get_by_label("Tôi đã xem các lưu ý trên"), "Space")
    press(page, page.get_by_role("button", name="Lưu bản trả lời"))
    assert "Đã lưu bản trả lời." in page.inner_text("body")

    page = let_in(app, visitor(screen=DESK), desk.people["leader"])
    page.goto(f"{home}phe-duyet/")
    if not page.get_by_role("checkbox").first.is_checked():
        press(page, page.get_by_role("checkbox").first, "Space")
    press(page, page.get_by_label("Tôi đã xem các lưu ý ở những câu trả lời"), "Space")
    press(page, page.get_by_role("button", name="Phê duyệt các trả lời đã chọn"))
    assert "Đã phê duyệt các trả lời đã chọn." in page.inner_text("body")

    page = let_in(app, visitor(screen=DESK), desk.people["publisher"])
    page.goto(f"{home}cong-bo/")
    press(page, page.get_by_role("button", name="Công bố các trả lời đã chọn").first)
    assert "Đã công bố các trả lời đã chọn." in page.inner_text("body")
