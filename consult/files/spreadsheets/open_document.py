"""The cells of an OpenDocument spreadsheet (.ods) as text, as `reading.read` gives those of a workbook. Runs in the
sandbox only.

Row and cell are written once with how often they are repeated, up to the last of a million rows: what is empty is
counted and never made. Nothing that a file names outside of itself is opened; what it keeps of another file (a linked
sheet) is as hidden as Calc has it.
"""

from __future__ import annotations

import io
import math
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from datetime import datetime, time
from typing import IO, Any

from lxml import etree

from consult.files.rejection import FileRejected
from consult.files.spreadsheets.sheets import (
    BROKEN,
    LARGEST_UNPACKED,
    LAST_LINE,
    LONGEST_CELL,
    MOST_COLUMNS,
    MOST_SHEETS,
    WITHOUT_RESULT,
    Line,
    Room,
    Sheet,
    kept,
)

KIND = b"application/vnd.oasis.opendocument.spreadsheet"
_CONTENT, _ABOUT = "content.xml", "meta.xml"
_NAMES = "{urn:oasis:names:tc:opendocument:xmlns:%s:1.0}"
_TABLE, _OFFICE, _TEXT, _STYLE, _META = (_NAMES % one for one in ("table", "office", "text", "style", "meta"))
_CALC = "{urn:org:documentfoundation:names:experimental:calc:xmlns:calcext:1.0}"
_CELLS = frozenset({f"{_TABLE}table-cell", f"{_TABLE}covered-table-cell"})
_ASIDE = frozenset({f"{_OFFICE}annotation", f"{_TEXT}note", f"{_TEXT}ruby-text"})
"""What hangs on words and is none of them."""
_PARSER = {"resolve_entities": False, "no_network": True, "load_dtd": False, "huge_tree": False}
_NOT_ONE = (
    etree.XMLSyntaxError, zipfile.BadZipFile, zlib.error, KeyError, ValueError, OSError, EOFError, RuntimeError,
)  # fmt: skip
"""What reading a file that is torn, locked or none raises."""
Merged = dict[str, str]
"""Which cells ("sheet:line:column") are one with which, as in a table of answers: those merged downwards or across."""


def is_one(data: bytes) -> bool:
    """Whether a ZIP archive says that it is such a spreadsheet."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as package, package.open("mimetype") as said:
            return said.read(len(KIND) + 20).startswith(KIND)
    except _NOT_ONE:
        return False


def read(data: bytes) -> tuple[list[Sheet], Merged]:
    """The sheets, and which cells are merged. Raises FileRejected: `damaged_file` (also one with a password),
    `too_many_rows`, `too_many_columns`, `too_large_inside`."""
    with _part(data, _CONTENT) as content:
        return _Reader().read(content)


def told(data: bytes, name: str) -> str:
    """A property that the file was given by a program; empty where it has none. Raises FileRejected."""
    if not _has(data, _ABOUT):
        return ""
    with _part(data, _ABOUT) as about:
        root = etree.parse(about, etree.XMLParser(**_PARSER)).getroot()
    named = (one for one in root.iter(f"{_META}user-defined") if one.get(f"{_META}name") == name)
    return next(("".join(one.itertext()) for one in named), "")


def _has(data: bytes, name: str) -> bool:
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        return name in package.namelist()


@contextmanager
def _part(data: bytes, name: str) -> Iterator[IO[bytes]]:
    """A part of the package, unpacked as it is read. Raises FileRejected, also for what is found while it is read."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as package:
            if sum(part.file_size for part in package.infolist()) > LARGEST_UNPACKED:
                raise FileRejected("too_large_inside")
            with package.open(name) as content:
                yield content
    except _NOT_ONE as error:
        raise FileRejected("damaged_file") from error


@dataclass
class _Reader:
    """Reads sheet after sheet; of each row all that is kept is what it says."""

    room: Room = field(default_factory=Room)
    sheets: list[Sheet] = field(default_factory=list)
    merged: Merged = field(default_factory=dict)
    unseen: set[str] = field(default_factory=set)
    line: int = 0

    def read(self, content: IO[bytes]) -> tuple[list[Sheet], Merged]:
        begins = {f"{_TABLE}table": self._begun}
        ends = {f"{_STYLE}style": self._style, f"{_TABLE}table-row": self._row, f"{_TABLE}table-source": self._linked}
        wanted = [*begins, *ends]
        for event, one in etree.iterparse(content, ("start", "end"), tag=wanted, **_PARSER):
            (begins if event == "start" else ends).get(one.tag, lambda _one: None)(one)
        return self.sheets, self.merged

    def _style(self, one: Any) -> None:
        """A look of sheets that nobody sees."""
        if any(each.get(f"{_TABLE}display") == "false" for each in one.iter(f"{_STYLE}table-properties")):
            self.unseen.add(one.get(f"{_STYLE}name"))

    def _begun(self, one: Any) -> None:
        """A sheet; tables elsewhere are kept copies of other files."""
        own = one.getparent() is not None and one.getparent().tag == f"{_OFFICE}spreadsheet"
        self.line = 0
        self.sheets.append(
            Sheet(one.get(f"{_TABLE}name", ""), [], not own or one.get(f"{_TABLE}style-name") in self.unseen)
        )
        if len(self.sheets) > MOST_SHEETS:
            raise FileRejected("too_many_rows")

    def _linked(self, _one: Any) -> None:
        if self.sheets:
            self.sheets[-1].hidden = True

    def _row(self, one: Any) -> None:
        """A row as often as it is repeated; an empty one only counts."""
        times = _count(one, "number-rows-repeated")
        line = _line(one)
        if self.sheets and not self.sheets[-1].hidden and kept(line):
            for number in range(self.line + 1, min(self.line + times, LAST_LINE) + 1):
                self.room.take(line.cells)
                self.sheets[-1].lines.append(Line(number, list(line.cells), dict(line.problems)))
            self._spans(one)
        self.line += times
        one.clear()
        while one.getprevious() is not None:
            del one.getparent()[0]

    def _spans(self, row: Any) -> None:
        """Notes the cells that one of this row goes over."""
        index, column, line = len(self.sheets) - 1, 0, self.line + 1
        for one in _cells(row):
            down, across = _count(one, "number-rows-spanned"), _count(one, "number-columns-spanned")
            if (down, across) != (1, 1) and column < MOST_COLUMNS:
                self._note(index, line, column, min(down, self.room.rows + 1), min(across, MOST_COLUMNS - column))
            column += _count(one, "number-columns-repeated")

    def _note(self, index: int, line: int, column: int, down: int, across: int) -> None:
        # Of all merged cells together no more are noted than a file may have rows.
        if len(self.merged) + down * across > LAST_LINE:
            return
        for below in range(line, line + down):
            for beside in range(column, column + across):
                self.merged[f"{index}:{below}:{beside}"] = f"{index}:{line}:{column}"


def _line(row: Any) -> Line:
    """What a row says; cells behind the last that may be are only looked at for whether they say anything."""
    line, empty = Line(0, []), 0
    for one in _cells(row):
        times = _count(one, "number-columns-repeated")
        text, problem = _said(one)
        if not text.strip() and not problem:
            empty += times
            continue
        if len(line.cells) + empty + times > MOST_COLUMNS:
            raise FileRejected("too_many_columns")
        line.cells += [*[""] * empty, *[text] * times]
        empty = 0
        if problem:
            line.problems |= dict.fromkeys(range(len(line.cells) - times, len(line.cells)), problem)
    return line


def _cells(row: Any) -> Iterator[Any]:
    return (one for one in row if one.tag in _CELLS)


def _count(one: Any, name: str) -> int:
    """How often something is there: once, unless it says more."""
    said = one.get(f"{_TABLE}{name}", "1")
    return max(1, int(said)) if said.isascii() and said.isdigit() and len(said) < 9 else 1


def _said(cell: Any) -> tuple[str, str]:
    """What a cell says, and the code of what is wrong with it. Of one that another covers nothing is seen."""
    if cell.tag != f"{_TABLE}table-cell":
        return "", ""
    shown = "\n".join(_words(one) for one in cell if one.tag == f"{_TEXT}p")
    if cell.get(f"{_CALC}value-type") == "error":
        return shown[:LONGEST_CELL], BROKEN
    text = _value(cell, shown)[:LONGEST_CELL]
    return text, WITHOUT_RESULT if not text and cell.get(f"{_TABLE}formula") and not _is_text(cell) else ""


def _is_text(cell: Any) -> bool:
    return bool(cell.get(f"{_OFFICE}value-type") == "string")


def _value(cell: Any, shown: str) -> str:
    """A number without what a computer adds to it, a day as people write it, and all else as it is shown."""
    kind = cell.get(f"{_OFFICE}value-type", "")
    with suppress(ValueError):
        if kind in ("float", "currency", "percentage"):
            return _number(float(cell.get(f"{_OFFICE}value", ""))) or shown
        if kind == "date":
            return _day(datetime.fromisoformat(cell.get(f"{_OFFICE}date-value", "")))
        if kind == "boolean":
            return str(cell.get(f"{_OFFICE}boolean-value", shown))
    return shown or cell.get(f"{_OFFICE}string-value", "")


def _number(value: float) -> str:
    if not math.isfinite(value):
        return ""
    return str(int(value)) if value.is_integer() else repr(value)


def _day(value: datetime) -> str:
    day = f"{value.day:02}/{value.month:02}/{value.year:04}"
    return day if value.time() == time() else f"{day} {value:%H:%M}"


def _words(one: Any) -> str:
    """The words of a paragraph: blanks that are counted, tabs and breaks are written out; notes are left out."""
    said = [one.text or ""]
    for each in one:
        if each.tag == f"{_TEXT}s":
            said.append(" " * min(_blanks(each), LONGEST_CELL))
        elif each.tag == f"{_TEXT}tab":
            said.append("\t")
        elif each.tag == f"{_TEXT}line-break":
            said.append("\n")
        elif isinstance(each.tag, str) and each.tag not in _ASIDE:
            said.append(_words(each))
        said.append(each.tail or "")
    return "".join(said)


def _blanks(one: Any) -> int:
    said = one.get(f"{_TEXT}c", "1")
    return int(said) if said.isascii() and said.isdigit() and len(said) < 9 else 1
