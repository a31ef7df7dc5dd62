"""Numbers in signs that nobody expects ("Điều 5/", "điều 5.", "(1)", "a,"): units where the series proves it.

One such line says nothing: "Điều 5, Luật …" may be cited, "(1)" may list things in a sentence. Several that look the
same and count up from the first, where no usual number of that kind stands, are what the author numbered by.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from consult.outline.grammar.labels import distance, ordinal_value
from consult.outline.grammar.line import Line
from consult.outline.grammar.markers import IN_WORDS, Unit
from consult.outline.text.characters import CAPITALS, LIKE_OTHERS

NOTE = "unusual_number"

_REST = rf"(?=$|[{CAPITALS}“\"„(])"
_ARTICLE = re.compile(
    r"(?P<lead>[*•+–-]{1,2}\s*|\[|\()?(?P<word>(?i:[đd][iìíỉĩị][eêềếểễệéèẻẽẹ][uùúủũụ]))\s*(?P<middle>(?i:thứ|số)\s+)?"
    rf"(?P<label>\d{{1,4}}[a-zđ]?(?![\w])|(?<=\s){IN_WORDS})"
    r"(?P<note>\s*\[\d{1,3}\]|\s*\((?:mới|sửa|bổ sung|thay thế|giữ nguyên)[^()]{0,60}\))?"
    rf"(?P<sign>\s*[.:/)\]*;,·–-]{{0,4}})\s*{_REST}"
)
_CLAUSE = re.compile(
    rf"(?P<lead>[(\[])?(?P<label>\d{{1,3}})(?P<note>\[\d{{1,3}}\])?(?P<sign>[)\]]|\s?[.:,;·°º]|\s[–—-])\s*(?=[{CAPITALS}“\"„])"
)
_POINT = re.compile(
    rf"(?P<lead>[(\[]|[-–+•*]\s*)?(?P<label>[a-zđ])(?P<note>\[\d{{1,3}}\])?(?P<sign>\.?[)\]]|\s?[:,;]|\s[–—-])\s*(?=[{CAPITALS}“\"„])"
)
_ENCLOSING = {"(": ")", "[": "]"}
_SHAPES = (("article", _ARTICLE), ("clause", _CLAUSE), ("point", _POINT))
_FEWEST = {"article": 3, "clause": 2, "point": 2}
# What ends the stretch in which a series counts.
_ABOVE = {
    "article": frozenset({"appendix", "form"}),
    "clause": frozenset({"article", "part", "chapter", "section", "subsection", "appendix", "form", "roman"}),
    "point": frozenset(
        {"clause", "article", "part", "chapter", "section", "subsection", "appendix", "form", "roman", "decimal"}
    ),
}
_BEFORE_ARTICLES = frozenset({"clause", "roman", "decimal", "point"})
_OPENING = frozenset({"part", "chapter", "appendix"})
_AS_SEEN = str.maketrans(LIKE_OTHERS)
_REACH = 120


class _Found(NamedTuple):
    """A line that may be a unit: its place, the unit, and how its number is written."""

    place: int
    unit: Unit
    look: tuple[str, ...]


def mark(lines: Sequence[Line]) -> None:
    """Give the lines of proved series their units, each with a note that says so."""
    for kind, pattern in _SHAPES:
        for series in list(_series(lines, kind, pattern)):
            for found in series:
                line = lines[found.place]
                line.unit, line.auto_unit = found.unit, bool(line.auto)
            lines[series[0].place].notes.append(NOTE)


def _series(lines: Sequence[Line], kind: str, pattern: re.Pattern[str]) -> Iterator[list[_Found]]:
    """What counts up from the first in each stretch without usual numbers of the same kind."""
    run: list[_Found] = []
    usual, begun, formed = False, kind == "article", False
    for index, line in enumerate(lines):
        unit = line.unit
        if unit is not None and unit.kind in _ABOVE[kind]:
            yield from _proved(run, kind, usual)
            run, usual = [], False
            formed = unit.kind == "form" or (formed and unit.kind not in _OPENING)
            begun = not formed and unit.kind != "appendix"
        elif unit is not None and unit.dotted and unit.kind == kind:
            usual = True
        elif kind == "article" and not run and unit is not None and unit.kind in _BEFORE_ARTICLES:
            begun = False
        if begun and (found := _at(index, line, kind, pattern)):
            steps = distance(run[-1].unit.label if run else None, found.unit.label, kind)
            if (steps == 1 or _is_next_latin(run, found)) and (not run or found.look == run[0].look):
                run.append(found)
    yield from _proved(run, kind, usual)


def _is_next_latin(run: list[_Found], found: _Found) -> bool:
    """Whether "(e)" follows "(d)", as where Word counts by letters."""
    last, label = run[-1].unit.label if run else "", found.unit.label
    return found.unit.kind == "point" and len(last) == len(label) == 1 and ord(label) == ord(last) + 1


def _proved(run: list[_Found], kind: str, usual: bool) -> Iterator[list[_Found]]:
    if len(run) >= _FEWEST[kind] and not usual:
        yield run


def _at(index: int, line: Line, kind: str, pattern: re.Pattern[str]) -> _Found | None:
    """What a line announces that announces nothing else, or an article in no usual way."""
    if line.table is not None or line.listed or line.origin != "body":
        return None
    unit = line.unit
    if unit is not None and unit.kind != "paragraph" and (unit.kind != kind or unit.dotted):
        return None
    text = f"{line.auto} {line.text}".strip() if line.auto else line.text
    matched = pattern.match(text[:_REACH].translate(_AS_SEEN))
    if matched is None or not _is_whole(matched) or (line.auto and matched.end() > len(line.auto) + 1):
        return None
    label = str(ordinal_value(matched["label"]) or matched["label"]) if kind == "article" else matched["label"]
    look = tuple((part or "").strip() for name, part in matched.groupdict().items() if name not in ("label", "note"))
    if line.auto:
        return _Found(index, Unit(kind, label, line.auto, 0), look)
    return _Found(index, Unit(kind, label, matched[0].strip(), matched.end()), look)


def _is_whole(matched: re.Match[str]) -> bool:
    """Whether signs say that it is a number at all, and a bracket that opens closes."""
    groups = matched.groupdict()
    lead, sign = (groups["lead"] or "").strip(), groups["sign"].strip()
    if lead in _ENCLOSING:
        return sign.startswith(_ENCLOSING[lead]) or "article" in groups or _ENCLOSING[lead] in sign
    if "word" in groups or groups["note"]:
        return bool(sign or groups["note"])
    return bool(lead) or sign != ")"
