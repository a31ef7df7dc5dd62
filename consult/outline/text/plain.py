"""Plain text as paragraphs: one a line, or, when a PDF's line breaks were kept, lines joined where they plainly belong.

Nothing is dropped. Running headers, page numbers and notes at the foot of a page are kept as paragraphs of their own
(`origin` "header", "footnote"), after the paragraph that they would cut in two.
"""

from __future__ import annotations

import codecs
from collections.abc import Sequence

from consult.outline.blocks import Doubt, Paragraph, Source
from consult.outline.text.characters import clean, lines_of
from consult.outline.text.legacy import NAMES, detected
from consult.outline.text.line_joining import continues
from consult.outline.text.page_furniture import BODY, NOTE, begins_note, origins

MEDIA_TYPE = "text/plain"
_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_SHORTEST_WRAPPED, _LONGEST_WRAPPED = 50, 130  # characters a line, of texts broken at the edge of a page
_FULL = 0.8  # of the usual width


def decode(data: bytes) -> tuple[str, tuple[Doubt, ...]]:
    """The characters of a text file: by its byte order mark, else UTF-8, else TCVN3 or VNI where its words
    plainly are, else Windows-1258; with a doubt."""
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            text = data[len(mark) :].decode(encoding, "replace")
            break
    else:
        try:
            text = data.decode("utf-8")
        except UnicodeDecodeError as error:
            text, scheme = detected(data.decode("latin-1"))
            if scheme:
                return text, (_legacy(scheme),)
            text = data.decode("cp1258", "replace")
            return text, (Doubt("encoding", f"not UTF-8 at byte {error.start}; read as Windows-1258"),)
    text, scheme = detected(text)
    if scheme:
        return text, (_legacy(scheme),)
    if "\ufffd" in text:
        return text, (Doubt("encoding", "some bytes are no characters"),)
    return text, ()


def _legacy(scheme: str) -> Doubt:
    return Doubt("legacy_font", f"the letters are those of {NAMES[scheme]}, turned into Unicode")


def read_plain(text: str, doubts: tuple[Doubt, ...] = ()) -> Source:
    """Read a plain text; `doubts` are those its decoding gave."""
    lines = lines_of(text)
    width = wrapped_width(lines)
    if width is None:
        paragraphs = [Paragraph(clean(line)) for line in lines if clean(line)]
        return Source(tuple(paragraphs), doubts, MEDIA_TYPE)
    found = origins(lines)
    doubts += (Doubt("joined_lines", f"lines broken at about {width} characters were joined where they go on"),)
    if any(origin != BODY for origin in found):
        count = sum(origin != BODY for origin in found)
        doubts += (Doubt("running_header", f"{count} lines look like page headers, page numbers or notes; kept"),)
    return Source(tuple(Joiner(width).join(lines, found)), doubts, MEDIA_TYPE)


def wrapped_width(lines: list[str]) -> int | None:
    """The width at which a text was broken into lines, None when its lines are whole paragraphs."""
    lengths = sorted(len(line.strip()) for line in lines if line.strip())
    if len(lengths) < 20:
        return None
    width = lengths[int(len(lengths) * 0.9)]
    if not _SHORTEST_WRAPPED <= width <= _LONGEST_WRAPPED or lengths[-1] > 2 * width:
        return None
    full = sum(length >= _FULL * width for length in lengths)
    return width if full * 3 >= len(lengths) else None


class Joiner:
    """Puts the lines of a wrapped text together. Page furniture inside a paragraph waits until that has ended."""

    def __init__(self, width: int) -> None:
        self._width = width
        self._paragraphs: list[Paragraph] = []
        self._current: list[str] = []
        self._aside: list[tuple[str, list[str]]] = []
        self._blank = False
        self._page = self._begun = 0

    def join(self, lines: list[str], found: list[str], pages: Sequence[int] = ()) -> list[Paragraph]:
        """The paragraphs of `lines`, of which each belongs to what `found` says, and stands on a page of `pages`."""
        for line, origin, page in zip(lines, found, pages or [0] * len(lines), strict=True):
            text = clean(line)
            self._page = page
            if not text:
                self._blank = True
            elif origin == BODY:
                self._take(text)
            else:
                self._take_aside(text, origin)
        self._finish()
        return self._paragraphs

    def _take(self, text: str) -> None:
        # A blank line ends a paragraph, except where a page ends: there it belongs to the header.
        over_page = bool(self._aside)
        apart = self._blank and not over_page
        if not self._current or apart or not continues(self._current[-1], text, self._width, over_page):
            self._finish()
        self._begun = self._begun if self._current else self._page
        self._current.append(text)
        self._blank = False

    def _take_aside(self, text: str, origin: str) -> None:
        kind, gathered = self._aside[-1] if self._aside else ("", [])
        if kind == origin == NOTE and not begins_note(text) and continues(gathered[-1], text, self._width):
            gathered.append(text)
        else:
            self._aside.append((origin, [text]))

    def _finish(self) -> None:
        if self._current:
            self._paragraphs.append(Paragraph(clean(" ".join(self._current)), page=self._begun))
        self._paragraphs += [
            Paragraph(clean(" ".join(lines)), origin=origin, page=self._page) for origin, lines in self._aside
        ]
        self._current, self._aside = [], []
