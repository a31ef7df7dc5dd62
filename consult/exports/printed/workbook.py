"""The printed table as a workbook, in the columns of its form, row by row through xlsxwriter, which keeps no row.

No cell is merged downwards: every row names its place, so that a filter by clause or result finds it, and sorting
tears nothing apart. Words are words: nothing that somebody wrote is reckoned. The same data gives the same bytes.
"""

from collections.abc import Iterable
from datetime import datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import IO, Any

import xlsxwriter

from consult.exports import cell_texts
from consult.exports.cell_texts import Say
from consult.exports.lines import TableHead, TableLine
from consult.exports.plain.table_csv import is_formula
from consult.exports.printed.placed import Cells, names_of, placed, shares_of, words_of
from consult.exports.together.copies import Annex, merged
from consult.official_papers.wordml import Paragraph
from consult.text import stored, unturned

LONGEST_CELL = 32_767
"""Letters that a spreadsheet takes into one cell."""
WHOLE_WIDTH = 230
"""Of all columns, in letters: a text of three thousand letters stands in one row, and no row may be higher."""
LETTERS_OF_LINE, LINE_HEIGHT = 250, 15
FONT = {"font_name": "Times New Roman", "font_size": 10, "valign": "top"}
_MADE = datetime(2000, 1, 1)
"""When the file says that it was made: nothing of it tells that."""
_SHEET_NAME = 31


def write(file: IO[bytes], head: TableHead, lines: Iterable[TableLine], say: Say) -> None:
    """Writes the workbook; `lines` are taken one by one, in the order of print."""
    with TemporaryDirectory() as folder:
        made = Path(folder) / "table.xlsx"
        with xlsxwriter.Workbook(made, {"constant_memory": True, "tmpdir": folder}) as book:
            book.set_properties({"title": head.heading, "author": head.body, "created": _MADE})
            annex = Annex(say)
            _Sheet(book, head, say).write(annex.passing(merged(lines)))
            _annex(book, annex, say)
        with made.open("rb") as written:
            while piece := written.read(64 * 1024):
                file.write(piece)


class _Sheet:
    """The sheet of the table: its head, its rows, who signs."""

    def __init__(self, book: Any, head: TableHead, say: Say) -> None:
        self.book, self.head, self.say, self.row = book, head, say, 0
        self.last = len(head.columns) - 1
        self.sheet = book.add_worksheet(say("exports.sheet_of_table")[:_SHEET_NAME])
        self.cell, self.cell_quoted = _formats(book, border=1, text_wrap=True)
        self.wide, self.wide_quoted = _formats(book, text_wrap=True)
        self.name, _ = _formats(book, border=1, text_wrap=True, bold=True, align="center", valign="vcenter")
        self.strong, _ = _formats(book, text_wrap=True, bold=True, align="center")

    def write(self, lines: Iterable[TableLine]) -> None:
        """The whole sheet."""
        self._set_up()
        self._above()
        header = self.row
        for column, name in enumerate(names_of(self.head)):
            self.sheet.write_string(header, column, name, self.name)
        self.row += 1
        self._rows(lines)
        self.sheet.freeze_panes(header + 1, 0)
        self.sheet.repeat_rows(header)
        self.sheet.autofilter(header, 0, max(self.row - 1, header), self.last)
        self._below()

    def _set_up(self) -> None:
        for column, share in enumerate(shares_of(self.head)):
            self.sheet.set_column(column, column, WHOLE_WIDTH * share / 100)
        self.sheet.set_landscape()
        self.sheet.set_paper(9)
        self.sheet.fit_to_pages(1, 0)
        self.sheet.set_margins(left=0.5, right=0.5)
        self.sheet.set_footer("&C&P/&N")
        if self.head.notice:
            self.sheet.set_header(f'&C&"Times New Roman,Bold"{self.head.notice.replace("&", "&&")}')

    def _above(self) -> None:
        head, say = self.head, self.say
        if head.notice:
            self._wide(head.notice, self.strong)
        self._wide(cell_texts.issuer(head).upper(), self.strong)
        self._wide(head.heading.upper(), self.strong)
        told = [head.intro, cell_texts.counts(head, say), cell_texts.counted_at(head, say)]
        told += [words for words in (cell_texts.breakdown(head, say), cell_texts.silent(head, say)) if words]
        told += cell_texts.notes(head, say)
        told.append(say("exports.counting_rule", rule=head.counting_rule))
        if head.outcome["awaiting"]:
            told.append(say("exports.interim", count=head.outcome["awaiting"]))
        for words in [*told, say("exports.results")]:
            self._wide(words, self.wide_quoted if is_formula(words) else self.wide)

    def _rows(self, lines: Iterable[TableLine]) -> None:
        cells = Cells(self.head, self.say)
        for one in placed(self.head, lines):
            if one.line is None:
                self._wide(one.heading or self.say("exports.no_opinion"), self.name)
                continue
            for column, said in enumerate(cells.of(one)):
                words = in_cell(said, self.say)
                self.sheet.write_string(self.row, column, words, self.cell_quoted if is_formula(words) else self.cell)
            self.row += 1

    def _below(self) -> None:
        self.row += 1
        self.sheet.write_string(self.row, self.last, cell_texts.signer(self.head, self.say), self.strong)
        self.sheet.write_string(self.row + 1, self.last, self.say("exports.sign_here"), self.strong)

    def _wide(self, words: str, look: Any) -> None:
        """Words over the whole width, whose height no spreadsheet finds by itself."""
        self.sheet.set_row(self.row, LINE_HEIGHT * (1 + len(words) // LETTERS_OF_LINE))
        self.sheet.merge_range(self.row, 0, self.row, self.last, "", look)
        self.sheet.write_string(self.row, 0, words, look)
        self.row += 1


def in_cell(said: Iterable[Paragraph], say: Say) -> str:
    """The paragraphs of a cell as its lines; what no cell holds is cut, and it says where the whole stands."""
    words = unturned(stored(words_of(said)))
    if len(words) <= LONGEST_CELL:
        return words
    told = say("exports.cell_cut")
    return f"{words[: LONGEST_CELL - len(told) - 1]}\n{told}"


def _annex(book: Any, annex: Annex, say: Say) -> None:
    """Who else sent what stands in one row, on a sheet of their own; none where every row stands for one."""
    if not annex.entries:
        return
    sheet = book.add_worksheet(say("exports.sheet_of_annex")[:_SHEET_NAME])
    sheet.set_column(0, 0, 20)
    sheet.set_column(1, 1, WHOLE_WIDTH / 2)
    plain, quoted = _formats(book, border=1, text_wrap=True)
    strong, _ = _formats(book, bold=True)
    sheet.write_string(0, 0, say("exports.annex_of_copies"), strong)
    row = 0
    for number, named in annex.entries:
        for part in _parts(named):
            row += 1
            sheet.write_string(row, 0, number, plain)
            sheet.write_string(row, 1, part, quoted if is_formula(part) else plain)


def _parts(named: str) -> Iterable[str]:
    """Very many names as so many cells as they need."""
    for start in range(0, len(named), LONGEST_CELL):
        yield unturned(stored(named[start : start + LONGEST_CELL]))


def _formats(book: Any, **look: Any) -> tuple[Any, Any]:
    """A look, and the same for words that a spreadsheet would take for a formula once somebody edits them."""
    return book.add_format({**FONT, **look}), book.add_format({**FONT, **look, "quote_prefix": True})
