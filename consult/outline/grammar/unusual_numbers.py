"""Numbers in signs that nobody expects ("Điều 5/", "điều 5.", "(1)", "a,"): units where the series proves it.

One such line says nothing: "Điều 5, Luật …" may be cited, "(1)" may list things in a sentence. Several that look the
same and count up from the first, where no usual number of that kind stands, are what the author numbered by; and so is
one that stands where the usual numbers miss just this one ("Điêu 7." between Điều 6 and Điều 8).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from consult.outline.grammar.labels import distance
from consult.outline.grammar.line import Line
from consult.outline.grammar.markers import Unit, is_citation
from consult.outline.grammar.unusual_shapes import SHAPES, Found, unit_in

NOTE = "unusual_number"

_FEWEST = {"chapter": 2, "article": 3, "clause": 2, "point": 2}
_ANNEXED = frozenset({"appendix", "form"})
_DIVIDING = _ANNEXED | {"article", "part", "chapter", "section", "subsection", "roman"}
# What ends the stretch in which a series counts.
_ABOVE = {
    "chapter": _ANNEXED | {"part"},
    "article": _ANNEXED,
    "clause": _DIVIDING,
    "point": _DIVIDING | {"clause", "decimal"},
}
_OUTER = frozenset({"chapter", "article"})
_BEFORE_ARTICLES = frozenset({"clause", "roman", "decimal", "point"})
_OPENING = frozenset({"part", "chapter", "appendix"})


def mark(lines: Sequence[Line]) -> None:
    """Give the lines of proved series their units, the first of each with a note that says so."""
    for kind in SHAPES:
        for series in [*_series(lines, kind), *_in_gaps(lines, kind)]:
            for found in series:
                line = lines[found.place]
                line.unit, line.auto_unit = found.unit, bool(line.auto)
            lines[series[0].place].notes.append(NOTE)


def _series(lines: Sequence[Line], kind: str) -> Iterator[list[Found]]:
    """What counts up from the first in each stretch without usual numbers of the same kind."""
    run: list[Found] = []
    usual, begun, formed = False, kind in _OUTER, False
    for place, line in enumerate(lines):
        unit = line.unit
        if unit is not None and unit.kind in _ABOVE[kind]:
            yield from _proved(run, kind, usual)
            run, usual = [], False
            formed = unit.kind == "form" or (formed and unit.kind not in _OPENING)
            begun = not formed and unit.kind != "appendix"
        elif _is_usual(line, unit, kind):
            usual = True
        elif kind == "article" and not run and unit is not None and unit.kind in _BEFORE_ARTICLES:
            begun = False
        found = unit_in(line, place, kind) if begun else None
        if found is not None and _goes_on(run, found):
            run.append(found)
    yield from _proved(run, kind, usual)


def _in_gaps(lines: Sequence[Line], kind: str) -> Iterator[list[Found]]:
    """What stands where the usual numbers miss just this one; at the end a chapter that looks like a heading."""
    last, waiting = "", None
    for place, line in enumerate(lines):
        unit = line.unit
        if unit is not None and unit.kind in _ABOVE[kind]:
            last, waiting = "", None
        elif unit is not None and _is_usual(line, unit, kind):
            if waiting is not None and distance(waiting.unit.label, unit.label, kind) == 1:
                yield [waiting]
            last, waiting = unit.label, None
        elif last and waiting is None and (found := unit_in(line, place, kind)):
            waiting = found if distance(last, found.unit.label, kind) == 1 else None
    if waiting is not None and kind == "chapter" and lines[waiting.place].is_styled:
        yield [waiting]


def _is_usual(line: Line, unit: Unit | None, kind: str) -> bool:
    return unit is not None and unit.kind == kind and unit.dotted and not is_citation(line.rest)


def _goes_on(run: Sequence[Found], found: Found) -> bool:
    """Whether it looks like those before it and is the next: "(e)" after "(d)" too, as where Word counts by letters."""
    if not run:
        return distance(None, found.unit.label, found.unit.kind) == 1
    last, label = run[-1].unit.label, found.unit.label
    latin = found.unit.kind == "point" and len(last) == len(label) == 1 and ord(label) == ord(last) + 1
    return found.look == run[0].look and (latin or distance(last, label, found.unit.kind) == 1)


def _proved(run: list[Found], kind: str, usual: bool) -> Iterator[list[Found]]:
    if len(run) >= _FEWEST[kind] and not usual:
        yield run
