"""A spreadsheet as it comes in: scanned, and read in a process of its own."""

import logging
from typing import Any

from consult import sandbox, size_limits
from consult.errors import Invalid
from consult.files import virus_scanner
from consult.files.spreadsheets.sheets import Line, Sheet
from consult.sandbox import Limits, SandboxFailure
from consult.text import stored

LARGEST = size_limits.SPREADSHEET
LIMITS = Limits(memory=512 * 1024 * 1024, processor_seconds=30, seconds=45.0, answer=64 * 1024 * 1024)
READER = "consult.files.spreadsheets.reading:read"
_TOLD = {
    "damaged": "damaged_file", "too_slow": "file_too_hard", "too_much_memory": "file_too_hard",
    "too_large": "too_many_rows", "no_place": "files_busy", "no_walls": "spreadsheets_closed",
}  # fmt: skip
log = logging.getLogger(__name__)


def sheets(data: bytes) -> list[Sheet]:
    """The sheets of a spreadsheet, hidden ones left out, each cell in NFC. Slow (a process of its own opens the file),
    and therefore never in a transaction.

    Raises Invalid({"file": code}): what `reading.read` refuses, `empty_file`, `spreadsheet_too_large`,
    `file_too_hard`, `infected`; and without any fault of the file `files_busy`, `scanner_silent`,
    `spreadsheets_closed`.
    """
    if not data:
        raise Invalid({"file": "empty_file"})
    if len(data) > LARGEST:
        raise Invalid({"file": "spreadsheet_too_large"})
    virus_scanner.scan(data)
    try:
        told: Any = sandbox.run(READER, data=data, limits=LIMITS)
    except SandboxFailure as failure:
        log.info("a spreadsheet was not taken: %s", failure)
        raise Invalid({"file": _TOLD.get(failure.code, failure.code)}) from failure
    found = [Sheet(one["name"], [_line(row) for row in one["lines"]]) for one in told if not one["hidden"]]
    if not any(sheet.lines for sheet in found):
        raise Invalid({"file": "empty_spreadsheet"})
    return found


def _line(row: Any) -> Line:
    problems = {int(index): code for index, code in row["problems"].items()}
    return Line(row["number"], [stored(cell) for cell in row["cells"]], problems)
