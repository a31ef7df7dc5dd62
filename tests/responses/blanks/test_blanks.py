"""What says nothing is proposed in one press and confirmed in one by another; nothing that says anything is."""

import pytest
from sqlalchemy.orm import Session

from consult.errors import NoneTaken
from consult.responses.blanks import service
from consult.responses.blanks.plain import says_nothing
from consult.responses.desk.listing.filters import Handler
from consult.submissions.comments import comment_state
from consult.submissions.comments.outcome import Outcome
from consult.submissions.inputs import AttachmentInput
from consult.submissions.words import Stance
from tests.builders import NOW, TODAY
from tests.responses.conftest import Enter
from tests.responses.desk_builder import Desk, comment, make_desk


@pytest.mark.parametrize("text", ["-", "…", " . ", "--- ", "ko có", "test", "N/A", ""])
def test_blank(text: str) -> None:
    assert says_nothing(text, "", "", "")


@pytest.mark.parametrize("text", ["Không có ý kiến.", "Không đồng ý", "Không", "Bỏ", "12", "Đồng ý", "Điều 3", "Có"])
def test_not_blank(text: str) -> None:
    assert not says_nothing(text, "", "", "")


def test_what_stands_beside_the_words_counts() -> None:
    assert not says_nothing("-", "Bảy nhóm.", "", "") and not says_nothing("-", "", "Vì xa.", "")
    assert not says_nothing("-", "", "", "oppose")


def _blank(desk: Desk) -> list[int]:
    found = service.blanks(desk.session, desk.matter, Handler(None, senders=True), TODAY)
    return [line.number for line in found.found]


def _outcome(desk: Desk, number: int) -> Outcome:
    return comment_state.read(desk.session, desk.matter.id, [number])[0].outcome


def test_two_people_in_one_press_each(session: Session) -> None:
    desk = make_desk(session)
    file = AttachmentInput("0" * 64, "anh.pdf", "application/pdf", 9)
    desk.receive("-", "Nên thu hằng ngày.", ".", comment("-", stance=Stance.OPPOSE))
    desk.receive("-", attachments=(file,))
    assert _blank(desk) == [1, 3]
    done = service.propose(session, desk.matter, [1, 2, 3], desk.officer, NOW)
    assert (done.numbers, done.left) == ([1, 3], {"says_something": [2]})
    assert _blank(desk) == [] and _outcome(desk, 1) is Outcome.AWAITING
    own = service.confirm(session, desk.matter, [1], desk.officer, NOW)
    assert (own.numbers, own.left) == ([], {"second_person_needed": [1]})
    both = service.confirm(session, desk.matter, [1, 2, 3], desk.second_officer, NOW)
    assert (both.numbers, both.left) == ([1, 3], {"already_decided": [2]})
    assert [_outcome(desk, number) for number in (1, 2, 3)] == [Outcome.INVALID, Outcome.AWAITING, Outcome.INVALID]


def test_what_says_something_is_not_proposed(session: Session) -> None:
    desk = make_desk(session)
    desk.receive("Nên thu hằng ngày.")
    with pytest.raises(NoneTaken, match="says_something"):
        service.propose(session, desk.matter, [1], desk.officer, NOW)


def test_from_page_to_page(desk: Desk, enter: Enter) -> None:
    desk.receive("-", ".")
    address = f"/xu-ly/{desk.matter.slug}/de-trong/"
    sent = enter("officer").get(address).submit({}, "Đề xuất ghi nhận là không hợp lệ")
    assert "2 đề xuất của bạn đang chờ người khác xác nhận." in sent.text
    done = enter("second_officer").get(address).submit({}, "Xác nhận các đề xuất đã chọn")
    assert "Không có ý kiến nào để trống" in done.text
