"""The tables in a stranger's Word file, spreadsheet or pasted text, cell by cell. Runs in the sandbox only.

What is tracked in Word is read as if it had been accepted, and told. A cell merged downwards says the same in each of
its rows, and which cells are one is told, since an answer for several rows is one answer.
"""

from __future__ import annotations

import io
import zipfile
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any

from lxml import etree
from openpyxl.utils import range_boundaries

from consult.files.rejection import FileRejected
from consult.files.spreadsheets import open_document
from consult.files.spreadsheets import reading as spreadsheets
from consult.files.spreadsheets.sheets import MOST_COLUMNS, MOST_ROWS, Line, Sheet
from consult.outline.blocks import Block, Cell, Doubt, Paragraph, Table, Unreadable
from consult.outline.docx.document import read_docx
from consult.responses.answer_tables.words import PROPERTY

_WORD = "word/"
_NOTED = frozenset({"tracked_changes", "struck_text", "hidden_text", "embedded_object", "text_box"})
"""Doubts that somebody who looks at the rows should know of."""


@dataclass
class Tables:
    """The tables of a file as sheets; `merged` says of cells ("sheet:line:column") which cell they are one with;
    `told` is what the file says of itself, `doubts` are codes."""

    sheets: list[Sheet] = field(default_factory=list)
    merged: dict[str, str] = field(default_factory=dict)
    told: str = ""
    doubts: list[str] = field(default_factory=list)


def read(data: bytes) -> Tables:
    """The tables of a file. Raises FileRejected as `spreadsheets.reading.read`, and Unreadable as the reader of Word
    files does (`open_document`, `old_word`, `damaged`, …)."""
    if not data.startswith(b"PK\x03\x04"):
        return Tables(spreadsheets.read(data))
    names = _names(data)
    if any(name.startswith(_WORD) for name in names):
        return _of_word(data)
    if b"application/vnd.oasis.opendocument.text" in data[:200]:
        raise Unreadable("open_document")
    if open_document.is_one(data):
        return Tables(*open_document.read(data), told=open_document.told(data, PROPERTY))
    return Tables(spreadsheets.read(data), _merged_in(data), _told(data))


def _names(data: bytes) -> list[str]:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as package:
            return package.namelist()
    except (zipfile.BadZipFile, ValueError, OSError) as error:
        raise FileRejected("damaged_file") from error


def _of_word(data: bytes) -> Tables:
    found = Tables(told=_told(data))
    blocks = read_docx(data).blocks
    met = Counter(doubt.code for doubt in _doubts(blocks))
    for index, table in enumerate(_tables(blocks)):
        sheet = Sheet(str(index), [])
        for number, row in enumerate(_grid(table), start=1):
            if len(row) > MOST_COLUMNS or number > MOST_ROWS:
                raise FileRejected("too_many_columns" if len(row) > MOST_COLUMNS else "too_many_rows")
            sheet.lines.append(Line(number, [text for text, _origin in row]))
            for column, (_text, origin) in enumerate(row):
                if origin != number:
                    found.merged[f"{index}:{number}:{column}"] = f"{index}:{origin}:{column}"
        found.sheets.append(sheet)
    found.doubts = sorted(code for code in met if code in _NOTED)
    return found


def _tables(blocks: Iterable[Block]) -> Iterator[Table]:
    return (one for one in blocks if isinstance(one, Table))


def _grid(table: Table) -> Iterator[list[tuple[str, int]]]:
    """The rows of a table with a cell for every column: its text, and the number of the row in which it begins."""
    above: dict[int, tuple[str, int, int]] = {}
    for number, row in enumerate(table.rows, start=1):
        cells: list[tuple[str, int]] = []
        waiting = list(row)
        while waiting or len(cells) in above:
            column = len(cells)
            if column in above:
                text, origin, rest = above.pop(column)
                cells.append((text, origin))
                if rest > 1:
                    above[column] = (text, origin, rest - 1)
                continue
            cell = waiting.pop(0)
            said = _text(cell)
            for at in range(column, column + cell.colspan):
                cells.append((said if at == column else "", number))
                if cell.rowspan > 1:
                    above[at] = (said if at == column else "", number, cell.rowspan - 1)
        yield cells


def _text(cell: Cell) -> str:
    """Everything that a cell says: paragraphs apart by an empty line, points of a list not."""
    said = ""
    before = False
    for block in cell.blocks:
        words, listed = _words(block)
        if words:
            said += ("\n" if listed and before else "\n\n") + words if said else words
            before = listed
    return said


def _words(block: Block) -> tuple[str, bool]:
    """The words of a block, and whether it is a point of a list."""
    if isinstance(block, Table):
        rows = (" | ".join(_text(cell).replace("\n\n", "\n") for cell in row) for row in block.rows)
        return "\n".join(rows).strip(), False
    if not isinstance(block, Paragraph):
        return "", False
    marker = "-" if block.marker in ("•", "·", "o", "▪", "") else block.marker
    notes = "".join(f" [{note}]" for note in block.footnotes)
    said = f"{marker} {block.text}" if marker else block.text
    return (said + notes if block.text or notes else ""), bool(marker) or block.text.startswith(("- ", "+ "))


def _doubts(blocks: Iterable[Block]) -> Iterator[Doubt]:
    for block in blocks:
        if isinstance(block, Table):
            for row in block.rows:
                for cell in row:
                    yield from _doubts(cell.blocks)
        elif isinstance(block, Paragraph):
            yield from block.doubts


def _merged_in(data: bytes) -> dict[str, str]:
    """Which cells of a workbook are merged downwards, by the place of the sheet among those that are read."""
    found: dict[str, str] = {}
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        for index, name in enumerate(_sheets_in_order(package)):
            if name in package.namelist():
                for reference in _references(package.read(name)):
                    _note(found, index, reference)
    return found


def _sheets_in_order(package: zipfile.ZipFile) -> list[str]:
    """The parts of a workbook that are its sheets, in its order."""
    book, links = _xml(package.read("xl/workbook.xml")), _xml(package.read("xl/_rels/workbook.xml.rels"))
    targets = {one.get("Id"): one.get("Target", "") for one in links}
    related = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
    parts = [targets.get(one.get(related), "") for one in book.iter("{*}sheet")]
    return [part.lstrip("/") if part.startswith("/") else f"xl/{part}" for part in parts]


def _references(part: bytes) -> list[str]:
    return [one.get("ref", "") for one in _xml(part).iter("{*}mergeCell")][:MOST_ROWS]


def _note(found: dict[str, str], index: int, reference: str) -> None:
    try:
        first, top, last, bottom = range_boundaries(reference)
    except (ValueError, TypeError):
        return
    if None in (first, top, last, bottom) or (bottom - top) * (last - first + 1) > MOST_ROWS:
        return
    for column in range(first - 1, last):
        for line in range(top + 1, bottom + 1):
            found[f"{index}:{line}:{column}"] = f"{index}:{top}:{first - 1}"


def _told(data: bytes) -> str:
    """What the file says of itself in the property that nobody sees."""
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        if "docProps/custom.xml" not in package.namelist():
            return ""
        root = _xml(package.read("docProps/custom.xml"))
    return next(("".join(one.itertext()) for one in root.iter("{*}property") if one.get("name") == PROPERTY), "")


def _xml(part: bytes) -> Any:
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)
    try:
        return etree.fromstring(part, parser)
    except etree.XMLSyntaxError as error:
        raise FileRejected("damaged_file") from error
