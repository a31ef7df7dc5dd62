"""A table that was pasted as text from Word, Excel or a mail: cells divided by tabs, texts of several lines in them."""

import csv
import io
from collections.abc import Iterable

from consult.files.spreadsheets.reading import MOST_COLUMNS, Line, Sheet
from consult.responses.answer_tables.rows import LOOKS_LIKE_A_CODE
from consult.text import stored

TAB = "\t"


def sheet(text: str) -> Sheet:
    """The rows of a pasted text. A row begins in the line whose first cell has a code, and what follows until the next
    is its: Word ends a paragraph inside a cell as it ends a row, and Excel puts such a cell in quotation marks."""
    chunks: list[tuple[int, list[str]]] = []
    for number, line in enumerate(stored(text).split("\n"), start=1):
        begins = LOOKS_LIKE_A_CODE.match(line.split(TAB)[0].strip(' "'))
        if begins or not chunks or not LOOKS_LIKE_A_CODE.search(chunks[-1][1][0]):
            chunks.append((number, [line]))
        else:
            chunks[-1][1].append(line)
    lines = [Line(number, _cells(several)[:MOST_COLUMNS]) for number, several in chunks]
    return Sheet("", [line for line in lines if any(cell.strip() for cell in line.cells)])


def _cells(lines: Iterable[str]) -> list[str]:
    """The cells of one row: a line that ends inside of a cell goes on in the next."""
    cells: list[str] = []
    csv.field_size_limit(24_000_000)
    for row in csv.reader(io.StringIO("\n".join(lines)), delimiter=TAB):
        if cells and row:
            cells[-1] += f"\n{row[0]}"
            cells += row[1:]
        else:
            cells += row
    return cells
