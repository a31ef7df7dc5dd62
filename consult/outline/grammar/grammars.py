"""The three grammars, and which one a stretch of lines is written in.

A grammar gives every kind a rank: a unit closes all open units of its rank or a higher one, and becomes a child of
what remains open.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from consult.outline.grammar.labels import distance
from consult.outline.grammar.line import Line
from consult.outline.grammar.markers import Unit, cites_more, is_citation

SCOPE_RANKS = {"body": 0, "appendix": 1, "form": 2}
DASH_RANK = 90
ALTERNATIVE_OF_TEXT = 89
_MOST_LABELS = 200
_DECIMAL_IN_CLAUSE = 72
_LONGEST_HEADING = 200
# A sentence that ends so goes on with a citation.
CALLS_FOR_MORE = re.compile(
    r"\b(?:tại|theo|của|và|hoặc|với|đến|từ|các|số|như|là|khoản \d+\w?|điểm \w{1,2}|quy định|Điều|cho|về|do)$"
)
_HEADINGS = {"part": 10, "chapter": 20, "section": 30, "subsection": 40}


@dataclass(frozen=True, slots=True)
class Grammar:
    """Ranks of the kinds of units; a kind without a rank is not recognised in this grammar."""

    name: str
    ranks: dict[str, int]
    decimal_rank: int

    def rank(self, kind: str, label: str = "") -> int | None:
        """The rank of a unit, or None when the grammar has no such unit. Decimals rank by their depth."""
        if kind == "decimal":
            return self.decimal_rank + label.count(".")
        return self.ranks.get(kind)


ARTICLES = Grammar("articles", {**_HEADINGS, "article": 50, "roman": 60, "clause": 70, "point": 80}, _DECIMAL_IN_CLAUSE)
ROMAN = Grammar("roman", {**_HEADINGS, "roman": 60, "clause": 70, "point": 80}, _DECIMAL_IN_CLAUSE)
DECIMAL = Grammar("decimal", {**_HEADINGS, "roman": 44, "clause": 70, "point": 80}, 45)


def detect(lines: Sequence[Line]) -> tuple[Grammar, bool]:
    """The grammar of a stretch of lines, and whether any structure was seen at all (ROMAN is the fallback)."""
    romans = _first_of(lines, "roman")
    article = _article_chain(lines)
    # A proposal in Roman numbers may list the articles of what it proposes; articles never stand below "I." otherwise.
    if article is not None and (romans is None or article < romans) and not _is_letter(lines[:article]):
        return ARTICLES, True
    decimals = [index for index, line in enumerate(lines) if _is_decimal_heading(line)]
    chapters = any(line.unit and line.unit.kind == "chapter" for line in lines)
    if len(decimals) >= 2 and (chapters or romans is None or decimals[0] < romans):
        return DECIMAL, True
    if romans is None and _is_excerpt(lines):
        return ARTICLES, True
    structured = romans is not None or any(line.unit and line.unit.kind in ("clause", "point") for line in lines)
    return ROMAN, structured


def _article_chain(lines: Sequence[Line]) -> int | None:
    """Where articles begin, if the first is "Điều 1.", two count up from 1, or any three count up; cited ones between
    them do not count."""
    longest: dict[str, int] = {}
    start = 0
    for index, unit in _articles(lines):
        start = start if longest else index
        label = unit.label.lstrip("0")
        if not longest and label == "1" and unit.marker.endswith("."):
            return start
        before = (length for known, length in longest.items() if distance(known, label, "article") == 1)
        longest[label] = 1 + max(before, default=0)
        if longest[label] >= 3 or (label == "2" and longest["2"] == 2):
            return start
        if len(longest) > _MOST_LABELS:
            return None
    return None


def _is_letter(lines: Sequence[Line]) -> bool:
    """Whether these lines are addressed to somebody and numbered 1, 2: what they list are no articles of theirs."""
    addressed = any(line.text.startswith("Kính gửi") for line in lines)
    labels = {line.unit.label for line in lines if line.unit is not None and line.unit.kind == "clause"}
    return addressed and {"1", "2"} <= labels


def _is_excerpt(lines: Sequence[Line]) -> bool:
    """Whether only some articles are there, Điều 12 and Điều 15: headed ones, on their line or below, before any other
    number."""
    last = ""
    numbered = next((index for index, line in enumerate(lines) if line.unit and line.unit.kind == "clause"), len(lines))
    for index, unit in _articles(lines):
        heading = index if lines[index].rest else index + 1
        if heading > index and not is_headed_below(lines, index):
            continue
        if lines[index].auto or _is_open(lines, index) or (not last and index > numbered):
            continue
        sure = (unit.dotted and heading == index) or _holds_clauses(lines, heading)
        if sure or (last and (distance(last, unit.label, "article") or 0) > 0):
            return True
        last = unit.label
    return False


def is_headed_below(lines: Sequence[Line], index: int) -> bool:
    """Whether the line after may be the heading of what stands alone on its line."""
    line = lines[index + 1] if index + 1 < len(lines) else None
    if line is None or line.table is not None or line.unit is not None or len(line.text) > _LONGEST_HEADING:
        return False
    return line.text[:1].isupper() and not line.text.endswith((".", ";", ",", ":"))


def _articles(lines: Sequence[Line]) -> Iterator[tuple[int, Unit]]:
    """The lines that look like articles and are no citations, by their place."""
    for index, line in enumerate(lines):
        unit = line.unit
        if unit is not None and unit.kind == "article" and not is_citation(line.rest) and is_like_article(lines, index):
            yield index, unit


def _holds_clauses(lines: Sequence[Line], index: int) -> bool:
    following = lines[index + 1].unit if index + 1 < len(lines) else None
    return following is not None and following.kind == "clause" and following.label == "1"


def is_like_article(lines: Sequence[Line], index: int) -> bool:
    """Whether an article without a dot is written like one all the same: alone on its line, or as a heading ("Điều 12
    Giấy phép môi trường") after a sentence that has ended."""
    line = lines[index]
    if line.unit is None or line.unit.dotted or not line.rest:
        return True
    heading = line.rest.split("\n")[0]
    looks = heading[0].isupper() and len(heading) <= _LONGEST_HEADING and not heading.endswith((".", ";", ",", ":"))
    return looks and not cites_more(heading) and not _is_open(lines, index) and not _is_continued(lines, index)


def _is_open(lines: Sequence[Line], index: int) -> bool:
    """Whether the line before has no end, so that this one goes on with its sentence."""
    before = lines[index - 1] if index else None
    if before is None or before.table is not None or before.is_styled:
        return False
    return bool(CALLS_FOR_MORE.search(before.text[-60:])) or before.text[-1:] in ",("


def _is_continued(lines: Sequence[Line], index: int) -> bool:
    return index + 1 < len(lines) and lines[index + 1].goes_on


def _first_of(lines: Sequence[Line], kind: str) -> int | None:
    """Where a Roman numbering begins, if it goes on to II (or "I" at least looks like a heading)."""
    start: int | None = None
    for index, line in enumerate(lines):
        if line.unit is None or line.unit.kind != kind:
            continue
        if line.unit.label == "I" and start is None:
            start = index
        elif line.unit.label == "II" and start is not None:
            return start
    return start if start is not None and lines[start].is_styled else None


def _is_decimal_heading(line: Line) -> bool:
    if line.unit is None or line.unit.kind != "decimal":
        return False
    parts = line.unit.label.split(".")
    return all(len(part) <= 2 and part != "0" for part in parts) and line.rest[:1].isupper()


def has_structure(lines: Sequence[Line]) -> bool:
    """Whether articles, chapters or Roman numbers make a text of its own out of these lines."""
    grammar, _ = detect(lines)
    if grammar is not ROMAN:
        return True
    return _first_of(lines, "roman") is not None


def of_quotation(lines: Sequence[Line]) -> Grammar:
    """The grammar inside a quotation: articles, unless its first unit is a Roman number."""
    first = next((line.unit.kind for line in lines if line.unit is not None), "")
    return ROMAN if first == "roman" else ARTICLES
