"""The spreadsheet of a branch, filled in as a person would, for tests."""

import io
from collections.abc import Mapping, Sequence
from typing import Any

from openpyxl import load_workbook
from sqlalchemy.orm import Session

from consult.catalogues import sentence
from consult.collections import clause_list
from consult.collections.clause_list import Clause
from consult.collections.models import Branch
from consult.collections.spreadsheet.blank import coded, workbook
from consult.collections.spreadsheet.columns import KEYS

MEETING = {"how": "Cuộc họp", "place": "Nhà văn hóa thôn Bản Mạ", "held_on": "21/11/2026", "people": "40"}


def say(code: str, **values: object) -> str:
    """Vietnamese, without a request."""
    said = sentence("vi", code, values)
    return said % values if values else said


def clauses_of(session: Session, branch: Branch) -> list[Clause]:
    """What may be chosen."""
    return clause_list.of_collection(session, branch.collection, say)


def filled(session: Session, branch: Branch, rows: Sequence[Mapping[str, Any]], blank: bytes = b"") -> bytes:
    """The blank of this branch (or one that was taken away before) with these rows, from the second on."""
    known = clauses_of(session, branch)
    book = load_workbook(io.BytesIO(blank or workbook("Đợt", known, "vi")))
    sheet = book.worksheets[0]
    for number, row in enumerate(rows, start=2):
        for key, value in row.items():
            chosen = coded(known[value]) if key == "anchor" and isinstance(value, int) else value
            sheet.cell(number, KEYS.index(key) + 1).value = chosen
    written = io.BytesIO()
    book.save(written)
    return written.getvalue()
