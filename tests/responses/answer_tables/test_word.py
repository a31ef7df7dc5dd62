"""A table that was taken out as Word, edited as an office edits, and brought back."""

import copy
from typing import Any

import pytest
from sqlalchemy import select

from consult.db import new_id
from consult.submissions.models import Comment, CommentVersion
from consult.submissions.words import CommentActKind
from tests.responses.answer_tables.made import LAST, WORD, brought, edited, filled, rows_of, taken_out, with_xml
from tests.responses.conftest import Enter
from tests.responses.desk_builder import Desk

DAILY, CARS, FEES = "Nên thu gom hằng ngày.", "Tăng số xe.", "Giảm phí."
SAVE = "Lưu các dòng đã chọn"
ADDRESS = "Không tiếp thu.\nKinh phí của xã chưa đủ để thu gom hằng ngày."


def answers(desk: Desk, enter: Enter) -> dict[str, str]:
    """What the table says of each opinion by now, as it is taken out again."""
    return {row[3]: row[LAST] for row in rows_of(taken_out(enter("officer"), desk.matter.slug, WORD, "all"))[1:]}


def said_of(found: dict[str, str], words: str) -> str:
    return next(answer for opinion, answer in found.items() if words in opinion)


def test_the_table_has_the_columns_of_the_form(desk: Desk, enter: Enter) -> None:
    desk.receive(DAILY)
    head, row = rows_of(taken_out(enter("officer"), desk.matter.slug, WORD))
    assert head[0] == "MÃ" and head[LAST] == "NỘI DUNG TIẾP THU, GIẢI TRÌNH"
    assert row[0].startswith("YK1-1-") and DAILY in row[3] and row[LAST] == ""


def test_what_was_filled_in_becomes_answers(desk: Desk, enter: Enter) -> None:
    desk.receive(DAILY, CARS, FEES)
    browser, slug = enter("officer"), desk.matter.slug
    data = filled(taken_out(browser, slug, WORD), {"hằng ngày": ADDRESS, "số xe": "Ghi nhận."})
    page = brought(browser, slug, data)
    assert "2 câu trả lời mới" in page.text and "1 dòng chưa soạn" in page.text
    assert "Đã lưu thành các bản trả lời" in page.submit(button=SAVE).text
    found = answers(desk, enter)
    assert said_of(found, "hằng ngày") == ADDRESS and said_of(found, "số xe") == "Ghi nhận."
    assert said_of(found, "phí") == ""


def test_a_leader_approves_it_like_any_other(desk: Desk, enter: Enter) -> None:
    desk.receive(DAILY)
    browser, slug = enter("officer"), desk.matter.slug
    brought(browser, slug, filled(taken_out(browser, slug, WORD), {"hằng ngày": ADDRESS})).submit(button=SAVE)
    assert "Kinh phí của xã" in enter("leader").get(f"/xu-ly/{slug}/phe-duyet/").text


def test_an_answer_that_is_changed_is_a_further_version(desk: Desk, enter: Enter) -> None:
    (number,) = desk.receive(DAILY)
    made = desk.draft(number, disposition="not_accepted", text="Kinh phí của xã chưa đủ cho việc này.")
    browser, slug = enter("officer"), desk.matter.slug
    data = filled(taken_out(browser, slug, WORD, "all"), {"hằng ngày": "Không tiếp thu.\nKinh phí của tỉnh chưa đủ."})
    page = brought(browser, slug, data)
    assert "1 câu trả lời được sửa" in page.text and page.find("//del") and page.find("//ins")
    page.submit(button=SAVE)
    desk.session.rollback()
    assert [one.text for one in made.versions][1:] == ["Kinh phí của tỉnh chưa đủ."]


def test_what_nobody_touched_does_nothing(desk: Desk, enter: Enter) -> None:
    (number,) = desk.receive(DAILY)
    desk.draft(
        number, text="Bổ sung “02 xe”.\n\n- Xe ép rác\n- Xe điện", change="Khoản 1 sửa thành …", change_path="d2.k1"
    )
    browser, slug = enter("officer"), desk.matter.slug
    page = brought(browser, slug, taken_out(browser, slug, WORD, "all"))
    assert "1 dòng giống bản đang có" in page.text and "Không có gì phải lưu" in page.text


def test_what_another_wrote_meanwhile_is_shown_and_not_chosen(desk: Desk, enter: Enter) -> None:
    (number,) = desk.receive(DAILY)
    browser, slug = enter("officer"), desk.matter.slug
    data = filled(taken_out(browser, slug, WORD), {"hằng ngày": ADDRESS})
    desk.draft(number, text="Bổ sung xe từ quý sau theo đề nghị.", actor=desk.second_officer)
    page = brought(browser, slug, data)
    assert "người khác đã sửa" in page.text and "Lê Thị Cúc" in page.text and "Bổ sung xe từ quý sau" in page.text
    assert not page.find("//input[@name='row'][@checked]")
    page.submit({"Lưu bản trong bảng thành bản mới nhất": True}, button=SAVE)
    assert said_of(answers(desk, enter), "hằng ngày") == ADDRESS


def test_what_another_wrote_stays_where_the_table_says_nothing_new(desk: Desk, enter: Enter) -> None:
    (number,) = desk.receive(DAILY)
    made = desk.draft(number, text="Tiếp thu theo đề nghị của bà con.")
    browser, slug = enter("officer"), desk.matter.slug
    data = taken_out(browser, slug, WORD, "all")
    desk.draft(number, text="Tiếp thu, bổ sung hai xe.", response_id=made.id, actor=desk.second_officer)
    assert "1 dòng giống bản đang có" in brought(browser, slug, data).text


def test_what_changed_while_the_page_was_open_is_left(desk: Desk, enter: Enter) -> None:
    first, second = desk.receive(DAILY, CARS)
    browser, slug = enter("officer"), desk.matter.slug
    page = brought(browser, slug, filled(taken_out(browser, slug, WORD), {"hằng ngày": ADDRESS, "số xe": "Ghi nhận."}))
    desk.draft(second, text="Bổ sung xe từ quý sau theo đề nghị.", actor=desk.second_officer)
    after = page.submit(button=SAVE)
    assert f"Ý kiến số {second}: câu trả lời hoặc ý kiến đã thay đổi" in after.text
    found = answers(desk, enter)
    assert said_of(found, "hằng ngày") == ADDRESS and "quý sau" in said_of(found, "số xe")


def test_a_result_that_is_not_clear_is_asked_for(desk: Desk, enter: Enter) -> None:
    (number,) = desk.receive(DAILY)
    browser, slug = enter("officer"), desk.matter.slug
    data = filled(taken_out(browser, slug, WORD), {"hằng ngày": "Đề nghị giữ như dự thảo vì kinh phí chưa đủ."})
    page = brought(browser, slug, data)
    assert page.find("//select[starts-with(@name, 'result-')]")
    assert "Chưa chọn" in page.submit(button=SAVE).text and said_of(answers(desk, enter), "hằng ngày") == ""
    after = page.submit({f"Kết quả của ý kiến số {number}": "not_accepted"}, button=SAVE)
    assert "Đã lưu" in after.text
    assert "Không tiếp thu" in said_of(answers(desk, enter), "hằng ngày")


def test_a_warning_wants_its_tick(desk: Desk, enter: Enter) -> None:
    desk.receive(DAILY)
    browser, slug = enter("officer"), desk.matter.slug
    data = filled(taken_out(browser, slug, WORD), {"hằng ngày": "Tiếp thu. Bổ sung xe để thu gom hằng ngày."})
    page = brought(browser, slug, data)
    refused = page.submit(button=SAVE)
    assert "chưa được đánh dấu là đã xem" in refused.text and answers(desk, enter)
    assert said_of(answers(desk, enter), "hằng ngày") == ""
    refused.submit({"Tôi đã xem các lưu ý trên và vẫn lưu như vậy": True}, button=SAVE)
    assert said_of(answers(desk, enter), "hằng ngày").startswith("Tiếp thu.")


def test_where_the_draft_changes_is_read_too(desk: Desk, enter: Enter) -> None:
    desk.receive(DAILY)
    browser, slug = enter("officer"), desk.matter.slug
    cell = (
        "Tiếp thu.\nBổ sung hai xe.\nNội dung sửa trong dự thảo: Hằng ngày thu gom.\nĐiều khoản đã sửa: khoản 1 Điều 2"
    )
    page = brought(browser, slug, filled(taken_out(browser, slug, WORD), {"hằng ngày": cell}))
    page.submit(button=SAVE)
    assert said_of(answers(desk, enter), "hằng ngày") == cell


def _sorted_and_deleted(table: Any) -> None:
    rows = list(table.rows)
    table._tbl.append(rows[1]._tr)
    table._tbl.remove(rows[2]._tr)


def test_rows_are_known_wherever_they_stand_and_missed_when_they_are_gone(desk: Desk, enter: Enter) -> None:
    desk.receive(DAILY, CARS, FEES)
    browser, slug = enter("officer"), desk.matter.slug
    data = filled(taken_out(browser, slug, WORD), {"hằng ngày": ADDRESS, "phí": "Ghi nhận."})
    page = brought(browser, slug, edited(data, _sorted_and_deleted))
    assert "2 câu trả lời mới" in page.text and "Ý kiến số 2: giữ nguyên như đang có" in page.text


def test_answers_in_one_merged_cell_are_one_answer(desk: Desk, enter: Enter) -> None:
    desk.receive(DAILY, CARS, FEES)
    browser, slug = enter("officer"), desk.matter.slug

    def merge(table: Any) -> None:
        cell = table.rows[1].cells[LAST].merge(table.rows[2].cells[LAST])
        cell.text = "Không tiếp thu. Kinh phí của xã chưa đủ cho cả hai việc."

    page = brought(browser, slug, edited(taken_out(browser, slug, WORD), merge))
    assert "Các ý kiến số 1, 2" in page.text
    page.submit(button=SAVE)
    rows = rows_of(taken_out(browser, slug, WORD, "all"))
    assert [row[0][:3] for row in rows[1:]] == ["TL1", "YK3"] and DAILY in rows[1][3] and CARS in rows[1][3]


def test_a_row_that_was_split_is_still_one(desk: Desk, enter: Enter) -> None:
    desk.receive(DAILY, CARS)
    browser, slug = enter("officer"), desk.matter.slug

    def split(table: Any) -> None:
        row = copy.deepcopy(table.rows[1]._tr)
        table.rows[1]._tr.addnext(row)
        for cell in table.rows[2].cells:
            cell.text = ""
        table.rows[1].cells[LAST].text = "Không tiếp thu. Kinh phí của xã chưa đủ."
        table.rows[2].cells[LAST].text = "Sang năm xã sẽ cân đối lại."

    page = brought(browser, slug, edited(taken_out(browser, slug, WORD), split))
    page.submit(button=SAVE)
    assert "cân đối lại" in said_of(answers(desk, enter), "hằng ngày")


def test_columns_are_found_by_their_names(desk: Desk, enter: Enter) -> None:
    desk.receive(DAILY)
    browser, slug = enter("officer"), desk.matter.slug

    def add(table: Any) -> None:
        table.add_column(300_000)
        table.rows[0].cells[LAST].text = "Ghi chú"
        table.rows[1].cells[LAST].text = "đã trao đổi với xã"
        table.rows[1].cells[4].text = ADDRESS

    page = brought(browser, slug, edited(taken_out(browser, slug, WORD), add))
    assert "1 câu trả lời mới" in page.text and "trao đổi với xã" not in page.text


def test_a_code_of_another_matter_is_told(desk: Desk, enter: Enter) -> None:
    desk.receive(DAILY)
    browser, slug = enter("officer"), desk.matter.slug
    data = filled(taken_out(browser, slug, WORD), {"hằng ngày": ADDRESS})

    def retype(table: Any) -> None:
        code = table.rows[1].cells[0]
        code.text = code.text[:-1] + ("A" if code.text[-1] != "A" else "B")

    page = brought(browser, slug, edited(data, retype))
    assert "mã bị sửa, hoặc mã của đợt lấy ý kiến khác" in page.text and not page.find("//input[@name='row']")


def test_two_answers_to_one_comment_are_told(desk: Desk, enter: Enter) -> None:
    desk.receive(DAILY)
    browser, slug = enter("officer"), desk.matter.slug

    def twice(table: Any) -> None:
        table.rows[1].cells[LAST].text = ADDRESS
        table._tbl.append(copy.deepcopy(table.rows[1]._tr))
        table.rows[2].cells[LAST].text = "Ghi nhận."

    page = brought(browser, slug, edited(taken_out(browser, slug, WORD), twice))
    assert page.text.count("bảng ghi hai câu trả lời khác nhau") == 2


def test_tracked_changes_are_read_as_accepted_and_told(desk: Desk, enter: Enter) -> None:
    desk.receive(DAILY)
    browser, slug = enter("officer"), desk.matter.slug
    data = filled(taken_out(browser, slug, WORD), {"hằng ngày": "Không tiếp thu. ĐƯỢCTHÊM vì chưa đủ kinh phí. ĐÃBỎ"})
    who = 'w:id="{}" w:author="Bình" w:date="2026-11-20T08:00:00Z"'

    def track(xml: str) -> str:
        before, _mark, rest = xml.partition("ĐƯỢCTHÊM")
        middle, _mark, after = rest.partition("ĐÃBỎ")
        end, start = "</w:t></w:r>", '<w:r><w:t xml:space="preserve">'
        return (
            f"{before}{end}<w:ins {who.format(901)}>{start}Xã nêu {end}</w:ins>{start}{middle}{end}"
            f"<w:del {who.format(902)}><w:r><w:delText>bỏ đi</w:delText></w:r></w:del>{start}{after}"
        )

    page = brought(browser, slug, with_xml(data, track))
    assert "Xã nêu vì chưa đủ kinh phí." in page.text and "bỏ đi" not in page.text
    assert "Track Changes" in page.text


def test_what_ended_since_is_told(desk: Desk, enter: Enter) -> None:
    (number,) = desk.receive(DAILY)
    browser, slug = enter("officer"), desk.matter.slug
    data = filled(taken_out(browser, slug, WORD), {"hằng ngày": ADDRESS})
    desk.by_two(number, CommentActKind.INVALID, "says_nothing")
    page = brought(browser, slug, data)
    assert "Dòng không lưu được" in page.text and not page.find("//input[@name='row']")


def test_what_its_sender_changed_since_is_told_and_not_chosen(desk: Desk, enter: Enter) -> None:
    (number,) = desk.receive(DAILY)
    browser, slug = enter("officer"), desk.matter.slug
    data = filled(taken_out(browser, slug, WORD), {"hằng ngày": ADDRESS})
    desk.session.rollback()
    comment = desk.session.scalars(select(Comment).where(Comment.number == number)).one()
    further = {"version": 2, "at": desk.now, "text": "Nên thu gom hai ngày một lần."}
    desk.session.add(CommentVersion(consultation_id=desk.matter.id, id=new_id(), comment_id=comment.id, **further))
    desk.session.commit()
    page = brought(browser, slug, data)
    assert "ý kiến đã được sửa sau khi tải bảng" in page.text and "hai ngày một lần" in page.text
    assert not page.find("//input[@name='row'][@checked]")


@pytest.mark.parametrize("who", ["publisher"])
def test_only_who_answers_takes_it_out(desk: Desk, enter: Enter, who: str) -> None:
    for address in ("", "bang.docx", "bang.xlsx"):
        enter(who).get(f"/xu-ly/{desk.matter.slug}/bang-tra-loi/{address}", status=None)
        assert enter(who).client.get(f"/xu-ly/{desk.matter.slug}/bang-tra-loi/{address}").status_code in (403, 404)


def test_a_table_is_for_who_brought_it(desk: Desk, enter: Enter) -> None:
    desk.receive(DAILY)
    browser, slug = enter("officer"), desk.matter.slug
    page = brought(browser, slug, filled(taken_out(browser, slug, WORD), {"hằng ngày": ADDRESS}))
    assert enter("second_officer").client.get(page.address).status_code == 404


def test_a_long_table_is_saved_in_one_press(desk: Desk, enter: Enter) -> None:
    desk.receive(*(f"Việc số {number}: thu gom hằng ngày." for number in range(30)))
    browser, slug = enter("officer"), desk.matter.slug

    def fill(table: Any) -> None:
        for row in table.rows[1:]:
            row.cells[LAST].text = f"Tiếp thu. Bổ sung xe theo đề nghị ở {row.cells[0].text}."

    page = brought(browser, slug, edited(taken_out(browser, slug, WORD), fill))
    assert "Lưu một lần 30 dòng" in page.text and "Trang 1 trên 2" in page.text
    refused = page.submit({}, "Lưu cả bảng")
    assert refused.status == 409 and "chưa được đánh dấu là đã xem" in refused.text
    saved = refused.submit({"Tôi đã xem các lưu ý của cả bảng và vẫn lưu như vậy": True}, "Lưu cả bảng")
    assert "Đã lưu 30 bản trả lời từ bảng này" in saved.text


def test_a_long_table_that_changed_meanwhile_is_looked_at_again(desk: Desk, enter: Enter) -> None:
    numbers = desk.receive(*(f"Việc số {number}: thu gom hằng ngày." for number in range(30)))
    browser, slug = enter("officer"), desk.matter.slug

    def fill(table: Any) -> None:
        for row in table.rows[1:]:
            row.cells[LAST].text = f"Không tiếp thu. Chưa đủ kinh phí cho đề nghị {row.cells[0].text}."

    page = brought(browser, slug, edited(taken_out(browser, slug, WORD), fill))
    desk.draft(numbers[3], text="Bổ sung xe từ quý sau theo đề nghị.", actor=desk.second_officer)
    refused = page.submit({}, "Lưu cả bảng")
    assert refused.status == 409 and "chưa lưu dòng nào" in refused.text and "Lưu một lần 29 dòng" in refused.text
