"""A scanned page made ready to be recognised: evenly lit, without specks, its lines level. Sandbox only."""

from __future__ import annotations

from PIL import Image, ImageChops, ImageFilter, ImageOps, ImageStat

WIDEST_TURN = 12.0
"""Degrees: what lay askew in the scanner is turned by less, and what lies on its side is another matter."""

_LOOKED_AT = 600  # pixels across; lines of text still stand apart
_COARSE, _FINE = 1.0, 0.2  # degrees between two looks
_LEAST_TURN = 0.3
_PLAINLY = 1.02  # times as clear as it lies
_BLOCK = 4  # pixels; a stroke is as thick
_STROKE = 110  # of 255, how much ink such a block of a stroke has
_PLAIN, _FAINT = 100, 48  # of 255
_DOTS, _SPECKS = 0.004, 0.05  # of the page; of all ink, away from strokes
_DARK = 150
_DARKEST = 120


def cleaned(page: Image.Image) -> Image.Image:
    """A page in grey, likewise in grey and about as large."""
    even = _evenly_lit(page.convert("L"))
    quiet = _without_specks(even)
    turn = _askew(quiet)
    if abs(turn) < _LEAST_TURN:
        return quiet
    return quiet.rotate(turn, Image.Resampling.BICUBIC, expand=True, fillcolor=255)


def _evenly_lit(page: Image.Image) -> Image.Image:
    """Shadows of a fold or a hand taken away, paper white and ink black."""
    small = page.resize((max(1, page.width // 16), max(1, page.height // 16)), Image.Resampling.BOX)
    paper = small.filter(ImageFilter.MaxFilter(5)).filter(ImageFilter.GaussianBlur(4)).resize(page.size)
    lit = ImageChops.add(page, ImageChops.invert(paper))
    # Where there is little ink, the darkest of it are not so many: what is no darker than this is no ink.
    black, white = min(_reached(lit, 0.005), _DARKEST), max(_reached(lit, 0.6), _DARKEST + 100)
    return lit.point(lambda value: max(0, min(255, (value - black) * 255 // (white - black))))


def _reached(page: Image.Image, share: float) -> int:
    """The grey up to which this share of a page is."""
    seen, wanted = 0, share * page.width * page.height
    for grey, count in enumerate(page.histogram()):
        seen += count
        if seen >= wanted:
            return grey
    return 255


def _without_specks(page: Image.Image) -> Image.Image:
    """Single dots taken away, and what lies apart from all thicker strokes, where there is much of either; a clean page
    keeps its fine strokes and accents."""
    median = page.filter(ImageFilter.MedianFilter(3))
    if _share(ImageChops.difference(page, median)) > _DOTS:
        page = median
    ink = ImageOps.invert(page)
    blocks = ink.resize((max(1, page.width // _BLOCK), max(1, page.height // _BLOCK)), Image.Resampling.BOX)
    strokes = blocks.point(lambda value: 255 if value > _STROKE else 0)
    near = strokes.filter(ImageFilter.MaxFilter(5)).resize(page.size)
    kept = ImageChops.multiply(ink, near)
    whole = _share(ink, _FAINT)
    return ImageOps.invert(kept) if whole - _share(kept, _FAINT) > _SPECKS * whole else page


def _share(page: Image.Image, least: int = _PLAIN) -> float:
    """How much of a page is there, at least so strongly."""
    return float(ImageStat.Stat(page.point(lambda value: 1 if value > least else 0)).mean[0])


def _askew(page: Image.Image) -> float:
    """By how many degrees the page must be turned so that its lines are level; 0 when that is not plain."""
    small = page.copy()
    small.thumbnail((_LOOKED_AT, _LOOKED_AT * 2), Image.Resampling.BOX)
    ink = ImageOps.invert(small).point(lambda value: value if value > 255 - _DARK - 50 else 0)
    steps = int(WIDEST_TURN / _COARSE)
    best = max((step * _COARSE for step in range(-steps, steps + 1)), key=lambda turn: _clearness(ink, turn))
    near = (best + step * _FINE for step in range(-4, 5))
    best = max(near, key=lambda turn: _clearness(ink, turn))
    return best if _clearness(ink, best) > _PLAINLY * _clearness(ink, 0.0) else 0.0


def _clearness(ink: Image.Image, turn: float) -> float:
    """How sharply lines and the gaps between them stand apart when turned: by the ink of each row."""
    turned = ink.rotate(turn, Image.Resampling.BILINEAR)
    rows = list(turned.resize((1, turned.height), Image.Resampling.BOX).tobytes())
    return float(sum((one - other) ** 2 for one, other in zip(rows, rows[1:], strict=False)))
