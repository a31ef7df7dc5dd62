"""Units glued together on one line, and quoted provisions that open inside one: where to cut.

Converted texts run articles together ("… cá nhân.Điều 35. …"). A cut is made only where the number counts on, a
sentence has ended, and no quotation or parenthesis is open, so that no citation is ever torn.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise

from consult.outline.grammar import inline_points
from consult.outline.grammar.labels import distance
from consult.outline.grammar.markers import ANY_QUOTE, OPENING_QUOTES, unit_at
from consult.outline.text.characters import CAPITALS

_LONGEST = 50_000  # characters; no paragraph of a document is longer
_GLUED_ARTICLE = re.compile(rf"(?<=[.;:”\"/])\s*(?=Điều\s+(\d+[a-zđ]?)\s*\.\s*[{CAPITALS}])")
_CLAUSE_IN_HEADING = re.compile(rf"Điều\s+\d+[a-zđ]*\s*\.\s*(?=1\.\s+[{CAPITALS}])")
_GLUED_HEADING = re.compile(rf"(?<=[.;”\"])\s*(?=(?:CHƯƠNG|Chương)\s+[IVXL]+\s*[.:]?\s*[{CAPITALS}]{{2}})")
_GLUED_CLAUSE = re.compile(rf"(?<=[^\W\d][.;])(?=(\d{{1,2}})\.\s*[{CAPITALS}])")
_GLUED_POINT = re.compile(rf"(?<=[^\W\d_]{{2}};)\s?(?=([a-zđ])\)\s*[{CAPITALS}])")
_OPENED_QUOTE = re.compile(
    r"(?<=:)\s*(?=(?:[“\"„‘❝〝＂″]|''?|``?)\s*(?:Điều\s+\d+[a-zđ]*\s*\.|\d+[a-zđ]?\.\s|\d+[a-zđ]\)\s|[a-zđ]\d?\)\s))"
)
_ALTERNATIVE_INSIDE = re.compile(r"(?<=[.;:,])\s*(?=(?:Phương án|PHƯƠNG ÁN)\s+(\d{1,2})\s*[:.])")


def split(text: str, last_article: str | None) -> list[tuple[str, str]]:
    """The units glued in one line, each with the code of the doubt."""
    cuts: dict[int, str] = {}
    if len(text) > _LONGEST:
        return [(text, "")]
    for matched in _GLUED_ARTICLE.finditer(text):
        known = last_article or _article_at_start(text)
        near = distance(known, matched[1], "article") if known else None
        if near is not None and 1 <= near <= 2 and not _inside_quote(text, matched.end()):
            cuts[matched.end()] = "glued_units"
            last_article = matched[1]
    if first := _CLAUSE_IN_HEADING.match(text):
        cuts[first.end()] = "glued_units"
    for matched in _GLUED_HEADING.finditer(text):
        cuts[matched.end()] = "glued_units"
    for pattern, kind in ((_GLUED_CLAUSE, "clause"), (_GLUED_POINT, "point")):
        cuts.update(_glued_siblings(text, pattern, kind))
    cuts.update(_alternatives(text))
    cuts.update(dict.fromkeys(inline_points.cuts(text), "glued_units"))
    opened = _OPENED_QUOTE.search(text)
    if opened and text[opened.end() :].strip(ANY_QUOTE + " "):
        cuts[opened.end()] = "quote_inside_line"
    return list(_pieces(text, cuts))


def _glued_siblings(text: str, pattern: re.Pattern[str], kind: str) -> dict[int, str]:
    """Clauses or points that go on counting from the one the line begins with: "1. ….2. …"."""
    cuts: dict[int, str] = {}
    unit = unit_at(text)
    last = unit.label if unit and unit.kind == kind else None
    for matched in pattern.finditer(text) if last else ():
        if distance(last, matched[1], kind) == 1 and not _inside_quote(text, matched.end()):
            cuts[matched.end()] = "glued_units"
            last = matched[1]
    return cuts


def _alternatives(text: str) -> dict[int, str]:
    """Alternatives that stand in one line, and the unit with which one begins: "Phương án 1: 1. …"."""
    first = unit_at(text)
    begins = first is not None and first.kind == "alternative"
    cuts: dict[int, str] = {}
    if begins and first is not None and (inner := unit_at(text[first.end :])) and inner.kind != "paragraph":
        cuts[first.end] = "glued_units"
    found = [matched for matched in _ALTERNATIVE_INSIDE.finditer(text) if not _inside_quote(text, matched.end())]
    last = first.label if begins and first is not None else "0"
    labels = [last, *(matched[1] for matched in found)]
    if len(labels) - labels.count("0") > 1 and all(int(b) == int(a) + 1 for a, b in pairwise(labels) if a.isdigit()):
        cuts.update({matched.end(): "glued_units" for matched in found})
    return cuts


def _article_at_start(text: str) -> str | None:
    unit = unit_at(text)
    return unit.label if unit and unit.kind == "article" else None


def _inside_quote(text: str, position: int) -> bool:
    before = text[:position]
    return (
        sum(before.count(sign) for sign in OPENING_QUOTES) > before.count("”") + before.count("»")
        or before.count("(") > before.count(")")
        or _ends_in_straight_quote(before)
    )


def _ends_in_straight_quote(before: str) -> bool:
    """Whether the last straight mark opens: `"Điều 4a. …` is one quotation and no two units."""
    last = before.rfind('"')
    return last >= 0 and (last == 0 or before[last - 1] in " \t\n(:") and not before[last + 1 : last + 2].isspace()


def _pieces(text: str, cuts: dict[int, str]) -> Iterator[tuple[str, str]]:
    start, doubt = 0, ""
    for cut in sorted(cuts):
        if text[start:cut].strip():
            yield text[start:cut].strip(), doubt
        start, doubt = cut, cuts[cut]
    if text[start:].strip():
        yield text[start:].strip(), doubt
