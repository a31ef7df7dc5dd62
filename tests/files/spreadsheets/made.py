"""Spreadsheets as people and programs make them."""

import io
from collections.abc import Callable, Sequence
from typing import Any

from openpyxl import Workbook
from openpyxl.worksheet.worksheet import Worksheet

Row = Sequence[Any]


def workbook(*sheets: tuple[str, Sequence[Row]], change: Callable[[Worksheet], object] | None = None) -> bytes:
    """A workbook of these sheets with their rows; `change` has the first of them before it is saved."""
    book = Workbook()
    book.remove(book.worksheets[0])
    for name, rows in sheets:
        sheet = book.create_sheet(name)
        for row in rows:
            sheet.append(list(row))
    if change:
        change(book.worksheets[0])
    written = io.BytesIO()
    book.save(written)
    return written.getvalue()
