"""The codes in the four corners of every page of a printed form: which form it is, the number of the sheet, its page
and the corner. They say what a page is and, since each has four corners of its own, how it lies."""

import re
from dataclasses import dataclass
from io import BytesIO

import segno

TAG_SIGNS = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"
TAG_LENGTH = 8
MOST_SHEETS = 9_999
_WRITTEN = re.compile(rf"P([{TAG_SIGNS}]{{{TAG_LENGTH}}})([0-9]{{4}})([1-9])([0-3])")


@dataclass(frozen=True, order=True)
class PageMark:
    """Which page of which sheet of which form."""

    tag: str
    sheet: int
    page: int


def written(mark: PageMark, corner: int) -> str:
    """What the code in a corner (0 to 3: upper left, upper right, lower left, lower right) says."""
    return f"P{mark.tag}{mark.sheet:04d}{mark.page}{corner}"


def read(text: str) -> tuple[PageMark, int] | None:
    """What a code says; None for one that is none of ours."""
    found = _WRITTEN.fullmatch(text)
    return (PageMark(found[1], int(found[2]), int(found[3])), int(found[4])) if found else None


def drawn(mark: PageMark, corner: int) -> str:
    """The code as an SVG without a margin: 21 modules across, so that every printer keeps them apart."""
    code = segno.make_qr(written(mark, corner), version=1, error="q", boost_error=False)
    picture = BytesIO()
    code.save(picture, kind="svg", border=0, dark="#000", xmldecl=False, svgns=True, scale=4)
    return picture.getvalue().decode()
