"""Reads one picture of a pile: which pages of forms lie in it, however they lie, what is ticked on them, and cuts of
what is written by hand. Decoders on a stranger's file: sandbox only."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from typing import Any

import zxingcpp
from PIL import Image, ImageOps

from consult.files import scan_pictures
from consult.files.paper_forms import corner_codes, layout, plane, ticks
from consult.files.paper_forms.corner_codes import PageMark
from consult.files.paper_forms.layout import FormPage
from consult.files.paper_forms.plane import Perspective, Point

SHOWN = 4.4
"""Pixels to the millimetre of the page that is shown to who types."""
STRANGE_ACROSS = 900
MOST_OFF = 0.012
"""Of the longer side: codes farther from where the others say they are do not lie on one flat page."""
CODES = zxingcpp.BarcodeFormats(zxingcpp.BarcodeFormat.QRCode)

Found = dict[PageMark, dict[int, list[Point]]]


def read(data: bytes, index: int, clauses: Mapping[str, int]) -> list[dict[str, Any]]:
    """The pages in picture `index` (from 0) of a file, those that stand higher first. `clauses` says of each form that
    is known, by its tag, how many clauses it has.

    A page: {"tag", "sheet", "page", "codes" (how many of its four were seen), "ticks": {box: what}, "picture", "cuts":
    {field: picture}} with pictures as WebP in base64. Where nothing of ours lies, one page without a tag. Raises
    Unreadable.
    """
    picture = scan_pictures.opened(data, index)
    seen = _codes(picture)
    known = {mark: codes for mark, codes in seen.items() if mark.page <= len(_pages(mark, clauses))}
    if not known:
        return [_strange(picture, seen)]
    return [_page(picture, mark, codes, _pages(mark, clauses)[mark.page - 1]) for mark, codes in _in_order(known)]


def _codes(picture: Image.Image) -> Found:
    """Every code of ours, by page and corner; once more with more contrast where some of a page are missing."""
    found: Found = defaultdict(dict)
    for tried in (picture, ImageOps.autocontrast(picture, cutoff=(2, 30))):
        for one in zxingcpp.read_barcodes(tried, formats=CODES):
            said = corner_codes.read(one.text)
            if said is not None:
                at = one.position
                corners = (at.top_left, at.top_right, at.bottom_left, at.bottom_right)
                found[said[0]].setdefault(said[1], [(float(corner.x), float(corner.y)) for corner in corners])
        if found and all(len(codes) == 4 for codes in found.values()):
            break
    return found


def _pages(mark: PageMark, clauses: Mapping[str, int]) -> list[FormPage]:
    return layout.pages(clauses[mark.tag]) if mark.tag in clauses else []


def _in_order(known: Found) -> list[tuple[PageMark, dict[int, list[Point]]]]:
    return sorted(known.items(), key=lambda one: (min(point[1] for code in one[1].values() for point in code), one[0]))


def _page(picture: Image.Image, mark: PageMark, codes: dict[int, list[Point]], page: FormPage) -> dict[str, Any]:
    pairs = [
        ((x + right * layout.CODE, y + down * layout.CODE), seen)
        for corner, (x, y) in enumerate(page.corners())
        for (right, down), seen in zip(((0, 0), (1, 0), (0, 1), (1, 1)), codes.get(corner, ()), strict=False)
    ]
    how = plane.fitted(pairs)
    said = {"tag": mark.tag, "sheet": mark.sheet, "page": mark.page, "codes": len(codes)}
    if how is None:
        return {**said, "ticks": _unsure(page), "picture": _shown(picture), "cuts": {}}
    flat = len(codes) > 2 and plane.farthest(how, pairs) < MOST_OFF * max(picture.size)
    # Two codes say where a page lies, and not well enough how it is bent: the frame of each box must be found.
    sure = flat or len(codes) == 2
    looked = {box.name: ticks.look(picture, how, box.x, box.y).value for box in page.boxes} if sure else _unsure(page)
    low = layout.CUT if page.number == 1 else layout.HEIGHT
    return {
        **said,
        "ticks": looked,
        "picture": _cut(picture, how, 0, 0, layout.WIDTH, low),
        "cuts": {
            field.name: _cut(picture, how, field.x - 2, field.y - 2, field.width + 4, field.height + 4)
            for field in page.fields
        },
    }


def _unsure(page: FormPage) -> dict[str, str]:
    return {box.name: ticks.Tick.UNSURE.value for box in page.boxes}


def _cut(picture: Image.Image, how: Perspective, x: float, y: float, width: float, height: float) -> str:
    size = (round(width * SHOWN), round(height * SHOWN))
    flat = picture.transform(
        size, Image.Transform.PERSPECTIVE, plane.part(how, x, y, SHOWN), Image.Resampling.BILINEAR, fillcolor=255
    )
    return scan_pictures.written(flat)


def _strange(picture: Image.Image, seen: Found) -> dict[str, Any]:
    """A picture with nothing on it that is known; with the tag of a form of somewhere else, if it has one."""
    foreign = next(iter(sorted(seen)), None)
    return {
        "tag": "", "sheet": 0, "page": 0, "codes": 0, "ticks": {}, "picture": _shown(picture), "cuts": {},
        "foreign": foreign.tag if foreign else "",
    }  # fmt: skip


def _shown(picture: Image.Image) -> str:
    smaller = picture.copy()
    smaller.thumbnail((STRANGE_ACROSS, STRANGE_ACROSS * 2), Image.Resampling.BILINEAR)
    return scan_pictures.written(smaller)
