"""Pages whose words lie on their side or stand on their head, turned upright. PDFium: sandbox only.

PDFium finds lines only among letters that stand upright in the file itself, whatever the page says of how it is shown.
"""

from __future__ import annotations

import math
from collections import Counter

import pypdfium2
from pypdfium2 import raw as pdfium

FEWEST_LETTERS = 3
_LOOKED_AT = 800
_MOSTLY = 0.6
_QUARTER = 90


def lying(text: pypdfium2.PdfTextPage) -> int | None:
    """By how many degrees clockwise (0, 90, 180, 270) most letters of a page lie in the file; None where there are too
    few letters, or too many ways."""
    count = text.count_chars()
    found: Counter[int] = Counter()
    for place in range(0, count, max(1, count // _LOOKED_AT)):
        sign = pdfium.FPDFText_GetUnicode(text, place)
        if sign > 0x20 and not chr(sign).isspace():
            degrees = math.degrees(pdfium.FPDFText_GetCharAngle(text, place))
            found[round(degrees / _QUARTER) * _QUARTER % 360] += 1
    most = found.most_common(1)
    if not most or sum(found.values()) < FEWEST_LETTERS or most[0][1] < _MOSTLY * sum(found.values()):
        return None
    return most[0][0]


def set_upright(page: pypdfium2.PdfPage, degrees: int) -> None:
    """Turn what a page draws by so many degrees against the clock, and show it as it then stands. To be loaded anew."""
    left, bottom, right, top = page.get_bbox()
    width, height = right - left, top - bottom
    turns = {
        0: (1, 0, 0, 1, -left, -bottom),
        90: (0, 1, -1, 0, top, -left),
        180: (-1, 0, 0, -1, right, top),
        270: (0, -1, 1, 0, -bottom, right),
    }
    page.set_rotation(0)
    if not pdfium.FPDFPage_TransFormWithClip(page, pdfium.FS_MATRIX(*turns[degrees]), None):
        raise pypdfium2.PdfiumError("a page that cannot be turned")
    sides = (height, width) if degrees % 180 else (width, height)
    page.set_mediabox(0, 0, *sides)
    page.set_cropbox(0, 0, *sides)


def turn(page: pypdfium2.PdfPage, degrees: int) -> None:
    """Show a page so many degrees further clockwise than its file says."""
    if degrees:
        page.set_rotation((page.get_rotation() + degrees) % 360)
