"""A table of answers as it comes in, as a file or pasted: scanned, and read in a process of its own."""

import logging
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from consult import sandbox, size_limits
from consult.errors import Invalid
from consult.files import virus_scanner
from consult.files.spreadsheets.pasted import sheet
from consult.files.spreadsheets.sheets import Line, Sheet
from consult.responses.answer_tables.rows import Row, begins_a_row, rows
from consult.sandbox import Limits, SandboxFailure, conversion
from consult.text import stored

LARGEST = size_limits.SPREADSHEET
LONGEST_PASTED = size_limits.ALL_TEXT
LIMITS = Limits(memory=512 * 1024 * 1024, processor_seconds=30, seconds=45.0, answer=64 * 1024 * 1024)
READER = "consult.responses.answer_tables.reading:read"
_TOLD = {
    "damaged": "damaged_file", "bomb": "damaged_file", "encrypted": "damaged_file", "part_too_large": "file_too_hard",
    "too_slow": "file_too_hard", "too_much_memory": "file_too_hard", "too_large": "too_many_rows",
    "no_place": "files_busy", "no_walls": "spreadsheets_closed", "old_spreadsheet": "old_answer_table",
    "old_word": "old_answer_table", "open_document": "old_answer_table",
    "not_a_spreadsheet": "no_answer_table", "not_converted": "damaged_file", "csv_encoding": "no_answer_table",
}  # fmt: skip
log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Brought:
    """What came: its rows, what the file says of itself (which rows it was taken out with), and codes of doubts."""

    rows: Sequence[Row]
    told: str = ""
    doubts: tuple[str, ...] = ()


def of_file(data: bytes) -> Brought:
    """The rows of a Word file, a spreadsheet (XLSX, ODS, CSV) or, where there is LibreOffice, an ODT. Slow (a process
    of its own opens the file), and therefore never in a transaction.

    Raises Invalid({"file": code}): `empty_file`, `answer_table_too_large`, `old_answer_table` (a format of other
    programs), `no_answer_table`, `no_answer_column`, `damaged_file`, `too_many_rows`, `file_too_hard`, `infected`; and
    without any fault of the file `files_busy`, `scanner_silent`, `spreadsheets_closed`.
    """
    if not data:
        raise Invalid({"file": "empty_file"})
    if len(data) > LARGEST:
        raise Invalid({"file": "answer_table_too_large"})
    virus_scanner.scan(data)
    try:
        told = _read(data)
    except SandboxFailure as failure:
        log.info("a table of answers was not taken: %s", failure)
        raise Invalid({"file": _TOLD.get(failure.code, failure.code)}) from failure
    return _brought(told)


def of_text(pasted: str) -> Brought:
    """The rows of what was pasted from Word, Excel or a mail: cells divided by tabs. Raises Invalid({"pasted": code}):
    `required`, `too_long`, `no_answer_table`, `no_answer_column`."""
    if not pasted.strip():
        raise Invalid({"pasted": "required"})
    if len(pasted) > LONGEST_PASTED:
        raise Invalid({"pasted": "too_long"})
    try:
        return Brought(rows([sheet(pasted, begins_a_row)], {}))
    except Invalid as invalid:
        raise Invalid({"pasted": invalid.errors["file"]}) from invalid


def _read(data: bytes) -> Any:
    try:
        return sandbox.run(READER, data=data, limits=LIMITS)
    except SandboxFailure as failure:
        if failure.code not in conversion.FORMATS or conversion.program() is None:
            raise
        return sandbox.run(READER, data=conversion.as_docx(data, failure.code), limits=LIMITS)


def _brought(told: Mapping[str, Any]) -> Brought:
    sheets = [
        Sheet(one["name"], [] if one["hidden"] else [_line(row) for row in one["lines"]]) for one in told["sheets"]
    ]
    return Brought(rows(sheets, told["merged"]), stored(told["told"])[:20_000], tuple(told["doubts"]))


def _line(row: Any) -> Line:
    return Line(row["number"], [stored(cell) for cell in row["cells"]])
