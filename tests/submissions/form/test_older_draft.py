"""A form that was opened on a draft before there was a newer one: it says so before it is sent, and names its draft."""

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from consult.consultations.document_models import Revision
from consult.submissions.models import Comment
from tests.consultations.articles import INSERTED, next_draft, open_matter
from tests.pages import Browser, Page
from tests.responses.desk_builder import Desk

TOLD = "Điều 5 (bản dự thảo lần 1): trong bản dự thảo lần 2 là Điều 6."


@pytest.fixture
def desk(app_session: Session) -> Desk:
    return open_matter(app_session)


def opened(desk: Desk, browser: Browser) -> Page:
    """The form on Điều 5 of the first draft."""
    return browser.get(f"/lay-y-kien/{desk.matter.slug}/gop-y/?tai=du-thao/1/d5")


def places(session: Session) -> list[tuple[int, str]]:
    """What the comments received are about."""
    session.rollback()
    rows = session.execute(select(Revision.number, Comment.path).join(Comment.revision).order_by(Comment.number))
    return [(number, path) for number, path in rows]


def publish(desk: Desk) -> None:
    next_draft(desk, *INSERTED)
    desk.session.commit()


def test_the_check_page_says_that_there_is_a_newer_draft(desk: Desk, browser: Browser) -> None:
    form = opened(desk, browser)
    assert "bản dự thảo" not in form.words("//form")[0]
    publish(desk)
    checked = form.walk({"comments.0.text": "Phạt nặng hơn."}, button="Xem lại trước khi gửi")
    assert TOLD in checked.text
    sent = checked.submit(button="Gửi")
    assert "Điều 5 (bản dự thảo lần 1)" in sent.text and places(desk.session) == [(1, "d5")]


def test_who_had_checked_it_already_is_told_when_sending(desk: Desk, browser: Browser) -> None:
    checked = opened(desk, browser).walk({"comments.0.text": "Phạt nặng hơn."}, button="Xem lại trước khi gửi")
    publish(desk)
    again = checked.submit(button="Gửi")
    assert again.status == 409 and "Đã có bản dự thảo mới" in again.text and TOLD in again.text
    assert places(desk.session) == []
    again.submit(button="Gửi")
    assert places(desk.session) == [(1, "d5")]


def test_the_comment_can_go_over_to_the_clause_as_it_is_now(desk: Desk, browser: Browser) -> None:
    form = opened(desk, browser)
    publish(desk)
    checked = form.walk({"comments.0.text": "Phạt nặng hơn."}, button="Xem lại trước khi gửi")
    moved = checked.submit(button="Chuyển ý kiến sang Điều 6 (bản dự thảo lần 2)")
    assert "Người đổ trộm" in moved.text
    sent = moved.walk(button="Xem lại trước khi gửi").submit(button="Gửi")
    assert "Điều 6 (bản dự thảo lần 2)" in sent.text and places(desk.session) == [(2, "d6")]


def test_nothing_is_said_of_a_comment_on_the_newest_draft(desk: Desk, browser: Browser) -> None:
    publish(desk)
    form = browser.get(f"/lay-y-kien/{desk.matter.slug}/gop-y/?tai=du-thao/2/d5")
    checked = form.walk({"comments.0.text": "Xa hơn nữa."}, button="Xem lại trước khi gửi")
    assert "trong bản dự thảo" not in checked.text
    assert checked.submit(button="Gửi").heading == "Đã tiếp nhận ý kiến"


def test_the_page_of_the_code_names_the_draft(desk: Desk, browser: Browser) -> None:
    form = opened(desk, browser)
    publish(desk)
    receipt = form.walk({"comments.0.text": "Phạt."}, button="Xem lại trước khi gửi").submit(button="Gửi")
    assert "Ý kiến số 1: Điều 5 (bản dự thảo lần 1)" in receipt.click("Xem tình trạng").text
