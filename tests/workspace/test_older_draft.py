"""A further draft appears while a letter is written: its writer is told beside each point what became of the clause and
moves it there with what was typed, and who signs for the body does not send what was read before it."""

import pytest
from sqlalchemy.orm import Session

from consult.clock import now
from tests.builders import DRAFT, make_publisher
from tests.consultations.revised import revise
from tests.pages import Page
from tests.workspace.conftest import settings
from tests.workspace.test_pages import LETTER, ONE_MORE, House, begun, house

__all__ = ["house", "settings"]
NOW_AT = "Điều 3 (bản dự thảo lần 1): trong bản dự thảo lần 2 là Điều 4."


def second_draft(house: House, session: Session, text: str = ONE_MORE) -> None:
    session.rollback()
    revise(session, house.consultation, make_publisher(session), text, now())
    session.commit()


@pytest.fixture
def written(house: House) -> Page:
    """A letter with one point about the whole draft and one about Điều 3 of the first draft."""
    page = begun(house.drafter, "formal").submit({**LETTER, "comments.0.text": "Chung.", "tai": "du-thao/1/d3"}, "add")
    return page.submit({"comments.1.text": "Nên lùi."}, "Lưu")


def anchors(page: Page) -> list[str]:
    return [str(one.get("value")) for one in page.find("//input[contains(@name, '.anchor')]")]


def test_the_writer_is_told_and_moves_a_point_with_what_was_typed(
    house: House, written: Page, app_session: Session
) -> None:
    second_draft(house, app_session)
    page = house.drafter.get(written.address)
    assert "Bản dự thảo mới nhất là lần 2" in page.text and NOW_AT in page.text
    assert "1 ý kiến dưới đây viết cho bản dự thảo trước" in page.text
    button = page.find("//button[starts-with(@value, 'move:')]/@value")[0]
    page = page.submit({"comments.1.text": "Nên lùi một năm."}, button)
    assert anchors(page) == ["", "du-thao/2/d4"] and "Nên lùi một năm." in page.text
    assert NOW_AT not in page.text and "bản dự thảo trước" not in page.text


def test_all_points_are_moved_with_one_press_but_those_whose_clause_is_gone(
    house: House, written: Page, app_session: Session
) -> None:
    written = written.submit({"tai": "du-thao/1/d1"}, "add").submit({"comments.2.text": "Hẹp quá."}, "Lưu")
    without_third = DRAFT[: DRAFT.index("### Điều 3. Hiệu lực thi hành")]
    second_draft(house, app_session, without_third)
    page = house.drafter.get(written.address)
    assert "2 ý kiến dưới đây viết cho bản dự thảo trước" in page.text
    page = page.submit(button="Chuyển sang bản dự thảo mới những ý kiến chuyển được")
    assert anchors(page) == ["", "du-thao/1/d3", "du-thao/2/d1"]
    assert "1 ý kiến dưới đây viết cho bản dự thảo trước" in page.text


def test_nothing_is_sent_that_was_read_before_a_further_draft(
    house: House, written: Page, app_session: Session
) -> None:
    checked = written.submit(button="Trình để gửi")
    read = house.sender.get(checked.address)
    second_draft(house, app_session)
    refused = read.submit(button="Gửi")
    assert "Đã tiếp nhận" not in refused.text and "Bản dự thảo mới nhất" in refused.text
    assert "bản dự thảo lần 1" in refused.text and "bản dự thảo lần 2" in refused.text
    read = house.sender.get(checked.address)
    assert NOW_AT in read.text and "Xem chỗ thay đổi so với lần 1" in read.text
    assert "Đã tiếp nhận" in read.submit(button="Gửi").text
