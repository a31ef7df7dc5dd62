"""A letter that is in already is told in every way letters come in: typed at the desk (tests/responses/intake), sent by
its body, amended."""

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from consult.submissions.models import Submission
from consult.submissions.receiving.same_letter import name_of
from tests.workspace.test_pages import LETTER, House, begun, house

__all__ = ["house"]


@pytest.mark.parametrize("typed", ["12/MTTQ-BTT", " 12 /mttq–btt", "Số: 12/MTTQ-BTT", "so 12/MTTQ BTT"])
def test_a_number_is_the_same_however_it_was_typed(typed: str) -> None:
    assert name_of(typed, "") == name_of("12/MTTQ-BTT", "")


@pytest.mark.parametrize("typed", ["112/MTTQ-BTT", "12/MTTQ", "1/2/MTTQ-BTT", ""])
def test_another_number_is_not(typed: str) -> None:
    assert name_of(typed, "") != name_of("12/MTTQ-BTT", "")


def test_a_body_that_sends_or_amends_is_told_and_may_go_on(house: House, app_session: Session) -> None:
    first = begun(house.drafter, "formal").submit({**LETTER, "comments.0.text": "Một"}, "Trình để gửi")
    receipt = house.sender.get(first.address).submit(button="Gửi")
    assert receipt.heading == "Đã tiếp nhận văn bản"
    other = {**LETTER, "letter_number": "số 12/mttq-btt", "comments.0.text": "Hai"}
    second = begun(house.drafter, "formal").submit(other, "Trình để gửi")
    assert "Đã có văn bản số 12/MTTQ-BTT" in second.text
    check = house.sender.get(second.address)
    assert check.link("phiếu số 1")
    asked = check.submit(button="Gửi")
    assert asked.status == 409 and len(app_session.scalars(select(Submission)).all()) == 1
    sent = asked.submit({"same_letter": True}, button="Gửi")
    assert sent.heading == "Đã tiếp nhận văn bản"
    page = house.sender.get("/to-chuc/phan-loai-rac/da-gui/2/").click("Sửa văn bản đã gửi")
    page = page.submit({"letter_number": "13/MTTQ-BTT"}, "Gửi bản sửa").click("Sửa văn bản đã gửi")
    back = page.submit({"letter_number": "12/MTTQ-BTT"}, "Gửi bản sửa")
    assert back.status == 409 and "Đã có văn bản số 12/MTTQ-BTT" in back.text
    assert "Bản sửa lần 2" in back.submit({"same_letter": True}, "Gửi bản sửa").text
