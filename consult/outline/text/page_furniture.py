"""Lines of a paged text that belong to the page and not to the document: running headers, page numbers, notes."""

from __future__ import annotations

import re
from collections import Counter

BODY = "body"
HEADER = "header"
NOTE = "footnote"

_REPEATED = 3  # times a line must come back, its digits apart, to be a running header
_LONGEST_HEADER = 90  # characters
_SHORTEST_PAGE = 10  # lines
_NEAR = 3  # lines between a running header and its page number
_NUMBER = re.compile(r"\s*(?:-\s*)?\d{1,4}\s*(?:-\s*)?$")
_RULE = re.compile(r"\s{20,}$|\s*_{10,}\s*$")
_NOTE = re.compile(r"\s*\d{1,3}\s+[A-ZĐÀ-Ỹ“]")
_OF_PAGES = frozenset({"trang", "tr", "page", "p", "trên", "of"})
_WORDS = re.compile(r"[^\W\d_]+")
_HEADER_SHAPE = re.compile(r".*\d")


def counts_pages(line: str) -> bool:
    """Whether a line says nothing but which page it is, or of how many: "- 3 -", "Trang 2/14", "Page of"."""
    return all(word in _OF_PAGES for word in _WORDS.findall(line.casefold()))


def origins(lines: list[str]) -> list[str]:
    """For each line what it belongs to: "body", "header" (or a page number) or "footnote"."""
    found = [BODY] * len(lines)
    for index in _page_numbers(lines):
        found[index] = HEADER
    for index in _headers(lines):
        found[index] = HEADER
        for near in range(max(0, index - _NEAR), min(len(lines), index + _NEAR + 1)):
            if _NUMBER.match(lines[near]) and all(not lines[between].strip() for between in _between(index, near)):
                found[near] = HEADER
    _mark_notes(lines, found)
    return found


def _page_numbers(lines: list[str]) -> list[int]:
    """Numbers that stand alone, a page's length apart, and count on from page to page."""
    chains: dict[int, tuple[int, int]] = {}  # number → how many lead up to it, and the line it stands on
    before: dict[int, int] = {}
    longest = last = 0
    for index, line in enumerate(lines):
        if not _NUMBER.match(line) or not _ends_at_blank(lines, index):
            continue
        number = int(line.strip(" -\t"))
        length, place = chains.get(number - 1, (0, 0))
        if length and index - place >= _SHORTEST_PAGE:
            before[index] = place
        else:
            length = 0
        if length + 1 > chains.get(number, (0, 0))[0]:
            chains[number] = (length + 1, index)
        longest, last = max((longest, last), (length + 1, index))
    found = [last]
    while found[-1] in before:
        found.append(before[found[-1]])
    return found if longest >= _REPEATED else []


def _ends_at_blank(lines: list[str], index: int) -> bool:
    """Whether a line stands at the edge of a block of lines."""
    return not (index and lines[index - 1].strip()) or not "".join(lines[index + 1 : index + 2]).strip()


def _headers(lines: list[str]) -> list[int]:
    """Lines with digits that come back several times with other digits or the same, after a blank line."""
    shapes: Counter[str] = Counter()
    places: dict[str, list[int]] = {}
    for index, line in enumerate(lines):
        text = line.strip()
        blank_before = index == 0 or not lines[index - 1].strip() or _NUMBER.match(lines[index - 1])
        if blank_before and 8 <= len(text) <= _LONGEST_HEADER and _HEADER_SHAPE.match(text) and "/" in text:
            shapes[text] += 1
            places.setdefault(text, []).append(index)
    return [index for text, count in shapes.items() if count >= _REPEATED for index in places[text]]


def _between(one: int, other: int) -> range:
    return range(min(one, other) + 1, max(one, other))


def begins_note(line: str) -> bool:
    """Whether a line at the foot of a page begins a note: "16 Điều này…"."""
    return _NOTE.match(line) is not None


def _mark_notes(lines: list[str], found: list[str]) -> None:
    """Mark what stands between a rule at the foot of a page and the next page, when it begins like a note, or when the
    page before ended inside one."""
    inside = carried = False
    for index, line in enumerate(lines):
        if found[index] == HEADER:
            inside, carried = False, inside or carried
        elif not inside and index + 1 < len(lines) and _RULE.match(line):
            inside, carried = carried or begins_note(lines[index + 1]), False
        elif inside and line.strip():
            found[index] = NOTE
