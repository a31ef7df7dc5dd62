"""An empty spreadsheet to fill in: the columns with their titles, lists to choose from, and a sheet that explains."""

import io
from collections.abc import Sequence
from dataclasses import dataclass

from openpyxl import Workbook
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE, Cell
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.worksheet import Worksheet

FILLED_ROWS = 5_000
LISTS = "_"
"""The sheet that holds the lists; nobody sees it, and the reading leaves it out."""
_HEAD = PatternFill("solid", fgColor="FFDDE8E0")


@dataclass(frozen=True)
class Heading:
    """A column of a template: its title, how wide it is in letters, what can be chosen in it, and what it is for."""

    title: str
    width: int = 20
    choices: Sequence[str] = ()
    note: str = ""
    needed: bool = False


def template(
    name: str, headings: Sequence[Heading], guide_name: str, guide: Sequence[str], rows: Sequence[Sequence[str]] = ()
) -> bytes:
    """A workbook: a sheet called `name` with a head (and `rows` beneath it, to be gone on with), and one called
    `guide_name` with the lines of `guide` and what each column is for. Every cell is text, so that no program makes
    days or numbers of codes."""
    book = Workbook()
    sheet, lists = book.worksheets[0], book.create_sheet(LISTS)
    sheet.title, lists.sheet_state = name, "hidden"
    for index, heading in enumerate(headings, start=1):
        _head(sheet, index, heading)
        if heading.choices:
            _choices(sheet, lists, index, heading.choices)
    for number, row in enumerate(rows, start=2):
        for index, text in enumerate(row, start=1):
            _write(sheet.cell(number, index), text)
    sheet.freeze_panes = "A2"
    _explain(book.create_sheet(guide_name, 1), guide, headings)
    written = io.BytesIO()
    book.save(written)
    return written.getvalue()


def _head(sheet: Worksheet, index: int, heading: Heading) -> None:
    cell = sheet.cell(1, index)
    _write(cell, f"{heading.title} (*)" if heading.needed else heading.title)
    cell.font, cell.fill, cell.alignment = Font(bold=True), _HEAD, Alignment(wrap_text=True, vertical="top")
    column = sheet.column_dimensions[get_column_letter(index)]
    column.width, column.number_format = heading.width, "@"


def _choices(sheet: Worksheet, lists: Worksheet, index: int, choices: Sequence[str]) -> None:
    letter = get_column_letter(index)
    for number, choice in enumerate(choices, start=1):
        _write(lists.cell(number, index), choice)
    rule = DataValidation("list", formula1=f"'{LISTS}'!${letter}$1:${letter}${len(choices)}", allow_blank=True)
    rule.add(f"{letter}2:{letter}{FILLED_ROWS + 1}")
    sheet.add_data_validation(rule)


def _explain(sheet: Worksheet, guide: Sequence[str], headings: Sequence[Heading]) -> None:
    lines = [*((line, "") for line in guide), ("", ""), *((one.title, one.note) for one in headings)]
    for number, (first, second) in enumerate(lines, start=1):
        _write(sheet.cell(number, 1), first)
        _write(sheet.cell(number, 2), second)
    sheet.column_dimensions["A"].width, sheet.column_dimensions["B"].width = 40, 90


def _write(cell: Cell, text: str) -> None:
    """Puts words into a cell as words, whatever they begin with."""
    cell.value = ILLEGAL_CHARACTERS_RE.sub("", text)
    cell.data_type, cell.number_format = "s", "@"
