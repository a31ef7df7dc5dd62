"""The report and the notice of results: their numbers are those of the data, in the layout of the decree."""

import pytest

from consult.official_papers.layout import pdf, word
from consult.submissions.inputs import Sender
from tests.builders import make_area
from tests.pages import Browser
from tests.responses.conftest import Enter
from tests.responses.desk_builder import Desk, comment
from tests.responses.ending.scene import answered, ended
from tests.workspace.papers.test_papers import lines_of


def report(desk: Desk, enter: Enter) -> str:
    """The words of the Word file."""
    return "\n".join(lines_of(enter("officer").get(f"/xu-ly/{desk.matter.slug}/ho-so/bao-cao-tong-hop.docx").body))


def test_its_numbers_are_those_of_the_matter(desk: Desk, enter: Enter) -> None:
    ended(desk)
    said = report(desk, enter)
    for words in (
        "đã nhận 1 văn bản phản biện xã hội", "Cộng các số này bằng tổng số", "- Không tiếp thu: 1 ý kiến",
        "Nội dung không tiếp thu: khoản 1 Điều 2 (1 ý kiến).", "ý kiến trả lời sau hạn", "Kính gửi: ",
    ):  # fmt: skip
        assert words in said, words
    assert "chưa phải là kết quả cuối cùng" not in said


def test_before_the_conclusion_it_says_that_it_is_not_final(desk: Desk, enter: Enter) -> None:
    answered(desk)
    assert "Số liệu chưa phải là kết quả cuối cùng" in report(desk, enter)


@pytest.mark.parametrize("name", ["/xu-ly/{}/ho-so/bao-cao-tong-hop", "/lay-y-kien/{}/niem-yet/ket-qua"])
def test_both_are_in_the_layout_of_the_decree(desk: Desk, enter: Enter, name: str) -> None:
    ended(desk)
    address = name.format(desk.matter.slug)
    browser = enter("officer")
    for ending, check in (("docx", word.check), ("pdf", pdf.check)):
        given = browser.get(f"{address}.{ending}")
        assert [one for one in check(given.body) if one["state"] not in ("good", "unknown")] == [], ending


def test_the_notice_has_five_lines(desk: Desk, browser: Browser) -> None:
    ended(desk)
    board = browser.get(f"/lay-y-kien/{desk.matter.slug}/niem-yet/")
    assert "Thông báo kết quả" in board.text
    lines = lines_of(browser.get(f"/lay-y-kien/{desk.matter.slug}/niem-yet/ket-qua.docx").body)
    numbered = [line for line in lines if line[:2] in {"1.", "2.", "3.", "4.", "5."}]
    assert len(numbered) == 5
    assert "không tiếp thu: 1" in numbered[2] and "dự thảo đã được sửa ở: " in numbered[3]


def test_of_a_commune_where_five_wrote_it_tells_how_many(desk: Desk, browser: Browser) -> None:
    area = make_area(desk.session, "Xã Phủ Thông", code="02014")
    numbers = [desk.receive(comment(f"Ý {one}."), sender=Sender("A", False, area.id))[0] for one in range(6)]
    others = [desk.receive(comment(f"Khác {one}."), sender=Sender("B"))[0] for one in range(6)]
    desk.answer(*numbers, *others)
    desk.release(*numbers, *others)
    ended(desk)
    address = f"/lay-y-kien/{desk.matter.slug}/niem-yet/ket-qua/{area.code}/{area.valid_from}.docx"
    assert "Riêng xã Phủ Thông có 6 người góp ý." in "\n".join(lines_of(browser.get(address).body))
    assert "Xã Phủ Thông (PDF)" in browser.get(f"/lay-y-kien/{desk.matter.slug}/niem-yet/").text


def test_before_the_conclusion_there_is_no_notice(desk: Desk, browser: Browser) -> None:
    answered(desk)
    browser.get(f"/lay-y-kien/{desk.matter.slug}/niem-yet/ket-qua.pdf", status=404)
    assert "Thông báo kết quả" not in browser.get(f"/lay-y-kien/{desk.matter.slug}/niem-yet/").text
