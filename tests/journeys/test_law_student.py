"""The law student: three clauses in one form, each with its own words or wording, one check, one receipt, and a letter
to take away. Back, reload, a second tab and a line that dies lose nothing on the way."""

import re
import zipfile
from collections.abc import Callable

import pytest
from playwright.sync_api import Locator, Page, expect
from sqlalchemy import select
from sqlalchemy.orm import Session

from consult.consultations.models import Consultation
from consult.submissions.models import Comment, CommentVersion, Submission
from tests.arriving import line_comes_back, line_dies
from tests.journeys.test_farmer import back_and_forward, button, looked_at_again
from tests.live import PHONE, Visitor

pytestmark = pytest.mark.browser
CHECK = "Xem lại trước khi gửi"


def opened(page: Page, path: str) -> Locator:
    """The form beneath a clause, fetched by its link."""
    clause = page.locator(f'[id="{path}"]')
    clause.locator(".margin a").first.click()
    form = clause.locator(".inline form")
    expect(form).to_be_visible()
    return form


def take_letter(page: Page) -> str:
    """The words of the letter that the receipt offers."""
    with page.expect_download() as coming:
        page.get_by_role("link", name="Tải ý kiến thành thư (DOCX)").click()
    with zipfile.ZipFile(coming.value.path()) as letter:
        return letter.read("word/document.xml").decode()


def received(session: Session, page: Page, *words: str) -> None:
    """One receipt, one letter and one submission with three comments that say these words."""
    expect(page.locator("h1")).to_have_text("Đã tiếp nhận ý kiến")
    letter = take_letter(page)
    assert all(one in letter for one in words)
    session.rollback()
    assert len(session.scalars(select(Submission)).all()) == 1
    assert session.scalars(select(Comment.path).order_by(Comment.path)).all() == ["d1", "d2.k1", "d2.k2"]


def test_three_clauses_from_the_law(
    visitor: Callable[..., Visitor], matter: Consultation, app_session: Session
) -> None:
    person = visitor(screen=PHONE)
    page = person.open(f"/lay-y-kien/{matter.slug}/du-thao/1/")
    first = opened(page, "d1")
    first.get_by_label("Nội dung ý kiến").fill("Nên nói rõ ai làm.")
    second = opened(page, "d2.k1")
    expect(first).to_be_visible()
    second.get_by_label("Đề nghị sửa thành").fill("… thành bốn nhóm:")
    basket = page.get_by_role("button", name="Phiếu của ông/bà: 2 ý kiến")
    expect(basket).to_be_visible()
    person.check()
    page.reload()
    expect(basket).to_be_visible()
    page.goto(f"/lay-y-kien/{matter.slug}/")
    expect(basket).to_be_visible()

    # The third has a page of its own, where the wording begins with the clause and shows what changes.
    page.goto(f"/lay-y-kien/{matter.slug}/gop-y/?tai=d2.k2")
    proposed = page.get_by_label("Đề nghị sửa thành")
    proposed.focus()
    # The script that puts it there comes when the field is first touched.
    expect(proposed).to_have_value(re.compile("đúng ngày"))
    proposed.fill(proposed.input_value().replace("đúng ngày", "đúng giờ"))
    redline = page.locator("[data-script*=redline]")
    expect(redline.locator("del")).to_have_text("ngày, ")
    expect(redline.locator("ins")).to_have_text("giờ, ")
    expect(page.get_by_text("Phiếu của ông/bà: 3 ý kiến")).to_be_visible()
    person.check()

    line_dies(person.page)
    button(page, "Tiếp tục")
    expect(page.get_by_text("Chưa gửi được vì mất mạng")).to_be_visible()
    assert "đúng giờ" in proposed.input_value()
    line_comes_back(person.context)
    expect(page.locator("h1")).to_have_text("Người gửi")
    person.troubles = [one for one in person.troubles if "ERR_INTERNET_DISCONNECTED" not in one]
    looked_at_again(person, page, "Người gửi", "Không bắt buộc")
    back_and_forward(page, "Gửi ý kiến", "Người gửi")
    page.get_by_label("Họ và tên").fill("Lò Thị Én")
    button(page, CHECK)
    looked_at_again(person, page, CHECK, "Nên nói rõ ai làm.")
    looked_at_again(person, page, CHECK, "bốn ")
    looked_at_again(person, page, CHECK, "Lò Thị Én")
    expect(page.locator("main section")).to_have_count(3)
    back_and_forward(page, "Người gửi", CHECK)
    button(page, "Gửi")
    looked_at_again(person, page, "Đã tiếp nhận ý kiến", "Nên nói rõ ai làm.")
    received(app_session, page, "Nên nói rõ ai làm.", "đúng giờ", "Lò Thị Én")
    page.goto(f"/lay-y-kien/{matter.slug}/du-thao/1/")
    expect(page.locator("[data-basket]")).to_be_hidden()


def test_three_clauses_without_script(
    visitor: Callable[..., Visitor], matter: Consultation, app_session: Session
) -> None:
    person = visitor(javascript=False, screen=PHONE)
    page = person.open(f"/lay-y-kien/{matter.slug}/du-thao/1/")
    page.locator('[id="d1"] .margin a').first.click()
    page.get_by_label("Nội dung ý kiến").fill("Nên nói rõ ai làm.")
    button(page, "Thêm ý kiến về nội dung khác")
    looked_at_again(person, page, "Góp ý về nội dung khác", "Tìm trong dự thảo")
    page.get_by_label("Tìm trong dự thảo").fill("khoan 1 dieu 2")
    button(page, "Tìm")
    page.get_by_label("Góp ý về").select_option("du-thao/1/d2.k1")
    button(page, "Thêm ý kiến về nội dung này")
    looked_at_again(person, page, "Gửi ý kiến", "khoản 1 Điều 2")
    page.get_by_label("Đề nghị sửa thành").fill("… thành bốn nhóm:")
    button(page, "Thêm ý kiến về nội dung khác")
    expect(page.locator("h1")).to_have_text("Góp ý về nội dung khác")
    back_and_forward(page, "Gửi ý kiến", "Góp ý về nội dung khác")
    page.get_by_label("Góp ý về").select_option("du-thao/1/d2.k2")
    button(page, "Thêm ý kiến về nội dung này")
    button(page, "Bắt đầu từ lời văn của điều khoản")
    proposed = page.get_by_label("Đề nghị sửa thành")
    proposed.fill(proposed.input_value().replace("đúng ngày", "đúng giờ"))
    button(page, "Tiếp tục")
    looked_at_again(person, page, "Người gửi", "Không bắt buộc")
    button(page, "Bỏ qua, không nêu tên")
    looked_at_again(person, page, CHECK, "Nên nói rõ ai làm.")
    page.wait_for_load_state()
    marks = [page.locator(f"main {mark}").count() for mark in ("section", "del", "ins")]
    assert marks >= [3, 1, 1]
    back_and_forward(page, "Người gửi", CHECK)
    button(page, "Gửi")
    looked_at_again(person, page, "Đã tiếp nhận ý kiến", "Nên nói rõ ai làm.")
    received(app_session, page, "Nên nói rõ ai làm.", "đúng giờ")
    page.go_back()
    expect(page.locator("h1")).to_have_text("Đã tiếp nhận ý kiến")
    texts = app_session.scalars(select(CommentVersion.text)).all()
    assert sorted(texts) == ["", "", "Nên nói rõ ai làm."]
