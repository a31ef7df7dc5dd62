"""A table that was taken out as a workbook and saved by LibreOffice Calc in its own format."""

from typing import Any

from consult.responses.answer_tables.words import PROPERTY
from tests.files.spreadsheets.open_documents import as_ods, cell, ods, row, sheet
from tests.pages import Page
from tests.responses.answer_tables.made import EXCEL, brought, changed_sheet, taken_out
from tests.responses.answer_tables.test_excel import ANSWER, RESULT
from tests.responses.answer_tables.test_word import ADDRESS, CARS, DAILY, SAVE, answers, said_of
from tests.responses.conftest import Enter
from tests.responses.desk_builder import Desk


def back(desk: Desk, enter: Enter, edit: Any, which: str = "none") -> Page:
    """What the site says of a table that was taken out, changed, and saved as ODS."""
    browser, slug = enter("officer"), desk.matter.slug
    data = as_ods(changed_sheet(taken_out(browser, slug, EXCEL, which), edit), PROPERTY)
    page: Page = brought(browser, slug, data, "bang.ods")
    return page


def test_what_was_filled_in_becomes_answers(desk: Desk, enter: Enter) -> None:
    desk.receive(DAILY, CARS)

    def fill(sheet: Any) -> None:
        sheet.cell(2, RESULT).value = "Không tiếp thu"
        sheet.cell(2, ANSWER).value = "Kinh phí của xã chưa đủ để thu gom hằng ngày."

    page = back(desk, enter, fill)
    assert "1 câu trả lời mới" in page.text and "1 dòng chưa soạn" in page.text
    page.submit(button=SAVE)
    assert said_of(answers(desk, enter), "hằng ngày") == ADDRESS


def test_merged_cells_are_one_answer(desk: Desk, enter: Enter) -> None:
    desk.receive(DAILY, CARS)

    def merge(sheet: Any) -> None:
        sheet.cell(2, ANSWER).value = "Không tiếp thu. Kinh phí của xã chưa đủ cho cả hai việc."
        sheet.merge_cells(start_row=2, end_row=3, start_column=ANSWER, end_column=ANSWER)

    assert "Các ý kiến số 1, 2" in back(desk, enter, merge).text


def test_it_misses_the_row_that_was_deleted(desk: Desk, enter: Enter) -> None:
    desk.receive(DAILY, CARS)

    def delete(sheet: Any) -> None:
        sheet.cell(2, ANSWER).value = ADDRESS
        sheet.delete_rows(3)

    page = back(desk, enter, delete)
    assert "1 câu trả lời mới" in page.text and "Ý kiến số 2: giữ nguyên" in page.text


def test_a_hostile_one_is_refused_with_a_sentence(desk: Desk, enter: Enter) -> None:
    desk.receive(DAILY)
    page = brought(enter("officer"), desk.matter.slug, ods(sheet(row(cell("YK1-1-a"), times=1_000_000))), "bang.ods")
    assert page.status == 422 and "quá nhiều dòng" in page.text


def test_one_without_codes_is_no_table_of_answers(desk: Desk, enter: Enter) -> None:
    desk.receive(DAILY)
    page = brought(enter("officer"), desk.matter.slug, ods(sheet(row(cell("a"), cell("b")))), "bang.ods")
    assert page.status == 422 and "Xem các chỗ khác" in page.text
