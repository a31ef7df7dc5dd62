"""The table of contents of a paged document: its own bookmarks, or the headings found in the text of its pages."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby, islice, pairwise
from typing import Any

import pypdfium2

from consult.outline.text.characters import clean

MOST_ENTRIES = 400
LONGEST_TITLE = 200
DEEPEST = 4

_MOST_BOOKMARKS = 2_000  # looked at, whatever they lead to
_LONGEST_HEADING = 160
_MOST_LINES = 400  # of one page
_LEADERS = re.compile(r"(?:\.{3}|…{2}|\. \. \.|_{4}).{0,12}$")
_LISTED = re.compile(r"(?:\d{1,2}\.|chương|phần|chapter|part)\s*[\divx]\S*\s.*\s\d{1,4}", re.IGNORECASE)
_MANY_LISTED = 4  # lines of a page that end in a number: a printed table of contents
_MANY_CHAPTERS = 3  # with nothing between them
_NEAR = 3  # lines from one heading to the next: a title may take two
_CHAPTER = re.compile(
    r"(?:chương|phần|chapter|part)\s+(?P<number>\d{1,2}|[ivx]{1,6})\b\s*[.:–-]?\s*(?P<title>.*)", re.IGNORECASE
)
_DECIMAL = re.compile(r"(?P<number>\d{1,2}(?:\.\d{1,2}){1,3})\.?\s+(?P<title>[^\W\d_].*)")
_UNNUMBERED = re.compile(r"(?:MỞ ĐẦU|KẾT LUẬN|PHỤ LỤC|TÀI LIỆU THAM KHẢO)\b.*")
_ROMAN = {"i": 1, "v": 5, "x": 10}


def bookmarks(document: pypdfium2.PdfDocument) -> list[dict[str, Any]]:
    """The document's own outline as title, page and level, as far as it leads to pages; empty when it has none."""
    found = []
    try:
        for mark in islice(document.get_toc(max_depth=DEEPEST), _MOST_BOOKMARKS):
            entry = _bookmark(mark, len(document))
            if entry is not None:
                found.append(entry)
    except pypdfium2.PdfiumError:
        # What was read of a torn outline still leads to its pages.
        pass
    return found[:MOST_ENTRIES]


def headings(pages: Sequence[tuple[int, str]]) -> list[dict[str, Any]]:
    """What looks like a heading in the pages (number, text): chapters, and decimal numbers that go on from each other.

    Lines of a printed table of contents, with their leaders or page numbers, are not taken for headings; nor is a list
    of chapters, in the words before them or of a table without page numbers.
    """
    found: list[dict[str, Any]] = []
    last: tuple[int, ...] = ()
    for heading in _without_lists(_candidates(pages)):
        if heading.number and not _goes_on(last, heading.number):
            continue
        last = heading.number or last
        level = min(len(heading.number), DEEPEST) or 1
        found.append({"title": heading.title[:LONGEST_TITLE], "page": heading.page, "level": level})
        if len(found) == MOST_ENTRIES:
            break
    return found


@dataclass(frozen=True, slots=True)
class _Heading:
    """A line that looks like a heading; `line` is its place on the page, `lines` how many it takes, `chapter` tells
    that it says "Chương"."""

    number: tuple[int, ...]
    title: str
    page: int
    line: int
    lines: int
    chapter: bool

    @property
    def name(self) -> tuple[int, ...] | str:
        """By what it is known again: its number, or its words where it has none."""
        return self.number or self.title


def _candidates(pages: Sequence[tuple[int, str]]) -> list[_Heading]:
    found: list[_Heading] = []
    for page, text in pages:
        lines = [" ".join(line.split()) for line in text.splitlines()[:_MOST_LINES]]
        if sum(_LISTED.fullmatch(line) is not None for line in lines) >= _MANY_LISTED:
            continue
        for position, line in enumerate(lines):
            following = lines[position + 1] if position + 1 < len(lines) else ""
            numbered = _heading(line, following)
            if numbered is not None:
                lines_taken = 1 if numbered[1] == line else 2
                found.append(_Heading(*numbered, page, position, lines_taken, _CHAPTER.fullmatch(line) is not None))
    return found


def _without_lists(found: Sequence[_Heading]) -> Iterator[_Heading]:
    """The headings that are no entries of a list: a page on which three chapters or more stand close to each other, or
    come again further down; and a run of other headings that come again."""
    latest = {heading.name: heading.page for heading in found}
    for page, group in groupby(found, key=lambda heading: heading.page):
        on_page = list(group)
        again = {heading.name for heading in on_page if latest[heading.name] > page}
        all_listed = len({heading.name for heading in on_page if heading.chapter} & again) >= _MANY_CHAPTERS
        for run in _runs(on_page):
            repeated = sum(heading.name in again for heading in run)
            listed = all_listed or _is_bare_list(run) or (repeated > 1 and 2 * repeated > len(run))
            # "MỞ ĐẦU", in which the chapters are listed, is a heading all the same.
            yield from (heading for heading in run if not listed or not (heading.number or heading.name in again))


def _is_bare_list(run: Sequence[_Heading]) -> bool:
    """Whether three chapters stand below each other with nothing at all between them."""
    bare = 1
    for before, heading in pairwise(heading for heading in run if heading.chapter):
        bare = bare + 1 if heading.line == before.line + before.lines else 1
        if bare >= _MANY_CHAPTERS:
            return True
    return False


def _runs(found: Sequence[_Heading]) -> Iterator[list[_Heading]]:
    """Headings of one page that have next to nothing between them."""
    run: list[_Heading] = []
    for heading in found:
        if run and heading.line - run[-1].line > _NEAR:
            yield run
            run = []
        run.append(heading)
    if run:
        yield run


def _bookmark(mark: Any, pages: int) -> dict[str, Any] | None:
    goal = mark.get_dest()
    index = goal.get_index() if goal is not None else None
    title = " ".join(clean(mark.get_title()).split())[:LONGEST_TITLE]
    if index is None or not 0 <= index < pages or not title:
        return None
    return {"title": title, "page": index + 1, "level": min(mark.level + 1, DEEPEST)}


def _heading(line: str, following: str) -> tuple[tuple[int, ...], str] | None:
    """The number and words of a heading; an empty number for one that bears none."""
    if not line or len(line) > _LONGEST_HEADING or line[-1] in ";,":
        return None
    chapter = _CHAPTER.fullmatch(line)
    if chapter is not None:
        if _LEADERS.search(chapter["title"]) or (chapter["title"][:1].islower() and line.endswith(".")):
            return None
        named = chapter["title"] or (following if following.isupper() and not _LEADERS.search(following) else "")
        return (_value(chapter["number"]),), f"{line} {named}".strip() if not chapter["title"] else line
    if _LEADERS.search(line):
        return None
    decimal = _DECIMAL.fullmatch(line)
    if decimal is not None and decimal["title"][0].isupper():
        return tuple(int(part) for part in decimal["number"].split(".")), line
    return ((), line) if _UNNUMBERED.fullmatch(line) and line.isupper() else None


def _goes_on(last: tuple[int, ...], number: tuple[int, ...]) -> bool:
    """Whether a number can follow: later than the last one, and no leap in its first part."""
    if not last:
        return number[0] <= 1
    return last < number and number[0] - last[0] <= 1


def _value(written: str) -> int:
    if written.isdigit():
        return int(written)
    values = [_ROMAN[letter] for letter in written.lower()]
    return sum(-one if one < max(values[place:]) else one for place, one in enumerate(values))


def as_pairs(pages: Sequence[dict[str, Any]]) -> Iterator[tuple[int, str]]:
    """Pages as they are stored, for `headings`."""
    return ((page["number"], page["text"]) for page in pages)
