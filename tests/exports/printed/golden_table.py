"""One table with everything in it that a table may hold, and what each of its files says, as text: `python -m
tests.exports.printed.golden_table` writes the golden files anew, which are then looked at."""

import csv
import json
from collections.abc import Callable, Iterable, Iterator
from datetime import date
from io import BytesIO, StringIO
from pathlib import Path
from typing import Any

import openpyxl
import pypdfium2
from docx import Document
from docx.oxml.ns import qn

from consult.exports.lines import TableHead, TableLine
from consult.exports.official_language import official
from consult.exports.open_data import files
from consult.exports.plain import table_csv, table_json
from consult.exports.printed import data_files, table_pdf, workbook
from consult.exports.word import document as docx
from tests.exports.made import head, line

GOLDEN = Path(__file__).parent / "golden"
LONG = " ".join(f"Điểm thứ {number}: cần nói rõ hơn." for number in range(1, 115))
"""More than three thousand letters."""
COPIED = 30
"""More people in the same words than cells are merged."""
FORMS = {"mau_10": "mau-10", "eia_chapter_6": "chuong-6"}


def lines(form: str) -> list[TableLine]:
    """The lines, in the order of print."""
    if form != "mau_10":
        return [
            line(1, "w", block="web", organisation="", sender="Nông Văn Dền", area="Xã Phủ Thông"),
            line(2, "w", block="web", organisation="", area="Xã Phủ Thông", response=1),
            line(3, "m", block="meeting", organisation="", visibility="withheld", visibility_reason="personal_data"),
        ]
    return [
        line(1, "general", place="Ý kiến chung", path="", organisation="", sender='=HYPERLINK("http://x.vn";"xem")'),
        line(2, "general", place="Ý kiến chung", path="", text=LONG, response=1, stance="support_with_changes"),
        line(3, subject="Phạm vi điều chỉnh", text="-Bỏ điểm c.", quote="điểm c", proposed="@giữ", reason="+1 hộ"),
        line(4, stance="oppose", disposition="not_accepted", answer="Không sửa.\nLuật đã định.", change=""),
        *(
            line(number, "d2", place="khoản 2 Điều 2", organisation="", area="Xã Phủ Thông", copy="ba", response=9,
                 text="Như nhau.", sender="Hoàng Thị Mai" if number == 6 else "", joiners=int(number == 7))
            for number in range(5, 5 + COPIED)
        ),
        line(90, "d3", place="Điều 3", visibility="redacted", visibility_reason="personal_data", answer=None,
             change=None, handed_over=True),
        line(91, "d3", place="Điều 3", letter_number="12/STC", letter_on=date(2026, 11, 2), outcome="open",
             response=None, disposition="", answer="", sent_place="toàn bộ dự thảo", moved_on=date(2026, 11, 5),
             moved_why="=Nói về Điều 3."),
    ]  # fmt: skip


def above(form: str) -> TableHead:
    """The head; an ĐTM table has blocks."""
    return head(form, notice="DỮ LIỆU MINH HỌA")


Write = Callable[[Any, TableHead, Iterable[TableLine], Any], None]


def made(write: Write, form: str) -> bytes:
    """A file of it."""
    file = BytesIO()
    write(file, above(form), lines(form), official)
    return file.getvalue()


def of_docx(form: str) -> str:
    """Every row of the Word file, cell by cell, with how a cell is merged; then what stands outside of the table."""
    document = Document(BytesIO(made(docx.write, form)))
    said: list[str] = []
    for element in document.element.body:
        if element.tag == qn("w:tbl"):
            said += [" | ".join(_cells(row)) for row in element.findall(qn("w:tr"))]
        elif words := _words(element):
            said.append(words)
    return _lines(said)


def _cells(row: Any) -> Iterator[str]:
    for cell in row.findall(qn("w:tc")):
        merge = cell.find(f"{qn('w:tcPr')}/{qn('w:vMerge')}")
        mark = "" if merge is None else {"restart": "⊤ ", "continue": "⋮"}[str(merge.get(qn("w:val")))]
        yield mark + " ¶ ".join(_words(each) for each in cell.findall(qn("w:p")))


def _words(element: Any) -> str:
    return "".join(text.text or "" for text in element.iter(qn("w:t")))


def of_xlsx(form: str) -> str:
    """Every cell of every sheet, with its kind, and whether it is marked as words."""
    said: list[str] = []
    for sheet in openpyxl.load_workbook(BytesIO(made(workbook.write, form))):
        said += [f"[{sheet.title}] {sheet.auto_filter.ref or ''} {sheet.freeze_panes or ''}".rstrip()]
        merged = sorted(str(each) for each in sheet.merged_cells.ranges)
        said += [f"merged: {', '.join(merged)}"] if merged else []
        for row in sheet.iter_rows():
            cells = [
                f"{one.coordinate}{'′' if one.quotePrefix else ''}({one.data_type}) {one.value}"
                for one in row
                if one.value
            ]
            said += [" | ".join(cells)] if cells else []
    return _lines(said)


def of_pdf(form: str) -> str:
    """The words of every page in the order in which they are read."""
    document = pypdfium2.PdfDocument(made(table_pdf.write, form))
    pages = [page.get_textpage().get_text_range() for page in document]
    # Where a line breaks hangs on the letters that the machine has.
    return " ".join(" ".join(pages).split()).replace("\ufffe", "") + "\n"


def of_csv(form: str) -> str:
    """The file itself."""
    file = BytesIO()
    table_csv.write(file, above(form), lines(form))
    return _rows(file)


def of_rows_csv(form: str) -> str:
    """The file in words itself."""
    return _rows(BytesIO(made(files.write_csv, form)))


def of_printed_csv(form: str) -> str:
    """The printed table as CSV."""
    return _rows(BytesIO(made(data_files.write_csv, form)))


def of_printed_json(form: str) -> str:
    """The printed table as JSON, laid out to be read."""
    return _laid_out(made(data_files.write_json, form))


def _rows(file: BytesIO) -> str:
    read = csv.reader(StringIO(file.getvalue().decode("utf-8-sig")))
    return "\n".join(json.dumps(row, ensure_ascii=False) for row in read) + "\n"


def of_json(form: str) -> str:
    """The file, laid out to be read."""
    file = BytesIO()
    table_json.write(file, above(form), lines(form))
    return _laid_out(file.getvalue())


def _laid_out(data: bytes) -> str:
    return json.dumps(json.loads(data), ensure_ascii=False, indent=1) + "\n"


def _lines(said: Iterable[str]) -> str:
    return "\n".join(each.replace("\n", " ¶ ") for each in said) + "\n"


FILES: dict[str, Callable[[str], str]] = {
    "docx.txt": of_docx, "xlsx.txt": of_xlsx, "csv.txt": of_csv, "vi.csv.txt": of_rows_csv, "json": of_json,
    "mau.csv.txt": of_printed_csv, "mau.json": of_printed_json,
}  # fmt: skip
"""By the endings of the golden files. The PDF is held against the Word file instead: its lines break as its letters
are wide, and those hang on the machine."""


def golden(form: str, ending: str) -> Path:
    """Where a golden file lies."""
    return GOLDEN / f"{FORMS[form]}.{ending}"


if __name__ == "__main__":
    for each in FORMS:
        for suffix, told in FILES.items():
            golden(each, suffix).write_text(told(each), encoding="utf-8")
