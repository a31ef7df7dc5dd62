"""Letters that are printed otherwise than they are typed: capitals by formatting, and raised digits."""

from __future__ import annotations

import re

from consult.outline.text.characters import RAISED

_HEADING = re.compile(r"(?i:chương|phần|mục|tiểu mục|điều|phụ lục)\s")
_NUMBER = re.compile(r"\s*(?:(?:Điều|ĐIỀU)\s+)?\d{1,3}[a-zđ]?\.?")
_MOST_PIECES = 50
"""Into which the number at the head of a paragraph may be cut."""

_RAISED = str.maketrans("0123456789", RAISED)


def in_capitals(text: str) -> str:
    """The words of a paragraph that Word prints in capitals, where they are typed otherwise and a number may stand
    before them: "điều 1." is "ĐIỀU 1." then, and "quy định chung" below "Chương I" a heading."""
    return text.upper() if text[:1].islower() or _HEADING.match(text) else text


def raise_digits(pieces: list[str], start: int, goes_on: bool) -> None:
    """Keep raised digits so behind the number with which a paragraph begins: "Điều 5¹." with the mark of a note is not
    Điều 51. Where that `goes_on` what was raised before, only if that was kept so."""
    if start > _MOST_PIECES:
        return
    before = "".join(pieces[:start])
    kept = before[-1:] in RAISED if goes_on else _NUMBER.fullmatch(before)
    if before and kept and "".join(pieces[start:]).strip().isdigit():
        pieces[start:] = [piece.translate(_RAISED) for piece in pieces[start:]]
