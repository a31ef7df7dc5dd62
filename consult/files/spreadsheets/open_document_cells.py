"""The cells of a row of an OpenDocument spreadsheet as text. Runs in the sandbox only."""

from __future__ import annotations

import math
from collections.abc import Iterator
from contextlib import suppress
from datetime import datetime, time
from typing import Any

from consult.files.rejection import FileRejected
from consult.files.spreadsheets.sheets import BROKEN, LONGEST_CELL, MOST_COLUMNS, WITHOUT_RESULT, Line

_NAMES = "{urn:oasis:names:tc:opendocument:xmlns:%s:1.0}"
TABLE, OFFICE, TEXT, STYLE, META = (_NAMES % one for one in ("table", "office", "text", "style", "meta"))
_CALC = "{urn:org:documentfoundation:names:experimental:calc:xmlns:calcext:1.0}"
_CELLS = frozenset({f"{TABLE}table-cell", f"{TABLE}covered-table-cell"})
_ASIDE = frozenset({f"{OFFICE}annotation", f"{TEXT}note", f"{TEXT}ruby-text"})
"""What hangs on words and is none of them."""


def line_of(row: Any) -> Line:
    """What a row says; cells behind the last that may be are only looked at for whether they say anything."""
    line, empty = Line(0, []), 0
    for one in cells_of(row):
        times = count(one, "number-columns-repeated")
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


def cells_of(row: Any) -> Iterator[Any]:
    """The cells of a row, those too that another covers."""
    return (one for one in row if one.tag in _CELLS)


def count(one: Any, name: str) -> int:
    """How often something is there: once, unless it says more."""
    said = one.get(f"{TABLE}{name}", "1")
    return max(1, int(said)) if said.isascii() and said.isdigit() and len(said) < 9 else 1


def _said(cell: Any) -> tuple[str, str]:
    """What a cell says, and the code of what is wrong with it. Of one that another covers nothing is seen."""
    if cell.tag != f"{TABLE}table-cell":
        return "", ""
    shown = "\n".join(_words(one) for one in cell if one.tag == f"{TEXT}p")
    if cell.get(f"{_CALC}value-type") == "error":
        return shown[:LONGEST_CELL], BROKEN
    text = _value(cell, shown)[:LONGEST_CELL]
    return text, WITHOUT_RESULT if not text and cell.get(f"{TABLE}formula") and not _is_text(cell) else ""


def _is_text(cell: Any) -> bool:
    return bool(cell.get(f"{OFFICE}value-type") == "string")


def _value(cell: Any, shown: str) -> str:
    """A number without what a computer adds to it, a day as people write it, and all else as it is shown."""
    kind = cell.get(f"{OFFICE}value-type", "")
    with suppress(ValueError):
        if kind in ("float", "currency", "percentage"):
            return _number(float(cell.get(f"{OFFICE}value", ""))) or shown
        if kind == "date":
            return _day(datetime.fromisoformat(cell.get(f"{OFFICE}date-value", "")))
        if kind == "boolean":
            return str(cell.get(f"{OFFICE}boolean-value", shown))
    return shown or cell.get(f"{OFFICE}string-value", "")


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
        if each.tag == f"{TEXT}s":
            said.append(" " * min(_blanks(each), LONGEST_CELL))
        elif each.tag == f"{TEXT}tab":
            said.append("\t")
        elif each.tag == f"{TEXT}line-break":
            said.append("\n")
        elif isinstance(each.tag, str) and each.tag not in _ASIDE:
            said.append(_words(each))
        said.append(each.tail or "")
    return "".join(said)


def _blanks(one: Any) -> int:
    said = one.get(f"{TEXT}c", "1")
    return int(said) if said.isascii() and said.isdigit() and len(said) < 9 else 1
