"""The table as CSV: one line for each comment received; docs/open-data.md names the columns.

UTF-8 with a byte order mark, so that spreadsheets show Vietnamese. A cell that a spreadsheet would take for a formula
gets an apostrophe in front; the JSON has the text as it is.
"""

import csv
from collections.abc import Iterable
from io import TextIOWrapper
from typing import IO

from consult import clock
from consult.exports.lines import TableHead, TableLine
from consult.text import unturned

WAY = ("referred_to", "referred_on", "referral_due_on", "referral_replied_on", "referral_reply")
"""Where it went last, of what another body is responsible for."""
COLUMNS = (
    "number", "submission_kind", "channel", "received_on", "block", "document", "document_title", "revision", "path",
    "page", "critique_part", "place", "subject", "organisation", "letter_number", "letter_place", "letter_on",
    "sender", "area", "joiners", "author_left", "spoken_in", "visibility", "visibility_reason", "stance", "quote",
    "text", "proposed", "reason", "outcome", "outcome_reason", "part_of", "parts", "response", "disposition", "answer",
    "change", "change_path", "change_revision", "change_place", "answered_on", "first_answered_on",
    "second_word", "second_word_on", "second_word_text", *WAY, "sent_place", "moved_on", "moved_why", "notice",
    "counted_at",
)  # fmt: skip
_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
"""What begins a formula in a spreadsheet, also in its full-width form."""


def write(file: IO[bytes], head: TableHead, lines: Iterable[TableLine]) -> None:
    """Writes the CSV; `lines` are taken one by one."""
    text = TextIOWrapper(file, encoding="utf-8-sig", newline="")
    writer = csv.writer(text)
    writer.writerow(COLUMNS)
    counted_at = head.counted_at.astimezone(clock.LOCAL_ZONE).isoformat(timespec="minutes")
    for line in lines:
        writer.writerow([neutral(value) for value in _values(line, head.notice, counted_at)])
    text.flush()
    text.detach()


def neutral(value: str) -> str:
    """`value` as a spreadsheet shows it and never reckons it, nor turns its line around."""
    value = unturned(value)
    return f"'{value}" if is_formula(value) else value


def is_formula(value: str) -> bool:
    """Whether a spreadsheet would take `value`, typed into a cell, for something to be reckoned."""
    return value.lstrip(" ").startswith(_FORMULA)


def way(line: TableLine) -> tuple[object, ...]:
    """What the columns `WAY` say of a line; nothing where it went nowhere."""
    last = line.last_way
    return (last.body, last.sent_on, last.due_on, last.replied_on, last.reply) if last else ("",) * len(WAY)


def _values(line: TableLine, notice: str, counted_at: str) -> list[str]:
    named: dict[str, object] = {"submission_kind": line.kind, "notice": notice, "spoken_in": line.spoken}
    named["counted_at"] = counted_at
    named["author_left"] = "true" if line.left else ""
    named.update(zip(WAY, way(line), strict=True))
    named["parts"] = " ".join(str(part) for part in line.parts)
    values = (named[column] if column in named else getattr(line, column) for column in COLUMNS)
    return ["" if value is None else str(value) for value in values]
