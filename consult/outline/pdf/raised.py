"""The marks of notes behind the number of an article, clause or point ("Điều 5¹."), which PDFium gives as digits of it.

PDFium: sandbox only.
"""

from __future__ import annotations

import ctypes
import re

import pypdfium2
from pypdfium2 import raw as pdfium

_NUMBER = re.compile(
    r"(?:^|(?<=\n))(?:(?:Điều|ĐIỀU)\s+)?"
    r"(?P<number>(?:\d{1,3}[a-zđ]?|[a-zđ])[.)]?(?:\r\n)?\d{1,3}(?:\r\n)?|\d{2,6}(?:\r\n)?)(?=[.):\s])"
)
_ABOVE = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")
_SMALLER, _HIGHER, _LEVEL = 0.8, 0.15, 0.1  # of the size of the letters


def with_notes_raised(page: pypdfium2.PdfTextPage, text: str) -> str:
    """The text of a page (as PDFium gave it) in which such marks are written above the line, and do not break it."""
    found = list(_NUMBER.finditer(text))
    if not found:
        return text
    signs = _Signs(page, text)
    pieces: list[str] = []
    done = 0
    for match in found:
        start, end = match.span("number")
        raised = {at for at in range(start + 1, end) if text[at].isdigit() and signs.is_raised(at, start)}
        if raised:
            kept = end if signs.is_level(end, start) else len(text[:end].rstrip())
            pieces += [text[done:start], *(_shown(text[at], at in raised) for at in range(start, kept))]
            done = kept
    return "".join([*pieces, text[done:]])


def _shown(sign: str, raised: bool) -> str:
    return sign.translate(_ABOVE) if raised else sign.strip()


class _Signs:
    """Where the signs of a text stand on its page."""

    def __init__(self, page: pypdfium2.PdfTextPage, text: str) -> None:
        self._page = page
        self._places: list[int] = []
        # PDFium leaves signs of the page out of its text, and adds none.
        given = iter(enumerate(pdfium.FPDFText_GetUnicode(page, place) for place in range(page.count_chars())))
        for sign in text:
            place = next((place for place, code in given if code == ord(sign)), None)
            if place is None:
                break
            self._places.append(place)

    def is_raised(self, at: int, base: int) -> bool:
        """Whether a digit is smaller than the first sign of its number, and stands higher."""
        if at >= len(self._places):
            return False
        size = self._size(base)
        return self._size(at) < _SMALLER * size and _HIGHER * size < self._height(at) - self._height(base) < size

    def is_level(self, at: int, base: int) -> bool:
        """Whether a sign stands on the line of the number."""
        return at < len(self._places) and abs(self._height(at) - self._height(base)) < _LEVEL * self._size(base)

    def _size(self, at: int) -> float:
        return float(pdfium.FPDFText_GetFontSize(self._page, self._places[at]))

    def _height(self, at: int) -> float:
        x, y = ctypes.c_double(), ctypes.c_double()
        pdfium.FPDFText_GetCharOrigin(self._page, self._places[at], x, y)
        return y.value
