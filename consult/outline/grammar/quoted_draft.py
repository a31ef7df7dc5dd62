"""A draft that stands in quotation marks itself, as a whole or article by article: its articles are its own.

In an amending text the first article has no mark; what it quotes are other numbers. Where the very first article is
“Điều 1. …”, nothing announces it, and the articles after it count on, nobody is quoted.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from consult.outline.grammar.labels import distance
from consult.outline.grammar.line import Line
from consult.outline.grammar.markers import ANY_QUOTE, Unit, is_citation, unit_at
from consult.outline.grammar.unusual_numbers import NOTE

_FEWEST = 3


def mark(lines: Sequence[Line]) -> None:
    """Give the articles of a draft in quotation marks their units, the first of them with a note that says so."""
    found = list(_counting(lines))
    if len(found) < _FEWEST or lines[found[0][0]].unit is not None or _is_announced(lines, found[0][0]):
        return
    lines[found[0][0]].notes.append(NOTE)
    for place, unit in found:
        lines[place].unit = unit


def is_own(line: Line) -> bool:
    """Whether a mark before an article is that of a draft which stands in quotation marks itself."""
    return line.unit is not None and line.unit.kind == "article" and line.unit.marker[:1] in tuple(ANY_QUOTE)


def _counting(lines: Sequence[Line]) -> Iterator[tuple[int, Unit]]:
    """The articles that count up from 1, with a mark before them or not, by their place; nothing when the first
    article is another."""
    last: str | None = None
    for place, line in enumerate(lines):
        unit = _article(line)
        if unit is None:
            continue
        if distance(last, unit.label, "article") == 1:
            yield place, unit
            last = unit.label
        elif last is None:
            return


def _article(line: Line) -> Unit | None:
    if line.unit is not None or line.table is not None or line.listed or line.origin != "body" or line.auto:
        return line.unit if line.unit is not None and line.unit.kind == "article" and line.unit.dotted else None
    text = line.text.lstrip(ANY_QUOTE).lstrip()
    signs = len(line.text) - len(text)
    unit = unit_at(text) if signs else None
    if unit is None or unit.kind != "article" or not unit.dotted or is_citation(text[unit.end :]):
        return None
    end = signs + unit.end
    return replace(unit, marker=line.text[:end].strip(), end=end)


def _is_announced(lines: Sequence[Line], place: int) -> bool:
    """Whether the line before leads to a quotation."""
    return place > 0 and lines[place - 1].text.rstrip().endswith((":", ",", ";"))
