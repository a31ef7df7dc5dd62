"""The desk's pages of groups: from the list to the answer, in few clicks, with no distinct opinion touched."""

import pytest
from sqlalchemy import select

from consult.responses.models import ResponseTarget
from consult.similar.models import GroupAct
from consult.submissions.models import Comment
from consult.text import in_ascii
from tests.pages import Browser, Page
from tests.responses.conftest import Enter
from tests.responses.desk_builder import Desk
from tests.similar.campaign import ADDED, ALONE, NEAR, OTHER_PLACE, REFUSED, SAMPLE, SIGNED, followed


@pytest.fixture
def campaign(desk: Desk) -> Desk:
    for text in (SAMPLE, SIGNED, SAMPLE, NEAR, ADDED, OTHER_PLACE, REFUSED, ALONE):
        desk.receive(text)
    followed(desk)
    return desk


def at(desk: Desk, rest: str = "") -> str:
    return f"/xu-ly/{desk.matter.slug}/{rest}"


def answered(desk: Desk) -> list[int]:
    """The numbers of the comments that an answer was begun for."""
    desk.session.rollback()
    rows = select(Comment.number).select_from(ResponseTarget).join(ResponseTarget.comment).order_by(Comment.number)
    return list(desk.session.scalars(rows))


def write(page: Page, text: str = "Sẽ sửa khoản 1 Điều 2.") -> Page:
    return page.submit({"disposition": "accepted", "text": text, "change_path": "d2.k1"}, "Lưu bản trả lời")


def test_one_line_a_group(campaign: Desk, enter: Enter) -> None:
    page = enter("officer").get(at(campaign, "nhom/"))
    assert "3 y nguyên · 1 gần giống · 1 có thêm câu · 1 khác số điều" in page.text
    assert "6 chưa soạn trả lời" in page.text
    assert "Nhóm 2" not in page.text


def test_a_group_is_one_sample_and_the_words_that_differ(campaign: Desk, enter: Enter) -> None:
    page = enter("officer").get(at(campaign, "nhom/1/"))
    assert page.text.count("Đề nghị Ủy ban nhân dân xã hỗ trợ thùng đựng rác") == 1
    assert "xe rác chưa bao giờ vào tới nơi" in page.text
    assert "12a" in page.text


def test_what_nobody_looked_at_is_not_answered(campaign: Desk, enter: Enter) -> None:
    page = enter("officer").get(at(campaign, "nhom/1/")).submit({}, "Soạn trả lời cho nhóm")
    assert "Câu trả lời dành cho 3 ý kiến" in page.text
    assert "3 ý kiến trong nhóm không được trả lời chung" in page.text
    write(page)
    assert answered(campaign) == [1, 2, 3]


class Counting:
    """A browser of which it is counted what a hand does: presses, boxes and fields; and the pages that come."""

    def __init__(self, browser: Browser) -> None:
        self.browser, self.clicks, self.loads = browser, 0, 0

    def begin(self, address: str) -> Page:
        """The page where one is; it costs its load."""
        self.loads += 1
        return self.browser.get(address)

    def press(self, page: Page, words: str) -> Page:
        """A link."""
        self.clicks, self.loads = self.clicks + 1, self.loads + 1
        return page.click(words)

    def send(self, page: Page, fields: dict[str, list[str] | str], button: str) -> Page:
        """A form: each box and field is one, and the button."""
        hands = sum(len(value) if isinstance(value, list) else 1 for value in fields.values())
        self.clicks, self.loads = self.clicks + hands + 1, self.loads + 1
        return page.submit(dict(fields), button)


def test_the_largest_campaign_is_answered_in_few_clicks_and_loads(campaign: Desk, enter: Enter) -> None:
    hand = Counting(enter("officer"))
    page = hand.press(hand.begin(at(campaign)), "Nhóm giống nhau")
    page = hand.press(page, "Nhóm 1")
    page = hand.send(page, {"bundle": ["near", "added", "other_place"]}, "Soạn trả lời cho nhóm")
    done = hand.send(
        page, {"disposition": "clarified", "text": "Xe của xã chỉ chạy được hai buổi mỗi tuần."}, "Lưu bản trả lời"
    )
    assert "Đã lưu" in done.text
    assert (hand.clicks, hand.loads) == (9, 5)
    assert answered(campaign) == [1, 2, 3, 4, 5, 6]
    looked = campaign.session.scalars(select(GroupAct)).one()
    assert (looked.kind.value, len(looked.details["said"])) == ("looked", 3)


def test_the_same_words_typed_otherwise_are_said_to_be(campaign: Desk, enter: Enter) -> None:
    campaign.receive(in_ascii(SAMPLE))
    followed(campaign)
    page = enter("officer").get(at(campaign, "nhom/1/"))
    assert "Cùng lời với ý kiến mẫu, khác cách gõ dấu hoặc viết tắt." in page.text
    assert "thung dung rac" not in page.text


def test_a_part_of_the_differences_can_be_taken(campaign: Desk, enter: Enter) -> None:
    page = enter("officer").get(at(campaign, "nhom/1/"))
    write(page.submit({"bundle": ["near"]}, "Soạn trả lời cho nhóm"))
    assert answered(campaign) == [1, 2, 3, 4]


def test_more_are_added_to_a_draft_and_who_comes_later_waits(campaign: Desk, enter: Enter) -> None:
    officer = enter("officer")
    write(officer.get(at(campaign, "nhom/1/")).submit({}, "Soạn trả lời cho nhóm"))
    campaign.receive(SAMPLE)
    followed(campaign)
    page = officer.get(at(campaign, "nhom/1/")).submit({"bundle": ["added"]}, "Soạn trả lời cho nhóm")
    assert "Câu trả lời dành cho 5 ý kiến" in page.text
    assert "Sẽ sửa khoản 1 Điều 2." in page.text
    write(page, "Sẽ sửa Điều 2 như nhóm đề nghị.")
    assert answered(campaign) == [1, 2, 3, 5, 9]


def test_a_copy_that_came_while_the_answer_was_written_is_not_in_it(campaign: Desk, enter: Enter) -> None:
    page = enter("officer").get(at(campaign, "nhom/1/tra-loi/"))
    campaign.receive(SAMPLE)
    followed(campaign)
    assert "Đã lưu" in write(page).text
    assert answered(campaign) == [1, 2, 3]


def test_nobody_puts_another_number_into_the_form(campaign: Desk, enter: Enter) -> None:
    page = enter("officer").get(at(campaign, "nhom/1/tra-loi/"))
    page.form("Lưu bản trả lời")
    wrong = page.submit({"covers": "1-3 7", "disposition": "accepted"}, "Lưu bản trả lời")
    assert wrong.status == 409
    assert answered(campaign) == []


def test_after_publication_the_next_copies_get_the_same_words(campaign: Desk, enter: Enter) -> None:
    campaign.answer(1, 2, 3, text="Đã sửa khoản 3 Điều 12.")
    campaign.receive(SAMPLE)
    followed(campaign)
    page = enter("officer").get(at(campaign, "nhom/1/tra-loi/"))
    assert "Câu trả lời dành cho 1 ý kiến" in page.text
    assert "Đã sửa khoản 3 Điều 12." in page.text
    write(page)
    assert answered(campaign) == [1, 2, 3, 9]


def test_decisions_are_made_and_told(campaign: Desk, enter: Enter) -> None:
    officer = enter("officer")
    page = officer.get(at(campaign, "nhom/1/")).submit({}, "Xác nhận đây là một nhóm")
    assert "Đã xác nhận nhóm." in page.text
    wrong = page.submit({"bundle": ["added"]}, "Tách các ý kiến đã chọn thành nhóm riêng")
    assert wrong.status == 422
    done = wrong.submit({"Lý do": "Nói về đường vào thôn."}, "Tách các ý kiến đã chọn thành nhóm riêng")
    assert "Lý do: Nói về đường vào thôn." in done.text
    wanted = {"Lý do": "Cùng một ý.", "Chuyển ý kiến số": "8", "Sang nhóm số": "1"}
    moved = officer.get(at(campaign, "nhom/1/")).submit(wanted, "Chuyển ý kiến")
    assert "Đã chuyển ý kiến." in moved.text


def test_two_on_one_group_do_not_overlook_what_came_since(campaign: Desk, enter: Enter) -> None:
    page = enter("officer").get(at(campaign, "nhom/1/"))
    campaign.receive(ADDED.replace("cuối thôn", "đầu làng, gần suối"))
    followed(campaign)
    assert page.submit({"bundle": ["added"]}, "Soạn trả lời cho nhóm").status == 409


def test_who_may_not_answer_sees_no_box(campaign: Desk, enter: Enter) -> None:
    page = enter("publisher").get(at(campaign, "nhom/1/"))
    assert page.status == 200
    assert "Soạn trả lời cho nhóm" not in page.text


def test_the_approval_sheet_has_one_row_for_a_group(campaign: Desk, enter: Enter) -> None:
    page = enter("officer").get(at(campaign, "nhom/1/"))
    write(page.submit({"bundle": ["near", "added", "other_place"]}, "Soạn trả lời cho nhóm"))
    sheet = enter("leader").get(at(campaign, "phe-duyet/"))
    assert sheet.text.count("hỗ trợ thùng đựng rác") == 1
    assert "3 y nguyên · 1 gần giống · 1 có thêm câu · 1 khác số điều" in sheet.text
    done = sheet.submit({"Chọn trả lời số 1": True}, "Phê duyệt các trả lời đã chọn")
    assert "Không có câu trả lời nào chờ phê duyệt." in done.text


@pytest.mark.parametrize(("number", "into"), [("", ""), ("mười", ""), ("9999", ""), ("1", "9999"), ("1", "hai")])
def test_a_number_that_is_not_there_is_told_and_the_reason_kept(
    campaign: Desk, enter: Enter, number: str, into: str
) -> None:
    page = enter("officer").get(at(campaign, "nhom/1/"))
    wrong = page.submit({"number": number, "to": into, "reason": "Nói về việc khác."}, "Chuyển ý kiến")
    assert wrong.status == 422 and wrong.errors()
    assert wrong.words("//textarea[@name = 'reason']") == ["Nói về việc khác."]
