"""The cells of a stranger's spreadsheet as text, within bounds. Runs in the sandbox only.

What a cell shows is what counts: a day as people write it, a number without what a computer adds to it, of a formula
what it last came to. What cannot be said as text is a problem of its cell, and stands there by its code.
"""

from __future__ import annotations

import csv
import io
import itertools
import re
import warnings
import zipfile
from collections import Counter
from collections.abc import Iterator
from datetime import date, datetime, time
from typing import Any

import openpyxl

from consult.files.rejection import FileRejected
from consult.files.spreadsheets import open_document
from consult.files.spreadsheets.sheets import (
    BROKEN,
    LARGEST_TEXT,
    LARGEST_UNPACKED,
    LAST_LINE,
    LONGEST_CELL,
    MOST_SHEETS,
    WITHOUT_RESULT,
    Line,
    Room,
    Sheet,
    kept,
)

_ESCAPED = re.compile("_x([0-9A-Fa-f]{4})_")
"""How Excel writes a sign that XML cannot hold, or a line break that was pasted."""
_SAID_SEPARATOR = re.compile(r'"?sep=([;,\t])"?\s*')
"""The first line by which a CSV tells Excel its separator."""
_LOOKED_AT = 20
"""Lines of a CSV by which its separator is told."""
_OLD = b"\xd0\xcf\x11\xe0"
_SIGNS = (b"\xef\xbb\xbf", b"\xff\xfe", b"\xfe\xff")
_ENCODINGS = ("utf-8-sig", "utf-16", "utf-16")


def read(data: bytes) -> list[Sheet]:
    """The sheets of a workbook (XLSX, ODS), or the one of a CSV. Raises FileRejected: `old_spreadsheet`,
    `damaged_file`, `not_a_spreadsheet`, `csv_encoding`, `too_many_rows`, `too_many_columns`, `too_large_inside`."""
    if data.startswith(_OLD):
        raise FileRejected("old_spreadsheet")
    if data.startswith(b"PK\x03\x04"):
        return open_document.read(data)[0] if open_document.is_one(data) else _workbook(data)
    return [Sheet("", list(_of_csv(_text(data), Room())))]


def _workbook(data: bytes) -> list[Sheet]:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as package:
            if "xl/workbook.xml" not in package.namelist():
                raise FileRejected("not_a_spreadsheet")
            if sum(part.file_size for part in package.infolist()) > LARGEST_UNPACKED:
                raise FileRejected("too_large_inside")
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            return _sheets(data)
    except (FileRejected, MemoryError):
        raise
    except Exception as error:  # What openpyxl raises for a file that is none has no common kind.
        raise FileRejected("damaged_file") from error


def _sheets(data: bytes) -> list[Sheet]:
    """Every sheet, read twice at once: what cells came to, and whether that was by a formula."""
    came_to = openpyxl.load_workbook(io.BytesIO(data), read_only=True, data_only=True, keep_links=False)
    written = openpyxl.load_workbook(io.BytesIO(data), read_only=True, data_only=False, keep_links=False)
    if len(came_to.worksheets) > MOST_SHEETS:
        raise FileRejected("too_many_rows")
    room = Room()
    return [
        Sheet(shown.title, list(_lines(shown, typed, room)), shown.sheet_state != "visible")
        for shown, typed in zip(came_to.worksheets, written.worksheets, strict=True)
    ]


def _lines(shown: Any, typed: Any, room: Room) -> Iterator[Line]:
    # What a sheet says of its own size is not believed.
    shown.reset_dimensions()
    typed.reset_dimensions()
    pairs = zip(shown.iter_rows(max_row=LAST_LINE), typed.iter_rows(max_row=LAST_LINE), strict=True)
    for number, (row, formulas) in enumerate(pairs, start=1):
        line = Line(number, [])
        for index, (cell, formula) in enumerate(zip(row, formulas, strict=True)):
            text, problem = _said(cell, formula)
            line.cells.append(text)
            if problem:
                line.problems[index] = problem
        if kept(line):
            room.take(line.cells)
            yield line


def _said(cell: Any, formula: Any) -> tuple[str, str]:
    """What a cell shows, and the code of what is wrong with it."""
    value = cell.value
    if value is None:
        return "", WITHOUT_RESULT if formula.value is not None else ""
    if cell.data_type == "e":
        return str(value), BROKEN
    return _as_text(value)[:LONGEST_CELL], ""


def _as_text(value: object) -> str:
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, float):
        return str(int(value)) if value.is_integer() else repr(value)
    if isinstance(value, datetime) and value.time() != time():
        return value.strftime("%d/%m/%Y %H:%M")
    if isinstance(value, date):
        return f"{value.day:02}/{value.month:02}/{value.year:04}"
    return _ESCAPED.sub(lambda sign: chr(int(sign[1], 16)), str(value)).replace("\r\n", "\n").replace("\r", "\n")


def _text(data: bytes) -> str:
    for sign, encoding in zip(_SIGNS, _ENCODINGS, strict=True):
        if data.startswith(sign):
            return _decoded(data, encoding)
    if b"\0" in data:
        raise FileRejected("not_a_spreadsheet")
    return _decoded(data, "utf-8")


def _decoded(data: bytes, encoding: str) -> str:
    try:
        return data.decode(encoding)
    except UnicodeDecodeError as error:
        raise FileRejected("csv_encoding") from error


def _of_csv(text: str, room: Room) -> Iterator[Line]:
    """The rows of a CSV, by the separator that it tells or that divides most of its first lines alike."""
    csv.field_size_limit(LARGEST_TEXT)
    told = _SAID_SEPARATOR.match(text)
    if told:
        # The line that says so is a line of the file, and nothing of the table.
        text = "\n" + text[told.end() :]
    try:
        separator = told[1] if told else max(";\t,", key=lambda one: _divides(text, one))
        for number, cells in enumerate(csv.reader(io.StringIO(text), delimiter=separator), start=1):
            line = Line(number, [cell[:LONGEST_CELL] for cell in cells])
            if kept(line):
                room.take(line.cells)
                yield line
    except csv.Error as error:
        raise FileRejected("damaged_file") from error


def _divides(text: str, separator: str) -> tuple[int, int]:
    """How well a separator divides a CSV: into how many cells how many of its first lines, and how often it stands
    there at all. A title above the head may hold commas, and so may what people say."""
    rows = csv.reader(io.StringIO(text), delimiter=separator)
    widths = Counter(len(cells) for cells in itertools.islice(filter(any, rows), _LOOKED_AT) if len(cells) > 1)
    return max((width * times for width, times in widths.items()), default=0), widths.total()
