"""Whether a printed box was ticked, as far as that is sure. The thresholds were measured on the set of
`tests/files/paper_forms/scans.py` (`bench/paper_forms.py` prints what comes of it)."""

from enum import StrEnum

from PIL import Image, ImageFilter

from consult.files.paper_forms import plane
from consult.files.paper_forms.layout import BOX
from consult.files.paper_forms.plane import Perspective

SCALE = 4
"""Pixels to the millimetre of the cut that is looked at."""
AROUND = 3.0
"""Millimetres around the box."""
MOST_OFF = 7
"""So many pixels a box may lie beside where it is looked for: paper is never quite flat."""
EDGE = 3
"""Pixels inside the frame that may be its own shadow."""
STROKE = 5
"""Pixels of half the size: no stroke of a pen is wider, and no shadow narrower."""
DEEPEST_SHADOW = 0.5
STRONG, WEAK = 0.62, 0.82
"""Below these parts of the paper beside it a pixel is ink for sure, or may be."""
EMPTY, TICKED, FILLED = 0.03, 0.055, 0.45
"""Parts of the inside: at most so much may be ink where nothing is, at least so much is where something is."""
FRAME = 0.8
"""The frame is at least so dark, or there is no box to be seen."""


class Tick(StrEnum):
    """What was found in a box."""

    EMPTY = "empty"
    CROSSED = "crossed"
    FILLED = "filled"
    UNSURE = "unsure"


MARKED = frozenset({Tick.CROSSED, Tick.FILLED})


def look(picture: Image.Image, how: Perspective, x: float, y: float) -> Tick:
    """What stands in the box at (x, y) of a page that lies in a grey picture as `how` says."""
    side = round((BOX + 2 * AROUND) * SCALE)
    cut = picture.transform(
        (side, side), Image.Transform.PERSPECTIVE, plane.part(how, x - AROUND, y - AROUND, SCALE),
        Image.Resampling.BILINEAR, fillcolor=255,
    )  # fmt: skip
    paper = _paper(cut)
    if paper is None:
        return Tick.UNSURE
    parts = bytes(
        min(255, round(here * 200 / (ground or 1))) for here, ground in zip(cut.tobytes(), paper, strict=True)
    )
    left, top, darkness = _frame(parts, side)
    if darkness > FRAME * 200:
        return Tick.UNSURE
    return _judged(parts, side, left, top)


def _paper(cut: Image.Image) -> bytes | None:
    """How light the paper is at each pixel, without what is written on it; None where nothing is light."""
    levels = sorted(cut.tobytes())
    light = levels[len(levels) * 9 // 10]
    if light < 40:
        return None
    half = cut.reduce(2).filter(ImageFilter.MaxFilter(STROKE)).filter(ImageFilter.GaussianBlur(1))
    ground, least = half.resize(cut.size, Image.Resampling.BILINEAR), round(light * DEEPEST_SHADOW)
    return bytes(max(least, level) for level in ground.tobytes())


def _frame(parts: bytes, side: int) -> tuple[int, int, float]:
    """Where the frame is found nearest to where it should be, and how dark it is there."""
    middle, length = round(AROUND * SCALE), round(BOX * SCALE)
    coarse = [(left, top) for left in range(-MOST_OFF, MOST_OFF + 1, 2) for top in range(-MOST_OFF, MOST_OFF + 1, 2)]
    _, left, top = min((_darkness(parts, side, middle + x, middle + y, length, 2), x, y) for x, y in coarse)
    near = [(left + x, top + y) for x in (-1, 0, 1) for y in (-1, 0, 1)]
    darkness, left, top = min((_darkness(parts, side, middle + x, middle + y, length, 1), x, y) for x, y in near)
    return middle + left, middle + top, darkness


def _darkness(parts: bytes, side: int, left: int, top: int, length: int, step: int) -> float:
    """How light the lines of a square are, on average."""
    right, low = left + length - 1, top + length - 1
    upper = sum(parts[top * side + left : top * side + right + 1 : step])
    lower = sum(parts[low * side + left : low * side + right + 1 : step])
    sides = sum(parts[top * side + left : low * side + left + 1 : side * step])
    others = sum(parts[top * side + right : low * side + right + 1 : side * step])
    return (upper + lower + sides + others) * step / (4 * length)


def _judged(parts: bytes, side: int, left: int, top: int) -> Tick:
    length = round(BOX * SCALE)
    inside = b"".join(
        parts[row * side + left + EDGE : row * side + left + length - EDGE]
        for row in range(top + EDGE, top + length - EDGE)
    )
    strong = sum(one < STRONG * 200 for one in inside) / len(inside)
    weak = sum(one < WEAK * 200 for one in inside) / len(inside)
    if weak <= EMPTY:
        return Tick.EMPTY
    if strong >= FILLED:
        return Tick.FILLED
    return Tick.CROSSED if strong >= TICKED else Tick.UNSURE
