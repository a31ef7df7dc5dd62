"""The spreadsheet to fill in: the columns of the agency's usual form, the clauses as a list to choose from with what
stands in them, and a key in each row that nobody sees."""

import io
import secrets
from collections.abc import Mapping, Sequence

from openpyxl import load_workbook
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from consult.catalogues import sentence
from consult.collections.clause_list import Clause
from consult.collections.spreadsheet.columns import KEYS, NEEDED, NOT_READ, title, words_of
from consult.files.spreadsheets.template import LISTS, Heading, template

KEYED_ROWS = 2_000
"""Rows with a key of their own; those beneath are known by their content."""
WIDE = {"anchor": 42, "wording": 45, "text": 50, "proposed": 45, "reason": 35, "place": 28, "row_key": 6, "why": 45}


def workbook(name: str, clauses: Sequence[Clause], language: str, rows: Sequence[Mapping[str, str]] = ()) -> bytes:
    """A workbook for a collection called `name`, about `clauses`. `rows` are those of
    another that were not taken, by the keys of the columns and `why`; with them a column says what is wrong."""
    keys = [*KEYS, "why"] if rows else list(KEYS)
    token = secrets.token_hex(6)
    guide = sentence(language, "collected_sheet.guide", {}).split("\n")
    filled = [[row.get(key, "") for key in keys] for row in rows]
    made = template(
        sentence(language, "collected_sheet.name", {}),
        [_heading(key, clauses, language) for key in keys],
        sentence(language, "collected_sheet.guide_name", {}),
        [name, "", *guide],
        filled,
    )
    book = load_workbook(io.BytesIO(made))
    _with_keys(book.worksheets[0], keys.index("row_key") + 1, token, len(rows))
    _with_wording(book.worksheets[0], book[LISTS], keys, clauses)
    written = io.BytesIO()
    book.save(written)
    return written.getvalue()


def coded(clause: Clause) -> str:
    """A clause as the list has it: its words, and its place with the draft in brackets, which is what counts."""
    return f"{clause.words} [{clause.anchor}]"


def _heading(key: str, clauses: Sequence[Clause], language: str) -> Heading:
    choices = [coded(one) for one in clauses] if key == "anchor" else words_of(key, language)
    note = sentence(language, f"collected_sheet.note.{key}", {})
    return Heading(title(key, language), WIDE.get(key, 18), choices, note, key in NEEDED)


def _with_keys(sheet: Worksheet, column: int, token: str, filled: int) -> None:
    """A key in each row from the first that is not filled; the column is not seen."""
    for number in range(filled + 2, KEYED_ROWS + 2):
        sheet.cell(number, column).value = f"{token}-{number}"
    sheet.column_dimensions[get_column_letter(column)].hidden = True


def _with_wording(sheet: Worksheet, lists: Worksheet, keys: Sequence[str], clauses: Sequence[Clause]) -> None:
    """What stands in the clause that was chosen, beside it: looked up in the hidden sheet by the program itself."""
    if not clauses:
        return
    listed, shown = get_column_letter(keys.index("anchor") + 1), keys.index(NOT_READ) + 1
    words = get_column_letter(shown)
    for number, clause in enumerate(clauses, start=1):
        lists.cell(number, shown).value = ILLEGAL_CHARACTERS_RE.sub("", clause.text)
        lists.cell(number, shown).data_type = "s"
    found = f"MATCH({listed}{{0}},'{LISTS}'!${listed}$1:${listed}${len(clauses)},0)"
    for number in range(2, KEYED_ROWS + 2):
        place = f"INDEX('{LISTS}'!${words}$1:${words}${len(clauses)},{found.format(number)})"
        sheet.cell(number, shown).value = f'=IF({listed}{number}="","",IFERROR({place},""))'
        sheet.cell(number, shown).number_format = "General"
