"""Columns of people's spreadsheets that are kept nowhere, not even until somebody has looked: religion, ethnicity and
the personal number say of a person what nobody here is to know."""

from collections.abc import Sequence
from dataclasses import replace
from functools import cache

from consult.catalogues import sentence
from consult.files.spreadsheets.sheets import Line, Sheet
from consult.text import one_line, searched

LANGUAGES = ("vi", "en")
HEADINGS_WITHIN = 30
"""Lines in which a heading is looked for."""


def without_private(sheets: Sequence[Sheet]) -> list[Sheet]:
    """The sheets with such columns empty; where they stand stays, so that all else is where it was."""
    return [_cleared(sheet) for sheet in sheets]


def _cleared(sheet: Sheet) -> Sheet:
    private = {
        at for line in sheet.lines[:HEADINGS_WITHIN] for at, cell in enumerate(line.cells) if _is_private(cell)
    }  # fmt: skip
    return replace(sheet, lines=[_without(line, private) for line in sheet.lines]) if private else sheet


def _without(line: Line, private: set[int]) -> Line:
    return replace(line, cells=["" if at in private else cell for at, cell in enumerate(line.cells)])


def _is_private(cell: str) -> bool:
    return searched(one_line(cell.rstrip("*: "))) in _headings()


@cache
def _headings() -> frozenset[str]:
    said = (sentence(language, "sheet.never_kept", {}) for language in LANGUAGES)
    return frozenset(searched(name) for names in said for name in names.split("|"))
