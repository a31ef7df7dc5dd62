"""The cells of an OpenDocument spreadsheet (.ods) as text, as `reading.read` gives those of a workbook. Runs in the
sandbox only.

Row and cell are written once with how often they are repeated, up to the last of a million rows: what is empty is
counted and never made. Nothing that a file names outside of itself is opened; what it keeps of another file (a linked
sheet) is as hidden as Calc has it.
"""

from __future__ import annotations

import io
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import IO, Any

from lxml import etree

from consult.files.rejection import FileRejected
from consult.files.spreadsheets.open_document_cells import META, OFFICE, STYLE, TABLE, cells_of, count, line_of
from consult.files.spreadsheets.sheets import (
    LARGEST_UNPACKED,
    LAST_LINE,
    MOST_COLUMNS,
    MOST_SHEETS,
    Line,
    Room,
    Sheet,
    kept,
)

KIND = b"application/vnd.oasis.opendocument.spreadsheet"
_CONTENT, _ABOUT = "content.xml", "meta.xml"
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
    named = (one for one in root.iter(f"{META}user-defined") if one.get(f"{META}name") == name)
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
        begins = {f"{TABLE}table": self._begun}
        ends = {f"{STYLE}style": self._style, f"{TABLE}table-row": self._row, f"{TABLE}table-source": self._linked}
        wanted = [*begins, *ends]
        for event, one in etree.iterparse(content, ("start", "end"), tag=wanted, **_PARSER):
            (begins if event == "start" else ends).get(one.tag, lambda _one: None)(one)
        return self.sheets, self.merged

    def _style(self, one: Any) -> None:
        """A look of sheets that nobody sees."""
        if any(each.get(f"{TABLE}display") == "false" for each in one.iter(f"{STYLE}table-properties")):
            self.unseen.add(one.get(f"{STYLE}name"))

    def _begun(self, one: Any) -> None:
        """A sheet; tables elsewhere are kept copies of other files."""
        own = one.getparent() is not None and one.getparent().tag == f"{OFFICE}spreadsheet"
        self.line = 0
        self.sheets.append(
            Sheet(one.get(f"{TABLE}name", ""), [], not own or one.get(f"{TABLE}style-name") in self.unseen)
        )
        if len(self.sheets) > MOST_SHEETS:
            raise FileRejected("too_many_rows")

    def _linked(self, _one: Any) -> None:
        if self.sheets:
            self.sheets[-1].hidden = True

    def _row(self, one: Any) -> None:
        """A row as often as it is repeated; an empty one only counts."""
        times = count(one, "number-rows-repeated")
        line = line_of(one)
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
        for one in cells_of(row):
            down, across = count(one, "number-rows-spanned"), count(one, "number-columns-spanned")
            if (down, across) != (1, 1) and column < MOST_COLUMNS:
                self._note(index, line, column, min(down, self.room.rows + 1), min(across, MOST_COLUMNS - column))
            column += count(one, "number-columns-repeated")

    def _note(self, index: int, line: int, column: int, down: int, across: int) -> None:
        # Of all merged cells together no more are noted than a file may have rows.
        if len(self.merged) + down * across > LAST_LINE:
            return
        for below in range(line, line + down):
            for beside in range(column, column + across):
                self.merged[f"{index}:{below}:{beside}"] = f"{index}:{line}:{column}"
