"""What is read of a spreadsheet, whichever program wrote it: its sheets and rows as text, within bounds."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from consult.files.rejection import FileRejected

MOST_ROWS = 20_000
"""Rows with something in them, of all sheets together."""
MOST_COLUMNS = 80
MOST_SHEETS = 30
LAST_LINE = 200_000
"""Where the reading ends, however many empty lines somebody coloured."""
LONGEST_CELL = 32_767
LARGEST_TEXT = 24_000_000
"""Characters of all cells together."""
LARGEST_UNPACKED = 150 * 1024 * 1024
WITHOUT_RESULT, BROKEN = "formula_without_result", "cell_error"


@dataclass
class Line:
    """One row with its number as the program shows it; its cells from column A on, and what is wrong with some of
    them, by the index of the column."""

    number: int
    cells: list[str]
    problems: dict[int, str] = field(default_factory=dict)


@dataclass
class Sheet:
    """A sheet with those of its rows that have something in them; one that nobody sees is `hidden`."""

    name: str
    lines: list[Line]
    hidden: bool = False


class Room:
    """How much more may be read of a file."""

    def __init__(self) -> None:
        self.rows, self.text = MOST_ROWS, LARGEST_TEXT

    def take(self, cells: Iterable[str]) -> None:
        """One more row. Raises FileRejected."""
        self.rows -= 1
        self.text -= sum(map(len, cells))
        if self.rows < 0 or self.text < 0:
            raise FileRejected("too_many_rows")


def kept(line: Line) -> bool:
    """Whether a row has anything in it; empty cells at its end are gone then. Raises FileRejected for too wide ones."""
    while line.cells and not line.cells[-1].strip() and len(line.cells) - 1 not in line.problems:
        line.cells.pop()
    if len(line.cells) > MOST_COLUMNS:
        raise FileRejected("too_many_columns")
    return bool(line.cells)
