"""A printed table of contents, in which nothing is a provision, however much its lines look like one."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from consult.outline.grammar.line import Line

_ENTRY = re.compile(r"(?:\t|\.{4}|…{2}|_{4})\s{0,40}\d{1,4}$")
_HEADING = re.compile(r"mục lục\s*:?", re.IGNORECASE)
# Only where such signs begin: asked again at each of them, a long row of dots would take the square of its length.
_PAGE = re.compile(r"(?<![\s.…_])[\s.…_]*+\d{1,4}$")
_WORD = re.compile(r"\w+")
_NAMED = frozenset({"part", "chapter", "article"})
_DIVIDING = _NAMED | {"section", "roman"}
_FURTHEST = 400  # lines before the heading
_LONGEST = 2_000  # lines
_LONGEST_ENTRY = 300  # characters
_TRIED = 5  # entries: the first ones may be of lists that stand before the table
_LIKE, _MOSTLY = 0.6, 0.5
_STOPS = (".", ";", ":", ",")
_FEWEST = 3  # entries of a list without a heading


def is_entry(text: str, style: str = "") -> bool:
    """Whether a line alone shows that it is an entry: by its style, or by a page number after a leader."""
    return style.lower().startswith("toc ") or bool(_ENTRY.search(text[-40:]))


def mark(lines: Sequence[Line]) -> None:
    """Mark the entries of tables of contents as `listed`, without units; what is doubtful stands in their notes."""
    _mark(lines, _below_heading(lines))
    for found in list(_runs(lines)):
        _mark(lines, found)


def _mark(lines: Sequence[Line], found: range) -> None:
    for line in (lines[place] for place in found if lines[place].heading_level is None):
        line.unit, line.listed = None, True
    if found and lines[found[0]].listed:
        lines[found[0]].notes.append("listed_contents")


def _below_heading(lines: Sequence[Line]) -> range:
    """The lines below "MỤC LỤC" up to where the text itself begins, which is where an entry comes again."""
    index = next((place for place, line in enumerate(lines[:_FURTHEST]) if _HEADING.fullmatch(line.seen)), None)
    if index is None:
        return range(0)
    following = lines[index + 1 : index + _LONGEST]
    for place, entry in enumerate(following[:_TRIED]):
        for again in range(place + 1, len(following)):
            if _same(entry, following[again]) and _come_again(following[place:again], following[again:]):
                return range(index + 1, index + 1 + again)
    if sum(line.unit is not None and not line.listed for line in following[:_TRIED]) > 1:
        lines[index].listed = True
        lines[index].notes.append("contents_without_end")
    return range(0)


def _runs(lines: Sequence[Line]) -> Iterator[range]:
    """Chapters and articles that stand below each other with nothing between, and come again further down; Roman
    numbers only before all others, for forms are alike."""
    start, begun = 0, False
    while start < len(lines):
        names: set[tuple[str, str]] = set()
        end = start
        while end < len(lines) and (name := _divides(lines[end])) is not None and name not in names:
            names.add(name)
            end += 1
        chapters = any(kind in ("part", "chapter") or (kind == "roman" and not begun) for kind, _ in names)
        begun = begun or any(line.unit is not None for line in lines[start : end + 1])
        if (
            chapters
            and len(names) >= _FEWEST
            and _come_again(lines[start:end], lines[end : end + _LONGEST], named=False)
        ):
            yield range(start, end)
        start = max(end, start + 1)


def _divides(line: Line) -> tuple[str, str] | None:
    """The name of a chapter or article that may be an entry: without a sentence of its own."""
    unit = line.unit
    if unit is None or unit.kind not in _DIVIDING or line.heading_level is not None or line.listed:
        return None
    return None if line.rest.endswith(_STOPS) or not line.rest else (unit.kind, unit.label)


def _come_again(entries: Sequence[Line], text: Sequence[Line], named: bool = True) -> bool:
    """Whether most of the first entries come again in the text, in their order."""
    reach = found = 0
    tried = entries[: 2 * _TRIED]
    for entry in tried:
        place = next((at for at in range(reach, len(text)) if _same(entry, text[at], named)), None)
        if place is not None:
            reach, found = place + 1, found + 1
    return found > _MOSTLY * len(tried)


def _same(entry: Line, line: Line, named: bool = True) -> bool:
    """Whether a line is what an entry stands for: by its number, and words that are much the same."""
    unit, other = entry.unit, line.unit
    if entry.table is not None or line.table is not None or len(line.text) > _LONGEST_ENTRY:
        return False
    if unit is not None and other is not None:
        if (unit.kind, unit.label) != (other.kind, other.label):
            return False
        if named and unit.kind in _NAMED:
            return True
    return _alike(entry, line)


def _alike(entry: Line, line: Line) -> bool:
    """Whether the words without number and page are the same, or most of them are; a single word must be the same."""
    ours, theirs = (_WORD.findall(_PAGE.sub("", one.rest).casefold()) for one in (entry, line))
    if not ours or not theirs:
        return not ours and not theirs and entry.unit is not None and line.unit is not None
    if min(len(ours), len(theirs)) < 2 or ours == ["trang"]:
        return ours == theirs and ours != ["trang"]
    shared = len(set(ours) & set(theirs))
    return 2 * shared >= _LIKE * (len(set(ours)) + len(set(theirs)))
