"""The themes as files: CSV and a workbook for people, JSON for programs; themes are taken one by one."""

import csv
import json
from collections.abc import Iterable
from io import TextIOWrapper
from typing import IO, Any

import xlsxwriter

from consult.exports.cell_texts import Say
from consult.exports.plain.table_csv import is_formula, neutral
from consult.exports.themes.rows import COLUMNS, ThemesHead, above, as_record, headings, values
from consult.responses.themes.told import ToldTheme
from consult.text import stored, unturned

WIDTHS = {"name": 34, "stance": 24, "sample_1": 50, "sample_2": 50, "sample_3": 50, "note": 40}
NARROW = 12
FONT = {"font_name": "Times New Roman", "font_size": 11, "valign": "top", "text_wrap": True, "border": 1}
_SHEET_NAME = 31


def write_csv(file: IO[bytes], head: ThemesHead, themes: Iterable[ToldTheme], say: Say) -> None:
    """UTF-8 with a byte order mark, so that spreadsheets show Vietnamese; nothing in it is reckoned."""
    text = TextIOWrapper(file, encoding="utf-8-sig", newline="")
    writer = csv.writer(text)
    writer.writerow(headings(say))
    for row in values(head, themes, say):
        writer.writerow([neutral(str(value)) for value in row])
    text.flush()
    text.detach()


def write_json(file: IO[bytes], head: ThemesHead, themes: Iterable[ToldTheme], say: Say) -> None:
    """An object with the head and the list of themes."""
    told = {**above(head), "themes": [as_record(one, say) for one in themes]}
    file.write(json.dumps(told, ensure_ascii=False, indent=0).encode() + b"\n")


def write_xlsx(file: IO[bytes], head: ThemesHead, themes: Iterable[ToldTheme], say: Say) -> None:
    """A workbook of one sheet, which says at its head and on every printed page what it is."""
    with xlsxwriter.Workbook(file, {"constant_memory": True, "in_memory": True}) as book:
        sheet = book.add_worksheet(say("theme_file.sheet")[:_SHEET_NAME])
        name = book.add_format({**FONT, "bold": True, "valign": "vcenter", "align": "center"})
        plain, quoted = book.add_format(FONT), book.add_format({**FONT, "quote_prefix": True})
        _set_up(sheet, head)
        sheet.write_string(0, 0, head.note, book.add_format({"bold": True}))
        for column, words in enumerate(headings(say)):
            sheet.write_string(1, column, words, name)
        for number, row in enumerate(values(head, themes, say), start=2):
            for column, value in enumerate(row):
                _write(sheet, number, column, value, plain, quoted)


def _set_up(sheet: Any, head: ThemesHead) -> None:
    for column, code in enumerate(COLUMNS):
        sheet.set_column(column, column, WIDTHS.get(code, NARROW))
    sheet.freeze_panes(2, 0)
    sheet.repeat_rows(1)
    sheet.set_landscape()
    sheet.set_paper(9)
    sheet.fit_to_pages(1, 0)
    sheet.set_header(f'&C&"Times New Roman,Bold"{head.note.replace("&", "&&")}')


def _write(sheet: Any, row: int, column: int, value: str | int, plain: Any, quoted: Any) -> None:
    """Numbers are numbers; words stay words, whatever they begin with."""
    if isinstance(value, int):
        sheet.write_number(row, column, value, plain)
        return
    words = unturned(stored(value))
    sheet.write_string(row, column, words, quoted if is_formula(words) else plain)
