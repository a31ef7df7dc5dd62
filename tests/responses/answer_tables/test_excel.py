"""A table that was taken out as a spreadsheet, and one that was pasted."""

import io
from typing import Any

import openpyxl

from tests.files.spreadsheets.writers import calc
from tests.pages import Page
from tests.responses.answer_tables.made import EXCEL, brought, changed_sheet, taken_out
from tests.responses.answer_tables.test_word import ADDRESS, CARS, DAILY, SAVE, answers, said_of
from tests.responses.conftest import Enter
from tests.responses.desk_builder import Desk

RESULT, ANSWER = 5, 6


def back(desk: Desk, enter: Enter, edit: Any, which: str = "none") -> Page:
    """What the site says of a workbook that was taken out and changed."""
    browser, slug = enter("officer"), desk.matter.slug
    page: Page = brought(browser, slug, changed_sheet(taken_out(browser, slug, EXCEL, which), edit), "bang.xlsx")
    return page


def test_the_result_is_chosen_in_a_column(desk: Desk, enter: Enter) -> None:
    desk.receive(DAILY)
    sheet = openpyxl.load_workbook(io.BytesIO(taken_out(enter("officer"), desk.matter.slug, EXCEL))).worksheets[0]
    assert [cell.value for cell in sheet[1]][RESULT - 1] == "Kết quả" and sheet.data_validations.dataValidation

    def fill(sheet: Any) -> None:
        sheet.cell(2, RESULT).value = "Không tiếp thu"
        sheet.cell(2, ANSWER).value = "Kinh phí của xã chưa đủ để thu gom hằng ngày."

    back(desk, enter, fill).submit(button=SAVE)
    assert said_of(answers(desk, enter), "hằng ngày") == ADDRESS


def test_a_formula_is_no_formula(desk: Desk, enter: Enter) -> None:
    desk.receive("=1+1 là sai, @SUM cũng vậy.")
    sheet = openpyxl.load_workbook(io.BytesIO(taken_out(enter("officer"), desk.matter.slug, EXCEL))).worksheets[0]
    assert {cell.data_type for cell in sheet[2] if cell.value} == {"s"}


def test_rows_are_sorted_and_columns_added(desk: Desk, enter: Enter) -> None:
    desk.receive(DAILY, CARS)

    def sort(sheet: Any) -> None:
        sheet.insert_cols(1)
        sheet.cell(1, 1).value = "STT"
        for row in (2, 3):
            sheet.cell(row, 1).value = row
        first, second = ([cell.value for cell in sheet[row]] for row in (2, 3))
        for at, (one, two) in enumerate(zip(first, second, strict=True), start=1):
            sheet.cell(2, at).value, sheet.cell(3, at).value = two, one
        sheet.cell(3, ANSWER + 1).value = ADDRESS

    page = back(desk, enter, sort)
    assert "1 câu trả lời mới" in page.text
    page.submit(button=SAVE)
    assert said_of(answers(desk, enter), "hằng ngày") == ADDRESS and said_of(answers(desk, enter), "số xe") == ""


def test_merged_cells_are_one_answer(desk: Desk, enter: Enter) -> None:
    desk.receive(DAILY, CARS)

    def merge(sheet: Any) -> None:
        sheet.cell(2, ANSWER).value = "Không tiếp thu. Kinh phí của xã chưa đủ cho cả hai việc."
        sheet.merge_cells(start_row=2, end_row=3, start_column=ANSWER, end_column=ANSWER)

    assert "Các ý kiến số 1, 2" in back(desk, enter, merge).text


def test_a_workbook_as_calc_writes_it(desk: Desk, enter: Enter) -> None:
    desk.receive(DAILY)
    (code,) = codes(desk, enter)
    said = [
        "Mã",
        "Nội dung tiếp thu, giải trình",
        code,
        "Không tiếp thu.\nKinh phí của xã chưa đủ để thu gom hằng ngày.",
    ]
    rows = ["".join(f'<c r="{at}" t="s"><v>{n}</v></c>' for at, n in line) for line in
            ([("A1", 0), ("B1", 1)], [("A2", 2), ("B2", 3)])]  # fmt: skip
    data = calc(rows, [f'<t xml:space="preserve">{one}</t>' for one in said])
    brought(enter("officer"), desk.matter.slug, data, "bang.xlsx").submit(button=SAVE)
    assert said_of(answers(desk, enter), "hằng ngày") == ADDRESS


def test_what_nobody_touched_does_nothing(desk: Desk, enter: Enter) -> None:
    (number,) = desk.receive(DAILY)
    desk.draft(number, text="Bổ sung xe.\n\n- Xe ép rác\n- Xe điện", change="Khoản 1 sửa thành …", change_path="d2.k1")
    assert "1 dòng giống bản đang có" in back(desk, enter, lambda sheet: None, "all").text


def test_an_answer_that_was_emptied_stays(desk: Desk, enter: Enter) -> None:
    (number,) = desk.receive(DAILY)
    desk.draft(number, text="Bổ sung xe.")

    def empty(sheet: Any) -> None:
        sheet.cell(2, RESULT).value = sheet.cell(2, ANSWER).value = None

    assert "bản đang có giữ nguyên" in back(desk, enter, empty, "all").text
    assert "Bổ sung xe." in said_of(answers(desk, enter), "hằng ngày")


def pasted(desk: Desk, enter: Enter, text: str) -> Page:
    page = enter("officer").get(f"/xu-ly/{desk.matter.slug}/bang-tra-loi/")
    return page.submit({"Bảng dán vào": text}, form="Bảng dán vào", button="Xem các chỗ khác")


def codes(desk: Desk, enter: Enter) -> list[str]:
    sheet = openpyxl.load_workbook(
        io.BytesIO(taken_out(enter("officer"), desk.matter.slug, EXCEL))
    ).worksheets[0]  # fmt: skip
    return [str(row[0].value) for row in sheet.iter_rows(min_row=2)]


def test_rows_are_pasted_from_word_with_paragraphs_in_their_cells(desk: Desk, enter: Enter) -> None:
    desk.receive(DAILY, CARS)
    first, second = codes(desk, enter)
    text = f"{first}\tĐiều 2\tÔng A\tNên thu\nhằng ngày\tKhông tiếp thu.\nKinh phí của xã chưa đủ.\n{second}\t\t\tb\t\n"
    page = pasted(desk, enter, text)
    assert "1 câu trả lời mới" in page.text and "1 dòng chưa soạn" in page.text
    page.submit(button=SAVE)
    assert said_of(answers(desk, enter), "hằng ngày") == "Không tiếp thu.\nKinh phí của xã chưa đủ."


def test_rows_are_pasted_from_excel_with_their_head(desk: Desk, enter: Enter) -> None:
    desk.receive(DAILY)
    (code,) = codes(desk, enter)
    head = "Mã\tNội dung góp ý\tKết quả\tNội dung tiếp thu, giải trình\tGhi chú"
    answer = '"Kinh phí của xã\nchưa đủ cho ""thu hằng ngày""."'
    page = pasted(desk, enter, f"{head}\n{code}\tNên thu\tKhông tiếp thu\t{answer}\tđã hỏi xã")
    page.submit(button=SAVE)
    said = said_of(answers(desk, enter), "hằng ngày")
    assert said == 'Không tiếp thu.\nKinh phí của xã\nchưa đủ cho "thu hằng ngày".'


def test_what_is_no_such_table_is_told(desk: Desk, enter: Enter) -> None:
    page = pasted(desk, enter, "Kính gửi Sở,\nxã không có ý kiến.")
    assert "Không thấy bảng trả lời" in page.text and "xã không có ý kiến" in page.html
    browser, slug = enter("officer"), desk.matter.slug
    assert "Không thấy bảng trả lời" in brought(browser, slug, b"a;b\n1;2\n", "bang.csv").text
    assert brought(browser, slug, b"PK\x03\x04 khong phai", "bang.docx").errors()
