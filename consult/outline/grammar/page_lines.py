"""Page numbers and stamps of a draft among the lines of the text, typed or left by a program that made a Word file of a
PDF: they belong to their page, are kept where they stand, and end no sentence."""

from __future__ import annotations

import re
from collections.abc import Iterator

from consult.outline.blocks import Doubt
from consult.outline.grammar.line import Line

_NUMBER = re.compile(
    r"(?:[-–—]\s?)?(?:(?:trang|page)\s)?(?P<number>\d{1,4})(?:\s?(?:/|trên|of)\s?\d{1,4})?(?:\s?[-–—])?", re.I
)
_STAMP = re.compile(r"(?:bản\s)?dự thảo\b.{0,60}", re.IGNORECASE)
_DIGITS = re.compile(r"\d+")
_ENDED = re.compile(r"[.;:!?…”\"»/)]\s*$")
_FEWEST = 3
_SHORTEST_PAGE = 3  # lines


def mark(lines: list[Line]) -> None:
    """Mark such lines as belonging to a page, the first with a doubt; one that cuts a sentence is put behind it."""
    found = sorted({*_numbers(lines), *_stamps(lines)})
    for place in found:
        lines[place].origin = "header"
    if found:
        message = f"{len(found)} lines look like page numbers or stamps of a draft; kept, here first"
        lines[found[0]].doubts.append(Doubt("running_header", message))
    for place in reversed(found):
        _put_behind(lines, place)


def _numbers(lines: list[Line]) -> Iterator[int]:
    """Numbers alone on their lines that count on, a few lines apart."""
    run: list[int] = []
    last = 0
    for place, line in enumerate(lines):
        matched = _NUMBER.fullmatch(line.text) if _is_loose(line) else None
        if matched is None:
            continue
        number = int(matched["number"])
        if run and (number != last + 1 or place - run[-1] <= _SHORTEST_PAGE):
            yield from run if len(run) >= _FEWEST else ()
            run = []
        run.append(place)
        last = number
    yield from run if len(run) >= _FEWEST else ()


def _stamps(lines: list[Line]) -> Iterator[int]:
    """Lines that say which draft it is, again and again with the same words."""
    places: dict[str, list[int]] = {}
    for place, line in enumerate(lines):
        if _is_loose(line) and _STAMP.fullmatch(line.text):
            places.setdefault(_DIGITS.sub("0", line.text.casefold()), []).append(place)
    yield from (place for those in places.values() if len(those) >= _FEWEST for place in those)


def _is_loose(line: Line) -> bool:
    """Whether nothing hangs on a line that may belong to a page."""
    plain = line.table is None and line.origin == "body" and not (line.auto or line.listed or line.footnotes)
    return plain and line.heading_level is None and (line.unit is None or line.unit.kind == "paragraph")


def _put_behind(lines: list[Line], place: int) -> None:
    following = lines[place + 1] if 0 < place < len(lines) - 1 else None
    if following is None or not following.goes_on or following.origin != "body" or lines[place].after:
        return
    before = lines[place - 1]
    if before.table is None and before.origin == "body" and not _ENDED.search(before.text):
        lines[place], lines[place + 1] = following, lines[place]
