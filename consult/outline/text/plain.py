"""Plain text as paragraphs: one a line, or, when a PDF's line breaks were kept, lines joined where they plainly belong.

Nothing is dropped. Running headers, page numbers and notes at the foot of a page are kept as paragraphs of their own
(`origin` "header", "footnote"), after the paragraph that they would cut in two.
"""

from __future__ import annotations

import codecs
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import Any, TypeVar

from consult.outline.blocks import Block, Doubt, Paragraph, Source
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
Kind = TypeVar("Kind", bound=Block)
_ENOUGH = 40  # characters by which a line is known again
_SHORTEST_WRAPPED, _LONGEST_WRAPPED = 50, 130  # characters a line, of texts broken at the edge of a page
_FULL = 0.8  # of the usual width


@dataclass(frozen=True, slots=True)
class Guess:
    """What is doubtful of how a text was decoded, and the words at which that is first seen."""

    doubt: Doubt
    words: str


def decode(data: bytes) -> tuple[str, Guess | None]:
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
                return text, _legacy(text, scheme)
            text = data.decode("cp1258", "replace")
            message = f"not UTF-8 at byte {error.start}; read as Windows-1258"
            return text, Guess(Doubt("encoding", message), _line_at(text, error.start))
    text, scheme = detected(text)
    if scheme:
        return text, _legacy(text, scheme)
    if "\ufffd" in text:
        return text, Guess(Doubt("encoding", "some bytes are no characters"), _line_at(text, text.index("\ufffd")))
    return text, None


def _legacy(text: str, scheme: str) -> Guess:
    first = next((place for place, sign in enumerate(text) if not sign.isascii()), 0)
    message = f"the letters are those of {NAMES[scheme]}, turned into Unicode, here first"
    return Guess(Doubt("legacy_font", message), _line_at(text, first))


def _line_at(text: str, place: int) -> str:
    """The line of a text around a place."""
    return clean(text[text.rfind("\n", 0, place) + 1 :].split("\n", 1)[0])


def read_plain(text: str, guess: Guess | None = None) -> Source:
    """Read a plain text; `guess` is what its decoding gave."""
    lines = lines_of(text)
    width = wrapped_width(lines)
    if width is None:
        paragraphs = [Paragraph(clean(line)) for line in lines if clean(line)]
        return Source(tuple(with_guess(paragraphs, guess)), (), MEDIA_TYPE)
    found = origins(lines)
    paragraphs = said_of_joined(Joiner(width).join(lines, found), lines, width)
    if count := sum(origin != BODY for origin in found):
        doubt = Doubt(
            "running_header", f"{count} lines look like page headers, page numbers or notes; kept, here first"
        )
        paragraphs = _told(paragraphs, doubt, lambda one: one.origin != BODY)
    return Source(tuple(with_guess(paragraphs, guess)), (), MEDIA_TYPE)


def said_of_joined(paragraphs: list[Paragraph], lines: Sequence[str], width: int) -> list[Paragraph]:
    """The paragraphs that were made of `lines`, the first of those that take several with a doubt."""
    whole = {clean(line) for line in lines}
    doubt = Doubt("joined_lines", f"lines broken at about {width} characters were joined where they go on, here first")
    return _told(paragraphs, doubt, lambda one: one.text not in whole)


def with_guess(blocks: Sequence[Kind], guess: Guess | None) -> list[Kind]:
    """The same blocks, with what was guessed at the paragraph where it is first seen."""
    if guess is None:
        return list(blocks)
    return _told(blocks, guess.doubt, lambda one: guess.words[:_ENOUGH] in one.text)


def _told(blocks: Sequence[Kind], doubt: Doubt, is_meant: Callable[[Paragraph], bool]) -> list[Kind]:
    """The blocks, with a doubt at the first paragraph that is meant, or else at the very first."""
    found: list[Any] = list(blocks)
    own = [place for place, one in enumerate(found) if isinstance(one, Paragraph)]
    if own:
        place = next((place for place in own if is_meant(found[place])), own[0])
        found[place] = replace(found[place], doubts=(*found[place].doubts, doubt))
    return found


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
        self._blank = self._turned = False
        self._page = self._begun = 0

    def join(self, lines: list[str], found: list[str], pages: Sequence[int] = ()) -> list[Paragraph]:
        """The paragraphs of `lines`, of which each belongs to what `found` says, and stands on a page of `pages`."""
        for line, origin, page in zip(lines, found, pages or [0] * len(lines), strict=True):
            text = clean(line)
            self._turned = self._turned or page != self._page
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
        # A blank line ends a paragraph, except where a page ends: there it belongs to the header, or to nothing.
        over_page = bool(self._aside) or self._turned
        apart = self._blank and not over_page
        if not self._current or apart or not continues(self._current[-1], text, self._width, over_page):
            self._finish()
        self._begun = self._begun if self._current else self._page
        self._current.append(text)
        self._blank = self._turned = False

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
