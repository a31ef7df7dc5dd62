"""What only agrees is noted in one press, and nothing that says more goes with it."""

from typing import Any

import pytest
from sqlalchemy.orm import Session

from consult.errors import NoneTaken
from consult.responses.agreement.found import agreeing
from consult.responses.agreement.plain import only_agrees
from consult.responses.agreement.service import note_agreement
from consult.responses.answers import answer_state
from consult.responses.desk.listing.case_filters import Handler
from consult.submissions.inputs import AttachmentInput
from consult.submissions.words import Stance
from tests.builders import NOW, TODAY
from tests.responses.conftest import Enter
from tests.responses.desk_builder import Desk, comment, make_desk


@pytest.mark.parametrize(
    "text",
    [
        "Nhất trí.", "Đồng ý với dự thảo", "ĐỒNG Ý!", "Tôi hoàn toàn nhất trí với nội dung dự thảo Nghị quyết.",
        "Nhất trí, không có ý kiến gì thêm.", "Không có ý kiến.", "Dạ em đồng ý ạ, xin cảm ơn.",
        "Gia đình tôi ủng hộ chủ trương này.",
    ],
)  # fmt: skip
def test_plain_agreement(text: str) -> None:
    assert only_agrees(text, "", "", "support") and only_agrees(text, "", "", "")


@pytest.mark.parametrize(
    "text",
    [
        "Không đồng ý.", "Tôi chưa nhất trí.", "Đồng ý nhưng cần thêm xe.", "Đồng ý bỏ điều này.", "Đồng ý Điều 12a.",
        "Nhất trí, đề nghị làm sớm.", "Có đồng ý không?", "Đồng ý?", "Ai đồng ý?",
        "Không nhất trí, không có ý kiến thêm.",
        "Cảm ơn.", "Đồng ý tăng phí.", "Không phải tôi đồng ý.", "-",
    ],
)  # fmt: skip
def test_what_says_more(text: str) -> None:
    assert not only_agrees(text, "", "", "support")


@pytest.mark.parametrize(
    "given", [{"stance": "oppose"}, {"stance": "question"}, {"proposed": "Bảy nhóm."}, {"reason": "Vì xa."}]
)
def test_what_stands_beside_the_words_counts(given: dict[str, str]) -> None:
    assert not only_agrees("Nhất trí.", **{"proposed": "", "reason": "", "stance": "", **given})


def _numbers(desk: Desk) -> list[int]:
    return [line.number for line in agreeing(desk.session, desk.matter, Handler(None), TODAY).lines]


def test_what_waits_is_found(session: Session) -> None:
    desk = make_desk(session)
    first, _more, second = desk.receive(
        "Nhất trí.", "Nên thu hằng ngày.", comment("Đồng ý.", "d1", stance=Stance.SUPPORT)
    )
    scan = AttachmentInput("0" * 64, "y-kien.pdf", "application/pdf", 9)
    desk.receive("Nhất trí.", attachments=(scan,))
    (drafted,) = desk.receive("Nhất trí.")
    desk.draft(drafted)
    assert _numbers(desk) == [first, second]


def test_one_answer_for_each_place_in_one_act(session: Session) -> None:
    desk = make_desk(session)
    first, second, third = desk.receive("Nhất trí.", "Đồng ý.", comment("Đồng ý.", "d1"))
    taken = note_agreement(session, desk.matter, [first, second, third], desk.officer, NOW)
    assert (taken.numbers, taken.left) == ([first, second, third], {})
    found = answer_state.read(session, desk.matter.id)
    assert [answer.numbers for answer in found] == [[first, second], [third]]
    assert {answer.latest.disposition.value for answer in found} == {"noted"}
    assert _numbers(desk) == []


def test_what_says_more_or_has_an_answer_is_left_and_named(session: Session) -> None:
    desk = make_desk(session)
    plain, more, held = desk.receive("Nhất trí.", "Nhất trí nhưng cần thêm xe.", "Đồng ý.")
    desk.draft(held)
    taken = note_agreement(session, desk.matter, [plain, more, held], desk.officer, NOW)
    left: dict[str, Any] = {code: list(numbers) for code, numbers in taken.left.items()}
    assert (taken.numbers, left) == ([plain], {"not_plain_agreement": [more], "has_response": [held]})
    with pytest.raises(NoneTaken):
        note_agreement(session, desk.matter, [more], desk.officer, NOW)


def test_one_press(desk: Desk, enter: Enter) -> None:
    desk.receive("Nhất trí.", "Đồng ý.", "Nên thu hằng ngày.")
    page = enter("officer").get(f"/xu-ly/{desk.matter.slug}/dong-tinh/")
    assert "Nên thu hằng ngày." not in page.text
    done = page.submit({}, "Ghi nhận các ý kiến đã chọn")
    assert "Đã ghi nhận các ý kiến đã chọn." in done.text
    assert "Không có ý kiến nào chỉ đồng tình" in done.text
