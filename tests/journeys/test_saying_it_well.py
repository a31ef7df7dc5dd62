"""A comment with a wording of one's own and a photograph, by keyboard without script and at a desk with it."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import expect
from sqlalchemy import select
from sqlalchemy.orm import Session

from consult.consultations.models import Consultation
from consult.consultations.words import Kind
from consult.submissions.models import Comment, CommentVersion
from consult.submissions.receiving.models import Attachment
from tests.arriving import given
from tests.files import made
from tests.journeys.going import look_through, press, reach, write
from tests.live import DESK, PHONE, Visitor

pytestmark = pytest.mark.browser

CLAUSE = "2. Hộ gia đình giao chất thải đúng ngày, đúng nơi."
BEGIN = "Bắt đầu từ lời văn của điều khoản"


@pytest.fixture
def files(tmp_path: Path) -> list[str]:
    """A photograph that is taken, and a Word file that is not."""
    (tmp_path / "anh.jpg").write_bytes(made.picture())
    (tmp_path / "don.docx").write_bytes(made.word(("word/vbaProject.bin", b"x")))
    return [str(tmp_path / "anh.jpg"), str(tmp_path / "don.docx")]


def test_by_keyboard_without_script(
    visitor: Callable[..., Visitor], matter: Consultation, app_session: Session, files: list[str]
) -> None:
    person = visitor(javascript=False, screen=PHONE)
    page = person.open(f"/lay-y-kien/{matter.slug}/gop-y/?tai=d2.k2")
    button = lambda name: page.get_by_role("button", name=name, exact=True)  # noqa: E731
    write(page, page.get_by_label("Nội dung ý kiến"), "Ghi rõ giờ.")
    press(page, button(BEGIN))
    proposed = page.get_by_label("Đề nghị sửa thành")
    assert proposed.input_value() == CLAUSE and page.get_by_label("Nội dung ý kiến").input_value() == "Ghi rõ giờ."
    write(page, proposed, CLAUSE.replace("ngày", "giờ"))
    write(page, page.get_by_label("Chỉ góp ý mấy chữ nào"), "đúng ngày")
    given(page.get_by_label("Tệp gửi kèm"), files)
    press(page, button("Tiếp tục"))
    assert page.title().startswith("Lỗi: ") and "anh.jpg" in page.inner_text("main")
    expect(page.locator(".error-summary")).to_be_focused()
    person.check()
    press(page, page.locator(".error-summary a"))
    look_through(page)
    expect(page.locator("main mark")).to_have_count(1)
    assert page.locator("main del").inner_text().endswith("ngày")
    person.check()
    press(page, page.get_by_role("button", name="Sửa Đề nghị sửa thành (1)"))
    assert page.url.endswith("#field-comments.0.proposed")
    look_through(page)
    press(page, button("Gửi"))
    assert page.inner_text("h1") == "Đã tiếp nhận ý kiến" and "anh.jpg" in page.inner_text("main")
    person.check()
    app_session.rollback()
    kept = app_session.scalars(select(Attachment)).one()
    assert (kept.file_name, kept.media_type) == ("anh.jpg", "image/jpeg")
    assert app_session.scalars(select(Comment.quote)).one() == "đúng ngày"
    _withdraw(page, person)


def _withdraw(page: Any, person: Visitor) -> None:
    """With both codes: what was sent, the file, a change, and the end."""
    code, secret = page.locator("strong.code").all_inner_texts()
    person.open(f"/tra-cuu/{code}/")
    write(page, page.get_by_label("Mã bí mật"), secret)
    press(page, page.get_by_role("button", name="Mở"))
    assert page.locator("main ins").inner_text().endswith("giờ")
    person.check()
    reach(page, page.get_by_role("button", name="Tải về anh.jpg"))
    with page.expect_download() as saved:
        page.keyboard.press("Enter")
    assert saved.value.suggested_filename == "anh.jpg"
    press(page, page.get_by_text("Rút ý kiến số 1", exact=True))
    press(page, page.get_by_label("Tôi chắc chắn muốn rút ý kiến này"), " ")
    press(page, page.get_by_role("button", name="Rút ý kiến", exact=True))
    assert "Đã rút ý kiến." in page.inner_text("main")
    person.check()


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_with_script_beside_the_clause(
    visitor: Callable[..., Visitor], matter: Consultation, app_session: Session, files: list[str], scheme: Any
) -> None:
    person = visitor(javascript=True, screen=DESK)
    person.page.emulate_media(color_scheme=scheme)
    page = person.open(f"/lay-y-kien/{matter.slug}/du-thao/1/")
    page.get_by_role("link", name="Góp ý về khoản 2 Điều 2", exact=True).click()
    form = page.locator("form[data-inline-fragment]")
    go_on = lambda: form.get_by_role("button", name="Tiếp tục", exact=True).last.click()  # noqa: E731
    form.get_by_role("button", name=BEGIN).click()
    proposed = form.get_by_label("Đề nghị sửa thành")
    expect(proposed).to_have_value(CLAUSE)
    proposed.fill(CLAUSE.replace("ngày", "giờ"))
    form.get_by_label("Nội dung ý kiến").fill("Ghi rõ giờ.")
    given(form.get_by_label("Tệp gửi kèm"), files)
    go_on()
    expect(page.locator(".error-summary")).to_be_focused()
    expect(page.get_by_text("anh.jpg")).to_be_visible()
    person.check()
    go_on()
    page.get_by_role("button", name="Bỏ qua, không nêu tên").click()
    expect(page.locator("main ins")).to_contain_text("giờ")
    person.check()
    page.get_by_role("button", name="Gửi", exact=True).click()
    page.wait_for_selector("strong.code")
    person.check()
    app_session.rollback()
    assert app_session.scalars(select(CommentVersion.proposed)).one() == CLAUSE.replace("ngày", "giờ")
    assert len(app_session.scalars(select(Attachment)).all()) == 1


def test_what_a_comment_on_an_eia_is_about_is_kept_on_the_device(
    visitor: Callable[..., Visitor], matter: Consultation, app_session: Session
) -> None:
    matter.kind = Kind.EIA_REPORT
    app_session.commit()
    page = visitor(javascript=True, screen=PHONE).open(f"/lay-y-kien/{matter.slug}/gop-y/?tai=d2.k2")
    page.get_by_label("Góp ý về nội dung nào").select_option("measures")
    page.get_by_label("Nội dung ý kiến").fill("Tưới nước sáng và chiều.")
    page.goto("/")
    page.goto(f"/lay-y-kien/{matter.slug}/gop-y/?tai=d2.k2")
    expect(page.get_by_label("Nội dung ý kiến")).to_have_value("Tưới nước sáng và chiều.")
    expect(page.get_by_label("Góp ý về nội dung nào")).to_have_value("measures")


def test_a_second_tab_is_told_that_its_words_were_sent(
    visitor: Callable[..., Visitor], matter: Consultation, app_session: Session
) -> None:
    """Opened at the same clause before the first was sent, it holds what the device kept of it."""
    person = visitor(javascript=True, screen=PHONE)
    page = person.open(f"/lay-y-kien/{matter.slug}/gop-y/?tai=d2.k2")
    write(page, page.get_by_label("Nội dung ý kiến"), "Ghi rõ giờ.")
    look_through(page)
    page.go_back()
    page.go_back()
    second = person.context.new_page()
    second.goto(f"/lay-y-kien/{matter.slug}/gop-y/?tai=d2.k2")
    expect(second.get_by_label("Nội dung ý kiến")).to_have_value("Ghi rõ giờ.")
    look_through(page)
    press(page, page.get_by_role("button", name="Gửi", exact=True))
    expect(page.get_by_role("heading", name="Đã tiếp nhận ý kiến")).to_be_visible()
    press(second, second.get_by_role("button", name="Tiếp tục", exact=True))
    expect(second.get_by_text("Phiếu này đã được gửi và tiếp nhận trước đó")).to_be_visible()
    press(second, second.get_by_role("link", name="Mở phiếu đã gửi"))
    expect(second.get_by_role("heading", name="Đã tiếp nhận ý kiến")).to_be_visible()
