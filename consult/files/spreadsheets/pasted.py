"""A table that was pasted as text from Word, Excel or a mail: cells divided by tabs, texts of several lines in them.

Word ends a paragraph inside a cell as it ends a row, and Excel puts such a cell in quotation marks.
"""

import csv
import io
from collections.abc import Callable, Iterable

from consult.files.spreadsheets.sheets import LARGEST_TEXT, MOST_COLUMNS, Line, Sheet
from consult.text import stored

TAB = "\t"
Begins = Callable[[str], bool]


def sheet(text: str, begins: Begins | None = None) -> Sheet:
    """The rows of a pasted text, each with the number of its first line. `begins` tells by its first cell whether a
    line begins a row that is known, and what follows until the next is its; without it a row goes on as long as it has
    no more cells than the widest line."""
    lines = stored(text).split("\n")
    chunks = _known(lines, begins) if begins else _by_width(lines)
    found = [Line(number, _cells(several)[:MOST_COLUMNS]) for number, several in chunks]
    return Sheet("", [line for line in found if any(cell.strip() for cell in line.cells)])


def _known(lines: list[str], begins: Begins) -> list[tuple[int, list[str]]]:
    chunks: list[tuple[int, list[str]]] = []
    of_row = False
    for number, line in enumerate(lines, start=1):
        own = begins(line.split(TAB)[0].strip(' "'))
        if own or not of_row:
            chunks.append((number, [line]))
        else:
            chunks[-1][1].append(line)
        of_row = of_row or own
    return chunks


def _by_width(lines: list[str]) -> list[tuple[int, list[str]]]:
    widest = max(line.count(TAB) for line in lines)
    chunks: list[tuple[int, list[str]]] = []
    tabs = widest
    for number, line in enumerate(lines, start=1):
        if not chunks or (line.count(TAB) and tabs + line.count(TAB) > widest):
            chunks.append((number, [line]))
            tabs = line.count(TAB)
        else:
            chunks[-1][1].append(line)
            tabs += line.count(TAB)
    return chunks


def _cells(lines: Iterable[str]) -> list[str]:
    """The cells of one row: a line that ends inside of a cell goes on in the next."""
    cells: list[str] = []
    csv.field_size_limit(LARGEST_TEXT)
    for row in csv.reader(io.StringIO("\n".join(lines)), delimiter=TAB):
        if cells and row:
            cells[-1] += f"\n{row[0]}"
            cells += row[1:]
        else:
            cells += row
    return cells
