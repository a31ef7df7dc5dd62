"""Headings without a number, which hold what follows: known by their looks, and by the numbers below them, which begin
again ("KẾ HOẠCH NĂM 2027", then "1." after a "2.") or are articles."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import islice

from consult.outline.grammar.labels import distance
from consult.outline.grammar.line import Line
from consult.outline.grammar.stack import Level, Stack
from consult.outline.growth.decimals import UNNUMBERED, unnumbered_rank
from consult.outline.growth.ending import ends_text
from consult.outline.growth.headings import may_be_heading

_ABOVE_ARTICLES, _ABOVE_CHAPTERS, _ABOVE_ROMANS = 45, 15, 59
_DEEPEST = 9  # level of a heading
_FURTHEST = 40  # lines to the first number
_SEARCHED = 400  # lines for the next number of an open unit
_LONGEST = 200
_MOST_LINES = 4
_COUNTED = frozenset({"chapter", "article", "roman", "clause", "decimal", "point"})
_ENDINGS = (".", ";", ":", ",")


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading without a number: its rank, the index of the first line left, and the code of a doubt."""

    rank: int
    end: int
    doubt: str = ""


def heading(lines: Sequence[Line], index: int, stack: Stack) -> Heading | None:
    """The heading without a number that begins at `index`; None when there is none, or it holds nothing."""
    line = lines[index]
    if line.auto or line.table is not None or stack.scope.closed:
        return None
    rank = unnumbered_rank(line, stack)
    if rank is not None:
        return Heading(rank, index + 1)
    if stack.grammar.name == "decimal" or stack.scope.node.kind not in ("", "body"):
        return None
    end = _end(lines, index)
    begun = stack.scope.last or stack.inside_scope()
    if end > index and not begun and not _is_first_of_many(lines, index, end):
        return None
    rank = _rank(lines, index, end, stack) if end > index else None
    return None if rank is None else Heading(rank, end, "unnumbered_heading")


def _end(lines: Sequence[Line], index: int) -> int:
    """Index after the last line of a heading without a number, `index` itself when there is none by its looks."""
    if not _looks(lines[index]) or ends_text(lines, index):
        return index
    end = index + 1
    while end < len(lines) and end - index < _MOST_LINES and _looks(lines[end]):
        if _look(lines[end]) != _look(lines[index]):
            break
        end += 1
    return end


def _rank(lines: Sequence[Line], index: int, end: int, stack: Stack) -> int | None:
    """The rank of the heading from `index` to before `end`, by the number below it; None when it holds nothing."""
    first, following = lines[index], _next_number(lines, end)
    number = lines[following].unit if following is not None else None
    strong = first.heading_level is not None or (first.bold and first.centred and first.is_capital)
    if number is None:
        named = strong or (first.is_styled and UNNUMBERED.match(first.text))
        return _by_style(first, _ABOVE_ROMANS) if named and stack.grammar.name == "roman" else None
    if number.kind in ("article", "chapter"):
        near = following == end and stack.grammar.name == "articles" and (strong or first.is_capital)
        return (_ABOVE_ARTICLES if number.kind == "article" else _ABOVE_CHAPTERS) if near else None
    rank = stack.grammar.rank(number.kind, number.label)
    if rank is None:
        return None
    if stack.parent_for(rank).last.get(number.kind) is None:
        return _by_style(first, rank - 1) if _has_another(lines, end, first, rank, stack) else None
    level = _first_not_going_on(lines, end, stack)
    if distance(None, number.label, number.kind) == 1 and level is not None:
        return _by_style(first, min(level.rank, rank) - 1)
    return rank if strong and stack.grammar.name == "roman" else None


def _by_style(line: Line, rank: int) -> int:
    """Headings above the Roman numbers nest by their styles."""
    return rank - _DEEPEST + min(line.heading_level or _DEEPEST, _DEEPEST) if rank == _ABOVE_ROMANS else rank


def _is_first_of_many(lines: Sequence[Line], index: int, end: int) -> bool:
    """Whether a heading before the first number is no part of the title: another that looks the same stands before a
    later article, or where the same numbers begin again, and what is above this one looks otherwise."""
    first, before = lines[index], lines[index - 1] if index else None
    kind = _begins_with(lines, end)
    if before is None or (before.table is None and _look(before) == _look(first)) or not kind:
        return False
    following = range(end, min(end + _SEARCHED, len(lines)))
    return any(
        _looks(lines[at]) and _look(lines[at]) == _look(first) and _begins_with(lines, at + 1) == kind
        for at in following
    )


def _begins_with(lines: Sequence[Line], index: int) -> str:
    """The kind of the number that a line bears, if it is an article or the first of its kind."""
    unit = lines[index].unit if index < len(lines) else None
    if unit is None or unit.kind not in _COUNTED:
        return ""
    return unit.kind if unit.kind == "article" or distance(None, unit.label, unit.kind) == 1 else ""


def _has_another(lines: Sequence[Line], end: int, first: Line, rank: int, stack: Stack) -> bool:
    """Whether a heading that looks the same comes below, before what holds both is over, and numbers begin anew there:
    then this one, before the first numbers, is a heading too."""
    for index in range(end, min(end + _SEARCHED, len(lines))):
        unit = lines[index].unit
        above = None if unit is None else stack.grammar.rank(unit.kind, unit.label)
        if above is not None and above < rank:
            return False
        if unit is None and _looks(lines[index]) and _look(lines[index]) == _look(first):
            following = _next_number(lines, index + 1)
            number = lines[following].unit if following is not None else None
            if number is not None and stack.grammar.rank(number.kind, number.label) == rank:
                return distance(None, number.label, number.kind) == 1
    return False


def _first_not_going_on(lines: Sequence[Line], end: int, stack: Stack) -> Level | None:
    """The outermost open number that does not count on below; those around it do, so the heading stands inside them."""
    for level in stack.inside_scope():
        node = level.node
        if node.kind not in _COUNTED:
            continue
        later = (line.unit for line in islice(lines, end, end + _SEARCHED) if line.unit and line.unit.kind == node.kind)
        found = next(later, None)
        if found is None or distance(node.label, found.label, node.kind) != 1:
            return level
    return None


def _next_number(lines: Sequence[Line], start: int) -> int | None:
    for index in range(start, min(start + _FURTHEST, len(lines))):
        unit = lines[index].unit
        if unit is not None and unit.kind != "paragraph":
            return index if unit.kind in _COUNTED else None
    return None


def _looks(line: Line) -> bool:
    return (
        may_be_heading(line)
        and line.is_styled
        and not line.listed
        and not _ends(line.text)
        and len(line.text) < _LONGEST
    )


def _ends(text: str) -> bool:
    return text.endswith(_ENDINGS)


def _look(line: Line) -> tuple[bool, bool, bool, int | None]:
    return line.bold, line.centred, line.is_capital, line.heading_level
