"""How a PDF is laid out, as far as it tells: paper, letters, and where they stand. Runs in the sandbox only."""

from __future__ import annotations

import ctypes
from collections import Counter
from collections.abc import Iterator
from typing import Any

import pypdfium2
import pypdfium2.raw as raw

from consult.official_papers.layout import rules
from consult.official_papers.layout.sheet import Line, Margins, Sheet

MILLIMETRE = 72 / 25.4
MOST_PAGES, MOST_LETTERS = 6, 20_000
NAME = 200
_BREAKS = "\r\n"
Letter = tuple[str, str, float]


def check(data: bytes) -> list[dict[str, str]]:
    """What `rules.findings` says of a PDF."""
    document = pypdfium2.PdfDocument(data)
    width, height = document[0].get_size()
    sheet = Sheet(width / MILLIMETRE, height / MILLIMETRE, Margins(None, None, None, None))
    edges: list[tuple[float, float]] = []
    pages = min(len(document), MOST_PAGES)
    # The heading is on the first page, who signs on one of the last.
    for number in dict.fromkeys([*range(pages), *range(max(0, len(document) - 2), len(document))]):
        _read(document[number], sheet, edges)
    if edges:
        left, right = min(edge[0] for edge in edges), max(edge[1] for edge in edges)
        sheet.margins = Margins(None, None, left / MILLIMETRE, (width - right) / MILLIMETRE)
    return rules.findings(sheet)


def _read(page: Any, sheet: Sheet, edges: list[tuple[float, float]]) -> None:
    text = page.get_textpage()
    for line in _lines(text):
        words = "".join(letter for letter, _font, _size in line)
        if not words.strip():
            continue
        fonts = Counter(font for letter, font, _size in line if letter.strip())
        sizes = Counter(size for letter, _font, size in line if letter.strip())
        font = fonts.most_common(1)[0][0]
        sheet.fonts.update(fonts)
        bold, italic = ("bold" in font.lower(), any(look in font.lower() for look in ("italic", "oblique")))
        sheet.lines.append(Line(words, sizes.most_common(1)[0][0], bold, italic))
    count = text.count_chars()
    boxes = [text.get_charbox(place) for place in range(min(count, MOST_LETTERS)) if _seen(text, place)]
    if boxes and page.get_size() == page.pdf[0].get_size():
        edges.append((min(box[0] for box in boxes), max(box[2] for box in boxes)))


def _seen(text: Any, place: int) -> bool:
    return chr(raw.FPDFText_GetUnicode(text, place)).strip() != ""


def _lines(text: Any) -> Iterator[list[Letter]]:
    line: list[Letter] = []
    for place in range(min(text.count_chars(), MOST_LETTERS)):
        letter = chr(raw.FPDFText_GetUnicode(text, place))
        if letter in _BREAKS:
            yield line
            line = []
        else:
            line.append((letter, _font(text, place), round(raw.FPDFText_GetFontSize(text, place) * 2) / 2))
    yield line


def _font(text: Any, place: int) -> str:
    buffer = ctypes.create_string_buffer(NAME)
    flags = ctypes.c_int()
    length = raw.FPDFText_GetFontInfo(text, place, buffer, NAME, ctypes.byref(flags))
    return buffer.raw[: max(0, min(length, NAME) - 1)].decode(errors="replace")
