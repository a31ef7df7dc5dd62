"""The table as a workbook: nothing in it is reckoned or kept in memory, and the same rows are the same bytes."""

import tracemalloc
from collections.abc import Iterable
from io import BytesIO
from tempfile import TemporaryFile
from zipfile import ZipFile

import openpyxl
import pytest

from consult.exports.lines import Copy, TableLine
from consult.exports.official_language import official
from consult.exports.printed import workbook
from tests.exports.made import head, line


def made(lines: Iterable[TableLine]) -> bytes:
    """The workbook."""
    file = BytesIO()
    workbook.write(file, head(), lines, official)
    return file.getvalue()


@pytest.mark.parametrize("begins", ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", "＝1", " =1"])
def test_what_begins_like_a_formula_stays_words(begins: str) -> None:
    data = made([line(1, organisation=begins)])
    sheet = openpyxl.load_workbook(BytesIO(data)).worksheets[0]
    [cell] = [one for row in sheet.iter_rows(min_row=11) for one in row if one.column == 2 and one.value]
    assert cell.data_type == "s" and cell.quotePrefix and cell.value == begins.strip()
    assert b"<f>" not in ZipFile(BytesIO(data)).read("xl/worksheets/sheet1.xml")


def test_no_cell_is_merged_downwards() -> None:
    sheet = openpyxl.load_workbook(BytesIO(made(line(number) for number in range(1, 60)))).worksheets[0]
    assert all(one.min_row == one.max_row for one in sheet.merged_cells.ranges)
    assert sheet.auto_filter.ref.endswith(":D69")


def test_the_same_rows_are_the_same_bytes() -> None:
    rows = [line(1), line(2, response=1), line(3, copies=(Copy(4, "Mai"),))]
    assert made(rows) == made(rows)


def test_what_no_cell_holds_is_cut_and_says_so() -> None:
    sheet = openpyxl.load_workbook(BytesIO(made([line(1, text="chữ " * 10_000)]))).worksheets[0]
    longest = max((str(one.value) for row in sheet.iter_rows() for one in row if one.value), key=len)
    assert len(longest) == workbook.LONGEST_CELL and longest.endswith(official("exports.cell_cut"))


def test_memory_does_not_grow_with_rows() -> None:
    def most(count: int) -> int:
        rows = (line(number, f"d{number}", text="Dài. " * 400) for number in range(count))
        tracemalloc.start()
        with TemporaryFile() as file:
            workbook.write(file, head(), rows, official)
        peak = tracemalloc.get_traced_memory()[1]
        tracemalloc.stop()
        return peak

    assert most(1_200) < most(300) + 200_000
