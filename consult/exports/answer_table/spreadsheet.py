"""The table of answers as a spreadsheet: the same columns, and one to choose the result in."""

from collections.abc import Iterable, Sequence
from typing import IO

from openpyxl import Workbook
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE, Cell
from openpyxl.packaging.custom import StringProperty
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.worksheet import Worksheet

from consult.exports.answer_table import taken_out
from consult.exports.answer_table.lines import OutLine
from consult.exports.cell_texts import Say
from consult.exports.lines import TableHead
from consult.files.spreadsheets.sheets import LONGEST_CELL
from consult.official_papers.wordml import Paragraph
from consult.responses.answer_tables.columns import title
from consult.responses.answer_tables.words import ANSWER, CODE, CONTRIBUTOR, OPINION, PROPERTY, RESULT, TOPIC
from consult.responses.words import Disposition

WIDTHS = {CODE: 9, TOPIC: 24, CONTRIBUTOR: 22, OPINION: 55, RESULT: 20, ANSWER: 65}
"""How wide the columns are, in letters."""
LISTS = "_"
"""The sheet that holds the list to choose from; nobody sees it, and the reading leaves it out."""
_HEAD = PatternFill("solid", fgColor="FFDDE8E0")


def write(file: IO[bytes], head: TableHead, lines: Iterable[OutLine], say: Say) -> None:
    """Writes the workbook. Every cell is text, whatever it begins with."""
    book = Workbook()
    sheet = book.worksheets[0]
    sheet.title = say("exports.answer_table.sheet")
    names = {column: title(column) for column in WIDTHS}
    for index, (column, width) in enumerate(WIDTHS.items(), start=1):
        _head(sheet, index, names[column], width)
    met = []
    for number, line in enumerate(lines, start=2):
        met.append(line.code)
        for index, text in enumerate(_texts(line, say), start=1):
            _cell(sheet.cell(number, index), text)
        sheet.cell(number, 1).font = Font(size=7, color="FF707070")
    sheet.freeze_panes = "B2"
    _choices(book, sheet, len(met), [say(f"disposition.{one}") for one in Disposition])
    _explain(book.create_sheet(say("exports.answer_table.guide"), 1), head, say)
    book.custom_doc_props.append(StringProperty(name=PROPERTY, value=taken_out.names(met)))
    book.save(file)


def _texts(line: OutLine, say: Say) -> list[str]:
    result = say(f"disposition.{line.disposition}") if line.disposition else ""
    return [line.written, _plain(line.topic), _plain(line.contributor), _plain(line.opinion), result, line.answer]


def _plain(said: Sequence[Paragraph]) -> str:
    return "\n".join("".join(words.text for words in one) for one in said)


def _head(sheet: Worksheet, index: int, name: str, width: int) -> None:
    cell = sheet.cell(1, index)
    _cell(cell, name)
    cell.font, cell.fill = Font(bold=True), _HEAD
    sheet.column_dimensions[get_column_letter(index)].width = width


def _cell(cell: Cell, text: str) -> None:
    cell.value = ILLEGAL_CHARACTERS_RE.sub("", text)[:LONGEST_CELL]
    cell.data_type, cell.number_format = "s", "@"
    cell.alignment = Alignment(wrap_text=True, vertical="top")


def _choices(book: Workbook, sheet: Worksheet, rows: int, choices: Sequence[str]) -> None:
    lists = book.create_sheet(LISTS)
    lists.sheet_state = "hidden"
    for number, choice in enumerate(choices, start=1):
        _cell(lists.cell(number, 1), choice)
    rule = DataValidation("list", formula1=f"'{LISTS}'!$A$1:$A${len(choices)}", allow_blank=True)
    letter = get_column_letter(list(WIDTHS).index(RESULT) + 1)
    rule.add(f"{letter}2:{letter}{max(2, rows + 1)}")
    sheet.add_data_validation(rule)


def _explain(sheet: Worksheet, head: TableHead, say: Say) -> None:
    lines = [head.heading, say("exports.answer_table.how"), say("exports.answer_table.how_code"), head.notice]
    for number, text in enumerate((line for line in lines if line), start=1):
        _cell(sheet.cell(number, 1), text)
    sheet.column_dimensions["A"].width = 110
