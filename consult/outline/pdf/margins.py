"""What stands beside, above or across the text of page after page: numbers of lines in the margin, the chapter at the
top, the words of a watermark."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence

from consult.outline.text.line_joining import UNIT_BEGINS

_NUMBERED = re.compile(r"^\s*(?P<number>\d{1,4})(?:\s+(?=\S)|$)")
_FEWEST = 5  # numbers on a page that count as its lines do
_LEAST_PAGES = 0.5  # of the pages with so many lines
_FEWEST_UNITS = 3
_REPEATED = 3  # pages
_MOST_PAGES = 0.6
_LONGEST_MARK = 40  # characters
_MARK = re.compile(r"[^\W\d_].*[^.,;:!?]|[^\W\d_]")
_GROUP = re.compile(r"(?:Phần|PHẦN|Chương|CHƯƠNG|Mục|MỤC)\s+\w+")

Pages = Sequence[tuple[int, str]]


def without_line_numbers(pages: Pages) -> tuple[Pages, int]:
    """The pages without the numbers of their lines, and how many there were: 5, 10, 15 in the margin, or every one."""
    counted = [(number, text.split("\n")) for number, text in pages]
    found = {number: places for number, lines in counted if (places := _line_numbers(lines))}
    long_pages = sum(len(lines) >= 5 * _FEWEST for _, lines in counted)
    if len(found) < max(_REPEATED, _LEAST_PAGES * long_pages) or not _number_units(counted, found):
        return pages, 0
    told = [
        (
            number,
            "\n".join(
                line[match.end() :] if place in found.get(number, ()) and (match := _NUMBERED.match(line)) else line
                for place, line in enumerate(lines)
            ),
        )
        for number, lines in counted
    ]
    return told, sum(map(len, found.values()))


def _number_units(pages: Iterable[tuple[int, Sequence[str]]], found: Mapping[int, frozenset[int]]) -> bool:
    """Whether articles and clauses are numbered so, as rows of a table that counts are not."""
    numbered = (_NUMBERED.sub("", lines[place], count=1) for page, lines in pages for place in found.get(page, ()))
    return sum(UNIT_BEGINS.match(text) is not None for text in numbered) >= _FEWEST_UNITS


def groups_at_top(pages: Pages) -> frozenset[tuple[int, str]]:
    """The pages, with the line, that name at their very top the part, chapter or section which goes on there: several
    bear the same. Where it is headed nowhere else, the first of them is its heading."""
    tops = [(number, text.split("\n")[0].strip()) for number, text in pages]
    counts = Counter(line for _, line in tops)
    below = [
        line.strip().casefold() for _, text in pages for line in text.split("\n")[1:] if _GROUP.match(line.strip())
    ]
    found: set[tuple[int, str]] = set()
    seen: set[str] = set()
    for number, line in tops:
        named = _GROUP.match(line)
        if named is None or counts[line] < _REPEATED:
            continue
        headed = any(other.split()[:2] == named[0].casefold().split() for other in below)
        if headed or line in seen:
            found.add((number, line))
        seen.add(line)
    return frozenset(found)


def marks_across(pages: Pages) -> frozenset[str]:
    """The lines that stand alone, word for word, on most pages wherever on them: a watermark, whole ("DỰ THẢO") or cut
    ("DỰ", "THẢO"), which would otherwise stand inside sentences. No rest of a sentence and nothing numbered is one."""
    counts = Counter(line for _, text in pages for line in {line.strip() for line in text.split("\n")})
    return frozenset(
        line
        for line, count in counts.items()
        if count >= max(_REPEATED, _MOST_PAGES * len(pages))
        and len(line) <= _LONGEST_MARK
        and not line[:1].islower()
        and _MARK.fullmatch(line)
        and not UNIT_BEGINS.match(line)
    )


def _line_numbers(lines: Sequence[str]) -> frozenset[int]:
    """The places of lines whose numbers count as the lines do; nothing when there are few."""
    numbers = {place: int(match["number"]) for place, line in enumerate(lines) if (match := _NUMBERED.match(line))}
    counts = Counter(number - place for place, number in numbers.items())
    for start, count in counts.most_common(1):
        if count >= _FEWEST:
            return frozenset(place for place, number in numbers.items() if number - place == start)
    return frozenset()
