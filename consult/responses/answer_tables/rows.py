"""The rows of a table of answers as people bring it back: whatever the office did to it, each answer finds its row.

Columns are moved, renamed and added, cells merged and split, rows sorted, deleted and pasted. A row is known by its
code alone; what has none goes on with the row above where nothing else is said, and is named otherwise.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from consult.errors import Invalid
from consult.files.spreadsheets import tables
from consult.files.spreadsheets.sheets import Line, Sheet
from consult.responses.answer_tables.columns import columns
from consult.responses.answer_tables.words import ANSWER, CODE, CONTRIBUTOR, OPINION, RESULT, TOPIC
from consult.text import one_line

LOOKS_LIKE_A_CODE = re.compile(r"\b(?:YK|TL)\s*\d+\W", re.IGNORECASE)
LONGEST_EXCERPT = 200
AGAIN = "\n\n"


@dataclass(frozen=True)
class Row:
    """One row: its number in the file, its code as it stands there, the two cells of the answer, and `excerpt` of what
    else it says. Rows whose answer is one merged cell have one `joined`."""

    number: int
    code: str
    result: str
    answer: str
    excerpt: str = ""
    joined: str = ""


def rows(sheets: Sequence[Sheet], merged: Mapping[str, str]) -> list[Row]:
    """The rows of all tables of a file; a table without its head goes on with the one before. Raises
    Invalid({"file": …}): `no_answer_table` where no row has a code, `no_answer_column`."""
    found: list[Row] = []
    head: Line | None = None
    for index, sheet in enumerate(sheets):
        table, head = _table(sheet, head)
        if table is not None:
            found += _rows(table, sheet, index, merged)
    if not any(LOOKS_LIKE_A_CODE.search(one.code) for one in found):
        raise Invalid({"file": "no_answer_table"})
    return found


def begins_a_row(cell: str) -> bool:
    """Whether a cell holds a code and nothing before it."""
    return LOOKS_LIKE_A_CODE.match(cell) is not None


def as_json(row: Row) -> dict[str, Any]:
    """A row as it is kept until somebody has looked at it."""
    return {**vars(row)}


def from_json(kept: Mapping[str, Any]) -> Row:
    """The same again."""
    return Row(**kept)


def _table(sheet: Sheet, head: Line | None) -> tuple[tables.Table | None, Line | None]:
    """The table in a sheet by its own head, that of the sheet before, or else by where its codes stand."""
    own = _headed(sheet)
    if own is not None:
        line = next(one for one in sheet.lines if one.number == own.head)
        return (own if ANSWER in own.places else _refused(own)), line
    if not any(LOOKS_LIKE_A_CODE.search(cell) for line in sheet.lines for cell in line.cells):
        return None, head
    if head is not None:
        return _headed(replace(sheet, lines=[replace(head, number=0), *sheet.lines])), head
    return _headless(sheet), None


def _headed(sheet: Sheet) -> tables.Table | None:
    try:
        return tables.table([sheet], columns())
    except Invalid:
        return None


def _refused(table: tables.Table) -> tables.Table | None:
    """None for a table of something else."""
    said = (cell for record in table.records for cell in record.values.values())
    if any(LOOKS_LIKE_A_CODE.search(cell) for cell in said):
        raise Invalid({"file": "no_answer_column"})
    return None


def _headless(sheet: Sheet) -> tables.Table:
    """Rows without any head, as they are pasted: the code wherever it stands, the answer in the last column."""
    last = max(len(line.cells) for line in sheet.lines) - 1
    code = next(at for line in sheet.lines for at, cell in enumerate(line.cells) if LOOKS_LIKE_A_CODE.search(cell))
    places = {CODE: code, ANSWER: last}
    records = tuple(
        tables.Record(line.number, {key: line.cells[at] if at < len(line.cells) else "" for key, at in places.items()})
        for line in sheet.lines
    )
    return tables.Table(sheet.name, 0, places, {}, (), records)


def _rows(table: tables.Table, sheet: Sheet, index: int, merged: Mapping[str, str]) -> Iterator[Row]:
    """Each row with those that only go on with it put to it."""
    lines = {line.number: line for line in sheet.lines}
    held: Row | None = None
    of_code = of_answer = ""
    for record in table.records:
        own = _row(record, lines[record.number])
        cell_of_code, cell_of_answer = (_cell(table, index, record, key, merged) for key in (CODE, ANSWER))
        if held is not None and (_goes_on(own, record) or (cell_of_code and cell_of_code == of_code)):
            if own.answer.strip() and cell_of_answer != of_answer:
                held = replace(held, answer=AGAIN.join(filter(None, (held.answer, own.answer))))
            of_answer = cell_of_answer
            continue
        if held is not None:
            yield held
        joined = cell_of_answer if cell_of_answer in set(merged.values()) else ""
        held, of_code, of_answer = replace(own, joined=joined), cell_of_code, cell_of_answer
    if held is not None:
        yield held


def _row(record: tables.Record, line: Line) -> Row:
    said = record.values
    code = said.get(CODE, "")
    if not LOOKS_LIKE_A_CODE.search(code):
        code = next((cell for cell in line.cells if LOOKS_LIKE_A_CODE.match(cell.strip())), code)
    excerpt = one_line(" · ".join(said.get(key, "") for key in (TOPIC, OPINION) if said.get(key)))[:LONGEST_EXCERPT]
    known = LOOKS_LIKE_A_CODE.search(code)
    return Row(record.number, one_line(code), said.get(RESULT, ""), said.get(ANSWER, ""), "" if known else excerpt)


def _goes_on(row: Row, record: tables.Record) -> bool:
    """Whether a row says nothing but more of an answer."""
    others = (record.values.get(key, "").strip() for key in (CODE, TOPIC, CONTRIBUTOR, OPINION, RESULT))
    return not any(others) and not row.code


def _cell(table: tables.Table, index: int, record: tables.Record, key: str, merged: Mapping[str, str]) -> str:
    """Which cell of the file this is; the first of those that are merged with it."""
    if key not in table.places:
        return ""
    own = f"{index}:{record.number}:{table.places[key]}"
    return merged.get(own, own)
