"""Capital letters: "Đ)" among small points, "A)", "B)" below a number, "A.", "B." below a Roman number.

A letter above the numbers ("A. PHẦN MỘT", then "I.") is none of these; `verdicts` judges it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from consult.outline.grammar.labels import distance
from consult.outline.grammar.line import Line
from consult.outline.grammar.markers import Unit, is_capital_letter
from consult.outline.grammar.stack import Level, Stack

_BELOW_NUMBER, _BELOW_ROMAN = 78, 65
_FURTHEST = 400  # lines
_STOPS = frozenset({"article", "chapter", "section", "subsection", "appendix", "form"})


@dataclass(frozen=True, slots=True)
class Capital:
    """What a capital letter is: the unit, its rank, and the code of a doubt."""

    unit: Unit
    rank: int
    doubt: str = ""


def capital(lines: Sequence[Line], index: int, stack: Stack) -> Capital | None:
    """What the capital letter at `index` is below an open number; None when it is none, or stands above them."""
    line = lines[index]
    unit = line.unit
    if unit is None or not line.rest or not (is_capital_letter(unit) or unit.label in ("I", "L", "V", "X")):
        return None
    point = replace(unit, kind="point", label=unit.label.lower(), style="capital")
    if _counts_on(stack.parent_for(_BELOW_NUMBER), "capital", unit):
        return Capital(point, _BELOW_NUMBER)
    if unit.kind == "roman":
        return None
    if _counts_on(stack.parent_for(_BELOW_ROMAN), "part", unit) and stack.parent_for(_BELOW_ROMAN).node.kind == "roman":
        return Capital(unit, _BELOW_ROMAN)
    small = stack.grammar.rank("point") or 0
    if distance(stack.parent_for(small).last.get("point") or "", point.label, "point") == 1:
        return Capital(replace(point, style=""), small, "capital_label")
    return _first(lines, index, stack, point)


def remember(level: Level, unit: Unit) -> None:
    """Note in what holds it which capital letter came last, and how it was written."""
    level.last["capital" if unit.kind == "point" else "part"] = unit.label
    level.last["capital sign"] = unit.marker[-1]


def _counts_on(level: Level, kind: str, unit: Unit) -> bool:
    last = level.last.get(kind)
    return bool(last) and level.last.get("capital sign") == unit.marker[-1] and distance(last, unit.label, "point") == 1


def _first(lines: Sequence[Line], index: int, stack: Stack, point: Unit) -> Capital | None:
    """A letter A that begins a list inside an open number, where a B follows and no numbers begin anew between."""
    unit, holder = lines[index].unit, stack.find("article", "clause", "decimal", "roman")
    if unit is None or point.label != "a" or holder is None or holder.rank >= _BELOW_NUMBER:
        return None
    between = _up_to_next(lines, index, point)
    if between is None or any(one.kind == "roman" for one in between):
        return None
    numbers = [one for one in between if one.kind == "clause"]
    if holder.node.kind == "roman":
        return Capital(unit, _BELOW_ROMAN)
    if numbers and distance(None, numbers[0].label, "clause") == 1:
        return None
    small = any(one.kind == "point" and one.label == "b" for one in between[-1:])
    if small:
        return Capital(replace(point, style=""), stack.grammar.rank("point") or 0, "capital_label")
    return Capital(point, _BELOW_NUMBER)


def _up_to_next(lines: Sequence[Line], index: int, point: Unit) -> list[Unit] | None:
    """The units after a letter up to the next of its list, that one included; None when it does not come."""
    found: list[Unit] = []
    nested = False
    for line in lines[index + 1 : index + _FURTHEST]:
        unit = line.unit
        if unit is None or unit.kind == "paragraph":
            continue
        if unit.kind in _STOPS:
            return None
        found.append(unit)
        nested = nested or (unit.kind == "point" and unit.label == "a")
        letter = is_capital_letter(unit) or (unit.kind == "point" and not nested)
        if letter and unit.marker[-1] == point.marker[-1]:
            return found if distance(point.label, unit.label, "point") == 1 else None
    return None
