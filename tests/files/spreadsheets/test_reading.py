"""Cells are read as they are shown; what cannot be said names its cell; what is too much is refused."""

import io
import re
import unicodedata
import zipfile
from datetime import date, datetime

import pytest

from consult.errors import Invalid
from consult.files.spreadsheets import sheets, tables, template, upload
from consult.files.spreadsheets.tables import Column
from tests.files.spreadsheets.made import workbook

COLUMNS = [Column("name", ("Tên tổ chức", "Tên"), True), Column("day", ("Ngày thành lập",)), Column("mail", ("Thư",))]
HEAD = ["Tên tổ chức", "Ngày thành lập", "Thư"]


def refused(data: bytes) -> str:
    """The code with which a file is not taken."""
    with pytest.raises(Invalid) as raised:
        upload.sheets(data)
    return raised.value.errors["file"]


def test_cells_are_text_as_people_write_it() -> None:
    row = ["Hội", datetime(2025, 7, 1), date(2026, 2, 3), 12, 3.0, 2.5, True, datetime(2026, 1, 2, 8, 5)]
    (sheet,) = upload.sheets(workbook(("Một", [row])))
    said = ["Hội", "01/07/2025", "03/02/2026", "12", "3", "2.5", "true", "02/01/2026 08:05"]
    assert sheet.lines == [sheets.Line(1, said)]


def test_what_is_decomposed_comes_out_composed() -> None:
    (sheet,) = upload.sheets(workbook(("Một", [[unicodedata.normalize("NFD", "Hội Nông dân xã Chợ Đồn")]])))
    assert sheet.lines[0].cells == ["Hội Nông dân xã Chợ Đồn"]


def test_a_formula_without_what_it_came_to_is_a_problem_of_its_cell() -> None:
    found = tables.table(upload.sheets(workbook(("Một", [HEAD, ['=A1&" x"', "", "a@b.vn"], ["#REF!"]]))), COLUMNS)
    first, second = found.records
    assert first.problems == {"name": sheets.WITHOUT_RESULT} and found.cell(first, "name") == "A2"
    assert second.problems == {"name": sheets.BROKEN}


def test_of_a_formula_what_it_came_to_is_read() -> None:
    made = workbook(("Một", [HEAD, ["=6*7"]]))
    with zipfile.ZipFile(io.BytesIO(made)) as book:
        parts = {name: book.read(name) for name in book.namelist()}
    sheet = "xl/worksheets/sheet1.xml"
    assert b"<v />" in parts[sheet] or b"<v></v>" in parts[sheet]
    parts[sheet] = re.sub(rb"<v ?/>|<v></v>", b"<v>42</v>", parts[sheet])
    written = io.BytesIO()
    with zipfile.ZipFile(written, "w") as book:
        for name, content in parts.items():
            book.writestr(name, content)
    (record,) = tables.table(upload.sheets(written.getvalue()), COLUMNS).records
    assert record.values["name"] == "42" and not record.problems


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
@pytest.mark.parametrize("separator", [",", ";", "\t"])
def test_a_csv_is_read_as_the_programs_of_people_write_it(encoding: str, separator: str) -> None:
    rows = [HEAD, ['"Hội ""Phụ nữ""\nxã"', "1/7/2025", ""], [], ["Đoàn", "", "x@y.vn"]]
    text = "\r\n".join(map(separator.join, rows))
    found = tables.table(upload.sheets(text.encode(encoding)), COLUMNS)
    assert [(one.number, one.values["name"]) for one in found.records] == [(2, 'Hội "Phụ nữ"\nxã'), (4, "Đoàn")]


def test_what_is_no_spreadsheet_is_refused_with_its_reason() -> None:
    written = io.BytesIO()
    with zipfile.ZipFile(written, "w") as book:
        book.writestr("word/document.xml", "<a/>")
    assert refused(b"") == "empty_file"
    assert refused(b"\xd0\xcf\x11\xe0" + bytes(600)) == "old_spreadsheet"
    assert refused(written.getvalue()) == "not_a_spreadsheet"
    assert refused(b"PK\x03\x04" + bytes(60)) == "damaged_file"
    assert refused("Tên;Hội".encode("cp1258", "replace") + b"\xf4\xf2") == "csv_encoding"
    assert refused(b"%PDF-1.4\0\0") == "not_a_spreadsheet"
    assert refused(workbook(("Một", []))) == "empty_spreadsheet"
    assert refused(workbook(("Một", [["x"] * (sheets.MOST_COLUMNS + 1)]))) == "too_many_columns"
    assert refused(b"x" * (upload.LARGEST + 1)) == "spreadsheet_too_large"


def test_too_many_rows_are_refused_and_not_cut_off() -> None:
    assert refused(b"a,b\n" * (sheets.MOST_ROWS + 1)) == "too_many_rows"


def test_a_package_that_unpacks_without_end_is_refused() -> None:
    written = io.BytesIO()
    with zipfile.ZipFile(written, "w", zipfile.ZIP_DEFLATED) as book:
        book.writestr("xl/workbook.xml", "<a/>")
        book.writestr("xl/worksheets/sheet1.xml", bytes(sheets.LARGEST_UNPACKED))
    assert refused(written.getvalue()) == "too_large_inside"


def test_a_table_is_found_below_its_title_in_another_sheet_with_merged_and_renamed_heads() -> None:
    rows = [
        ["DANH SÁCH TỔ CHỨC"], [], ["STT", "Tên", "Liên hệ", None, "Ghi chú"],
        [None, None, "Số máy", "THƯ (email)", None],
        [1, "Hội A", "02093", "a@b.vn", "x"], ["STT", "Tên", "Liên hệ", None, "Ghi chú"], [None, "", " ", None, None],
        [2, "Hội B"],
    ]  # fmt: skip
    found = tables.table(
        upload.sheets(
            workbook(("Bìa", [["Kính gửi"]]), ("Biểu", rows), change=lambda sheet: sheet.merge_cells("A1:C1"))
        ),
        COLUMNS,
    )
    assert (found.sheet, found.places, found.missing) == ("Biểu", {"name": 1, "mail": 3}, ())
    assert found.others == {0: "STT", 2: "Số máy", 4: "Ghi chú"}
    assert found.records[0].values == {"name": "Hội A", "mail": "a@b.vn"} and found.records[0].number == 5
    assert found.records[-1].values == {"name": "Hội B", "mail": ""}


def test_a_column_that_nobody_knows_is_asked_for_and_named() -> None:
    sheets = upload.sheets(workbook(("Một", [["Hội đoàn", "Ngày thành lập", "Thư"], ["Hội A", "1/7/2025", ""]])))
    found = tables.table(sheets, COLUMNS)
    assert found.missing == ("name",) and found.others == {0: "Hội đoàn"}
    named = tables.table(sheets, COLUMNS, {"name": 0, "day": 9})
    assert named.missing == () and named.records[0].values["name"] == "Hội A"


def test_another_sheet_is_refused() -> None:
    with pytest.raises(Invalid) as raised:
        tables.table(upload.sheets(workbook(("Giá", [["Mặt hàng", "Giá"], ["Gạo", 5]]))), COLUMNS)
    assert raised.value.errors == {"file": "no_such_table"}


def test_a_template_comes_back_as_it_was_made_and_its_lists_are_not_rows() -> None:
    headings = [template.Heading("Tên tổ chức", needed=True), template.Heading("Thư", choices=["=1+1", "b"])]
    made = template.template("Tổ chức", headings, "Hướng dẫn", ["Mỗi dòng một tổ chức"], [["=Hội", "0209"]])
    sheets = upload.sheets(made)
    assert [sheet.name for sheet in sheets] == ["Tổ chức", "Hướng dẫn"]
    found = tables.table(sheets, COLUMNS)
    assert [dict(one.values) for one in found.records] == [{"name": "=Hội", "mail": "0209"}]
    assert found.records[0].problems == {}


def test_columns_have_the_letters_of_the_program() -> None:
    assert [tables.letters(index) for index in (0, 25, 26, 51, 52, 701, 702)] == [
        "A",
        "Z",
        "AA",
        "AZ",
        "BA",
        "ZZ",
        "AAA",
    ]
