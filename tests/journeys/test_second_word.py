"""The Front is not satisfied by an answer to its letter; both sides meet, and everybody reads the final answer."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from flask import Flask
from sqlalchemy import select
from sqlalchemy.orm import Session

from consult import clock
from consult.people.words import Level, OrganisationKind, Role
from consult.responses.second_words.models import Dialogue
from consult.submissions.inputs import Letter, Sender
from consult.submissions.words import SubmissionKind
from tests.arriving import given
from tests.builders import make_organisation, make_user
from tests.journeys.going import let_in
from tests.live import DESK, PHONE, Visitor
from tests.pdfs import words_pdf
from tests.responses.desk_builder import comment, make_desk

pytestmark = pytest.mark.browser
WHY = "Trả lời chưa nêu ai chịu trách nhiệm."
PLACE = "Phòng họp 2, Sở Nông nghiệp và Môi trường"
FINAL = "Ủy ban nhân dân xã chịu trách nhiệm; đã bổ sung vào khoản 1 Điều 2."


def test_not_satisfied_dialogue_final_answer_public(
    app: Flask, visitor: Callable[..., Visitor], app_session: Session
) -> None:
    desk = make_desk(app_session, slug="phan-loai-rac", now=clock.now(), opened_before=40)
    front = make_organisation(app_session, OrganisationKind.FRONT_COMMITTEE, Level.PROVINCE, "Ủy ban Mặt trận tỉnh")
    writes, signs = (make_user(app_session, front, [role]) for role in (Role.DRAFTER, Role.SENDER))
    letter = Letter("12/MTTQ-BTT", clock.local_day(desk.now), "Lò Văn Ký", "Chủ tịch", "TM.")
    (number,) = desk.receive(
        comment("Cần nêu ai chịu trách nhiệm."), kind=SubmissionKind.FORMAL, letter=letter,
        sender=Sender(organisation_id=front.id),
    )  # fmt: skip
    desk.release(number)
    desk.answer(number, text="Ghi nhận ý kiến.")
    app_session.commit()
    own, home = "/to-chuc/phan-loai-rac/da-gui/1/thoa-dang/", "/xu-ly/phan-loai-rac/"

    drafter = visitor(screen=PHONE)
    page = let_in(app, drafter, writes)
    page.goto(own)
    page.get_by_label("Trả lời này có thỏa đáng không").select_option("unsatisfied")
    page.get_by_label("Lý do, nhận xét").fill(WHY)
    page.get_by_role("button", name="Lưu ý kiến").click()
    assert "Chờ ký" in page.inner_text("main")
    drafter.check()
    signer = visitor(screen=DESK)
    page = let_in(app, signer, signs)
    page.goto(own)
    page.get_by_role("button", name="Ký và công khai ý kiến").click()
    assert "Đã ký, đã công khai" in page.inner_text("main")
    signer.check()

    officer = visitor(screen=DESK)
    page = let_in(app, officer, desk.people["officer"])
    page.goto("/xu-ly/")
    page.get_by_role("link", name="Văn bản chưa thỏa đáng chờ trả lời cuối").click()
    page.get_by_role("link", name="Văn bản góp ý số 12/MTTQ-BTT").click()
    page.get_by_role("link", name="Mời đối thoại").click()
    officer.check()
    page.get_by_label("Ngày", exact=True).fill((clock.local_day(desk.now) + timedelta(days=3)).isoformat())
    page.get_by_label("Giờ", exact=True).fill("14:00")
    page.get_by_label("Địa điểm").fill(PLACE)
    page.get_by_label("Người dự, người được mời").fill("Ông Lò Văn Ký, Chủ tịch Ủy ban Mặt trận tỉnh")
    page.get_by_role("button", name="Mời đối thoại").click()
    assert "Đã mời đối thoại" in page.inner_text("body")
    officer.check()
    _days_go_by(app_session)
    page.goto(f"{home}doi-thoai/1/")
    page.get_by_role("radio", name="Hai bên đã thống nhất").check()
    page.get_by_label("Nội dung về ý kiến số 1").fill("Nêu rõ trách nhiệm của Ủy ban nhân dân xã.")
    given(
        page.get_by_label("Biên bản đã ký"),
        {"name": "bien-ban.pdf", "mimeType": "application/pdf", "buffer": words_pdf(["Biên bản đối thoại"])},
    )
    officer.check()
    page.get_by_role("button", name="Ghi biên bản").click()
    assert "Đã ghi biên bản đối thoại" in page.inner_text("body")
    page.goto(f"{home}y-kien/{number}/")
    page.get_by_role("link", name="Soạn trả lời cuối").click()
    assert WHY in page.inner_text("main")
    officer.check()
    page.get_by_role("radio", name="Tiếp thu", exact=True).check()
    page.get_by_label("Nội dung tiếp thu, giải trình").fill(FINAL)
    page.get_by_role("button", name="Lưu bản trả lời").click()
    for box in page.get_by_label("Tôi đã xem các lưu ý trên").all():
        box.check()
        page.get_by_role("button", name="Lưu bản trả lời").click()
    assert "Đã lưu bản trả lời." in page.inner_text("body")

    leader = visitor(screen=DESK)
    page = let_in(app, leader, desk.people["leader"])
    page.goto(f"{home}phe-duyet/")
    assert WHY in page.locator("article.review").first.text_content()
    for box in page.get_by_role("checkbox").all():
        box.check()
    page.get_by_role("button", name="Phê duyệt các trả lời đã chọn").click()
    assert "Đã phê duyệt" in page.inner_text("body")
    publisher = visitor(screen=DESK)
    page = let_in(app, publisher, desk.people["publisher"])
    page.goto(f"{home}ket-thuc/")
    assert "Còn 1 trả lời chưa thỏa đáng chờ trả lời cuối" in page.inner_text("main")
    page.goto(f"{home}cong-bo/")
    page.get_by_role("button", name="Công bố các trả lời đã chọn").first.click()
    assert "Đã công bố các trả lời đã chọn." in page.inner_text("body")

    citizen = visitor(javascript=False, screen=PHONE)
    for address in (f"/lay-y-kien/phan-loai-rac/y-kien/{number}/", "/lay-y-kien/phan-loai-rac/van-ban/1/"):
        told = citizen.open(address).inner_text("main")
        for words in (FINAL, WHY, "Ghi nhận ý kiến.", PLACE, "Nêu rõ trách nhiệm của Ủy ban nhân dân xã."):
            assert words in told, (address, words)
        citizen.check()


def _days_go_by(session: Session) -> None:
    """Until the dialogue has begun."""
    session.rollback()
    held = session.scalars(select(Dialogue)).one()
    held.starts_at = clock.now() - timedelta(hours=1)
    session.commit()
