"""Where everything stands on a printed form, in millimetres from the upper left of its page: what is printed by it is
read by it. How many clauses a form has says all of its layout."""

from dataclasses import dataclass

WIDTH, HEIGHT = 210.0, 297.0
CODE = 15.0
"""The side of a corner code."""
LEFT, RIGHT, TOP = 8.0, 187.0, 8.0
LOW_OF_FIRST, LOW_OF_OTHERS = 217.0, 274.0
"""Where the lower codes stand: on the first page above the tear-off, so that they stay when it is gone."""
CUT = 238.0
BOX = 5.5
ROW = 10.0
CHOICES = ("support", "oppose", "other")
COLUMNS = (132.0, 154.0, 176.0)
"""Where the boxes of a row begin."""
FIRST_ROW, FIRST_ROW_OF_OTHERS = 66.0, 42.0
ROWS_OF_FIRST, ROWS_OF_OTHERS = 8, 22
LAST_LINE, LAST_LINE_OF_OTHERS = 178.0, 266.0
"""Until where lines for handwriting go."""
LEAST_LINES = 18.0
MOST_CLAUSES = ROWS_OF_FIRST + 8 * ROWS_OF_OTHERS


@dataclass(frozen=True)
class TickBox:
    """A box to tick: for which clause (from 0) and choice, or by its own name; its upper left corner."""

    name: str
    x: float
    y: float


@dataclass(frozen=True)
class Field:
    """Where something is written by hand."""

    name: str
    x: float
    y: float
    width: float
    height: float


@dataclass(frozen=True)
class FormPage:
    """A page: its number from 1, which clauses it has, its boxes and fields, and how low its lower codes stand."""

    number: int
    clauses: range
    first_row: float
    boxes: tuple[TickBox, ...]
    fields: tuple[Field, ...]
    low: float

    def corners(self) -> tuple[tuple[float, float], ...]:
        """The upper left of each corner code: upper left, upper right, lower left, lower right."""
        return ((LEFT, TOP), (RIGHT, TOP), (LEFT, self.low), (RIGHT, self.low))


def pages(clauses: int) -> list[FormPage]:
    """The pages of a form with so many clauses, at most MOST_CLAUSES."""
    found = [_first(range(min(clauses, ROWS_OF_FIRST)))]
    for start in range(ROWS_OF_FIRST, clauses, ROWS_OF_OTHERS):
        found.append(_other(len(found) + 1, range(start, min(clauses, start + ROWS_OF_OTHERS))))
    return found


def box_name(clause: int, choice: str) -> str:
    """How the box of a clause and choice is called: `3.oppose`."""
    return f"{clause}.{choice}"


def _first(clauses: range) -> FormPage:
    below = FIRST_ROW + len(clauses) * ROW + 8
    fields = (
        Field("text", 26, below, 158, LAST_LINE - below),
        Field("name", 54, 180, 130, 8),
        Field("place", 54, 190, 130, 8),
        Field("contact", 54, 200, 82, 8),
        Field("day", 152, 200, 32, 8),
    )
    publish = TickBox("publish", 54.0, 210.5)
    return FormPage(1, clauses, FIRST_ROW, (*_boxes(clauses, FIRST_ROW), publish), fields, LOW_OF_FIRST)


def _other(number: int, clauses: range) -> FormPage:
    below = FIRST_ROW_OF_OTHERS + len(clauses) * ROW + 8
    left = LAST_LINE_OF_OTHERS - below
    fields = (Field(f"text{number}", 26, below, 158, left),) if left >= LEAST_LINES else ()
    boxes = _boxes(clauses, FIRST_ROW_OF_OTHERS)
    return FormPage(number, clauses, FIRST_ROW_OF_OTHERS, boxes, fields, LOW_OF_OTHERS)


def _boxes(clauses: range, first_row: float) -> tuple[TickBox, ...]:
    inset = (ROW - BOX) / 2
    return tuple(
        TickBox(box_name(clause, choice), x, first_row + row * ROW + inset)
        for row, clause in enumerate(clauses)
        for choice, x in zip(CHOICES, COLUMNS, strict=True)
    )
