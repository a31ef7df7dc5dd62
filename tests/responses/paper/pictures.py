"""Sixty scans of a printed form as offices and telephones make them, always the same: filled in by a pen, then skewed,
turned, dark, photographed with perspective and shadow, two to a page, mixed with strange sheets."""

import io
import random
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache

import pypdfium2
from PIL import Image, ImageChops, ImageDraw, ImageEnhance, ImageFilter

from consult.files.paper_forms import layout, plane
from consult.files.paper_forms.corner_codes import PageMark
from consult.files.paper_forms.layout import FormPage, TickBox

DOTS = 150 / 25.4
SEED = 20261129
KINDS = {
    "clean": 14, "skewed": 8, "turned": 6, "dark": 6, "photographed": 12, "two": 4, "faint": 3, "torn": 3, "strange": 4,
}  # fmt: skip
"""How many scans of each kind there are: sixty."""

Truth = dict[PageMark, dict[str, str]]


@dataclass
class Scan:
    """One picture: of which kind, as a file, and what really stands on each page in it."""

    kind: str
    data: bytes
    truth: Truth = field(default_factory=dict)


def drawn(pdf: bytes) -> list[Image.Image]:
    """The pages of a PDF, in grey."""
    with pypdfium2.PdfDocument(pdf) as document:
        return [page.render(scale=DOTS * 25.4 / 72, grayscale=True).to_pil().convert("L") for page in document]


def scans(pdf: bytes, marks: list[PageMark], pages: list[FormPage]) -> Iterator[Scan]:
    """The set; `marks` says what each page of the PDF is, `pages` the layout by page number."""
    chance, printed = random.Random(SEED), drawn(pdf)
    turn = 0

    def filled() -> tuple[Image.Image, Truth]:
        nonlocal turn
        place = turn % len(marks)
        turn += 1
        page, mark = printed[place].copy(), marks[place]
        return page, {mark: _fill(page, pages[mark.page - 1], chance)}

    for kind, how_many in KINDS.items():
        for number in range(how_many):
            page, truth = (strange(chance, number), {}) if kind == "strange" else filled()
            if kind == "two":
                other, more = filled()
                page, truth = _two(page, other, chance), truth | more
            yield Scan(kind, _saved(_made(kind, page, chance, number), number), truth)


def _fill(page: Image.Image, layout_of: FormPage, chance: random.Random) -> dict[str, str]:
    truth = {box.name: "empty" for box in layout_of.boxes}
    draw = ImageDraw.Draw(page)
    boxes = {box.name: box for box in layout_of.boxes}
    for clause in layout_of.clauses:
        how = chance.choice(("cross", "cross", "tick", "fill", "none"))
        if how != "none":
            name = layout.box_name(clause, chance.choice(layout.CHOICES))
            mark(draw, boxes[name], how, chance)
            truth[name] = "filled" if how == "fill" else "crossed"
    for written in layout_of.fields:
        for line in range(max(1, int(written.height // 8))):
            _scribble(draw, written.x + 2, written.y + line * 8 + 5, chance.uniform(30, written.width - 5), chance)
    return truth


def mark(draw: ImageDraw.ImageDraw, box: TickBox, how: str, chance: random.Random) -> None:
    ink, width = chance.randint(15, 95), chance.randint(3, 5)
    left, top, side = box.x * DOTS, box.y * DOTS, layout.BOX * DOTS
    inside = [(left + side * x + chance.uniform(-2, 2), top + side * y + chance.uniform(-2, 2)) for x, y in _WAY[how]]
    if how == "fill":
        for line in range(0, int(side) - 2, 2):
            draw.line([(left + 2, top + line), (left + side - 2, top + line + 2)], fill=ink, width=3)
    elif how == "cross":
        draw.line(inside[:2], fill=ink, width=width)
        draw.line(inside[2:], fill=ink, width=width)
    else:
        draw.line(inside, fill=ink, width=width)


_WAY = {
    "cross": ((0.1, 0.1), (0.9, 0.95), (0.95, 0.05), (0.05, 0.9)),
    "tick": ((0.1, 0.5), (0.4, 0.9), (1.1, -0.1)),
    "fill": (),
}


def _scribble(draw: ImageDraw.ImageDraw, x: float, y: float, length: float, chance: random.Random) -> None:
    points = [((x + step) * DOTS, (y + chance.uniform(-2.2, 0.8)) * DOTS) for step in range(0, int(length), 2)]
    draw.line(points, fill=60, width=2)


def _made(kind: str, page: Image.Image, chance: random.Random, number: int) -> Image.Image:
    if kind == "skewed":
        return _noisy(page.rotate(chance.uniform(-6, 6), Image.Resampling.BICUBIC, expand=True, fillcolor=250), chance)
    if kind == "turned":
        return _noisy(page.rotate((180, 90, 270)[number % 3], expand=True), chance)
    if kind == "dark":
        return _noisy(ImageEnhance.Brightness(page).enhance(chance.uniform(0.35, 0.6)), chance)
    if kind == "faint":
        return _noisy(ImageEnhance.Contrast(page).enhance(0.5), chance)
    if kind == "photographed":
        return _photographed(page, chance)
    if kind == "torn":
        return _torn(page, chance)
    return _noisy(page, chance)


def _photographed(page: Image.Image, chance: random.Random) -> Image.Image:
    """On a brown table, from aside, with the shadow of a hand or of the telephone."""
    width, height = round(page.width * 1.15), round(page.height * 1.12)
    table = Image.new("L", (width, height), 95)
    edge = 0.06 * page.width
    corners = [(chance.uniform(8, edge) if x == 0 else width - chance.uniform(8, edge),
                chance.uniform(8, edge) if y == 0 else height - chance.uniform(8, edge))
               for x, y in ((0, 0), (0, 1), (1, 1), (1, 0))]  # fmt: skip
    upper_left, lower_left, lower_right, upper_right = corners
    how = _perspective([upper_left, upper_right, lower_right, lower_left], page.size)
    seen = page.transform((width, height), Image.Transform.PERSPECTIVE, how, Image.Resampling.BICUBIC, fillcolor=255)
    where = Image.new("L", page.size, 255).transform((width, height), Image.Transform.PERSPECTIVE, how, fillcolor=0)
    table.paste(seen, (0, 0), where)
    return _noisy(_shadowed(table, chance).filter(ImageFilter.GaussianBlur(chance.uniform(0.3, 0.9))), chance)


def _perspective(seen: list[tuple[float, float]], size: tuple[int, int]) -> tuple[float, ...]:
    corners = ((0.0, 0.0), (size[0], 0.0), (size[0], size[1]), (0.0, size[1]))
    how = plane.fitted(list(zip(seen, corners, strict=True)))
    assert how is not None
    return how


def _shadowed(page: Image.Image, chance: random.Random) -> Image.Image:
    shade = Image.new("L", page.size, 255)
    draw = ImageDraw.Draw(shade)
    x, y = chance.uniform(0.2, 0.8) * page.width, chance.uniform(0.2, 0.8) * page.height
    level = chance.randint(140, 185)
    draw.polygon([(x, y), (page.width, y - 300), (page.width, page.height), (x - 200, page.height)], fill=level)
    return ImageChops.multiply(page, shade.filter(ImageFilter.GaussianBlur(chance.uniform(10, 30))))


def _torn(page: Image.Image, chance: random.Random) -> Image.Image:
    """Without its tear-off, and with a corner folded over: one code is gone."""
    whole = page.crop((0, 0, page.width, round(layout.CUT * DOTS)))
    ImageDraw.Draw(whole).polygon([(0, 0), (190, 0), (0, 190)], fill=235)
    return _noisy(whole.rotate(chance.uniform(-3, 3), Image.Resampling.BICUBIC, expand=True, fillcolor=255), chance)


def _two(one: Image.Image, other: Image.Image, chance: random.Random) -> Image.Image:
    """Side by side on a sheet as large as both, one of them upside down."""
    both = Image.new("L", (one.width * 2, one.height), 255)
    both.paste(one, (0, 0))
    both.paste(other.rotate(180), (one.width, 0))
    return both.rotate(chance.uniform(-2, 2), Image.Resampling.BICUBIC, fillcolor=255)


def strange(chance: random.Random, number: int) -> Image.Image:
    page = Image.new("L", (1240, 1754), 252)
    draw = ImageDraw.Draw(page)
    for line in range(12 + number):
        _scribble(draw, 20, 30 + line * 12, chance.uniform(60, 160), chance)
    return page


@cache
def _grain() -> Image.Image:
    chance = random.Random(SEED)
    return Image.frombytes("L", (256, 256), bytes(max(0, min(255, round(chance.gauss(128, 7)))) for _ in range(65536)))


def _noisy(page: Image.Image, chance: random.Random) -> Image.Image:
    tile, noise = _grain(), Image.new("L", page.size)
    start = chance.randint(-255, 0), chance.randint(-255, 0)
    for x in range(start[0], page.width, 256):
        for y in range(start[1], page.height, 256):
            noise.paste(tile, (x, y))
    return ImageChops.add(page, noise, 1, -128)


def _saved(page: Image.Image, number: int) -> bytes:
    held = io.BytesIO()
    if number % 5 == 4:
        page.save(held, "PNG", compress_level=1)
    else:
        page.save(held, "JPEG", quality=(80, 60, 70, 85)[number % 4], dpi=(150, 150))
    return held.getvalue()
