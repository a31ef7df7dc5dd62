"""Alternatives put up for choice: "Phương án 1", "Phương án 2", around articles, clauses, points or mere text.

Only where a second one follows the first are they alternatives; they may stand inside each other. What they hold tells
where they hang: those around clauses below the article, those around articles beside the articles.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from consult.outline.grammar.grammars import ALTERNATIVE_OF_TEXT, Grammar
from consult.outline.grammar.labels import distance
from consult.outline.grammar.line import Line
from consult.outline.grammar.markers import Unit, is_citation
from consult.outline.grammar.stack import Level, Stack
from consult.outline.tree import Node

_PASSED_OVER = frozenset({"paragraph", "alternative", "footnote"})
_CITED = frozenset({"article", "chapter", "section"})


@dataclass(slots=True)
class Group:
    """Alternatives to one another: the lines at which they begin, the kind of unit they hold with its labels, and what
    had been counted before the first of them."""

    members: list[int]
    kind: str = ""
    labels: list[str] = field(default_factory=list)
    before: dict[str, str] | None = None
    article_before: str = ""


class Alternatives:
    """Knows which of `lines` begin alternatives."""

    def __init__(self, lines: Sequence[Line]) -> None:
        self._lines = lines
        self._groups = _groups(lines)
        self._last: dict[int, Group] = {}
        self._told: set[int] = set()

    def open_at(self, index: int, stack: Stack) -> Node | None:
        """Open the alternative that begins at `index`; None when it has no other beside it."""
        group, line = self._groups.get(index), self._lines[index]
        unit = line.unit
        if group is None or unit is None:
            return None
        rank = self._rank(group, stack.grammar)
        holder, scope = stack.parent_for(rank), stack.scope
        if group.before is None:
            group.before, group.article_before = dict(holder.last), scope.last.get("article", "")
        scope.last["article"] = group.article_before
        if not group.article_before:
            del scope.last["article"]
        node = Node("alternative", unit.label, unit.marker, marker_auto=line.auto_unit)
        level = stack.open(rank, node)
        level.last = {kind: label for kind, label in group.before.items() if kind == group.kind}
        if index == group.members[-1]:
            self._last[id(node)] = group
        return node

    def ended_by(self, unit: Unit, rank: int, stack: Stack) -> str:
        """Close the last alternative where a unit counts on beyond all of them; returns the code of a doubt."""
        level = stack.parent_for(rank)
        group = self._last.get(id(level.node))
        if group is None or unit.kind != group.kind or not group.labels or unit.label in group.labels:
            return ""
        before = (group.before or {}).get(unit.kind) if unit.kind != "article" else group.article_before
        begins_anew = distance(None, group.labels[0], unit.kind) == 1
        if begins_anew and not (before and distance(before, unit.label, unit.kind) == 1):
            return self._once("alternative_goes_on", level)
        counted = level.last
        stack.close(level.rank)
        stack.parent_for(rank).last.update(counted)
        return "alternative_end"

    def text_goes_on(self, index: int, stack: Stack) -> str:
        """The code of a doubt where the last of some alternatives of mere text is longer than the first was."""
        level = stack.unit
        group = self._last.get(id(level.node))
        if group is None or group.kind or index - group.members[-1] < group.members[1] - group.members[0]:
            return ""
        return self._once("alternative_goes_on", level)

    def _once(self, code: str, level: Level) -> str:
        told = id(level.node) in self._told
        self._told.add(id(level.node))
        return "" if told else code

    def _rank(self, group: Group, grammar: Grammar) -> int:
        """Just above the highest unit that the alternatives hold."""
        held = [(rank, unit) for unit in self._held(group) if (rank := grammar.rank(unit.kind, unit.label)) is not None]
        if not held:
            return ALTERNATIVE_OF_TEXT
        highest = min(rank for rank, _ in held)
        group.kind = next(unit.kind for rank, unit in held if rank == highest)
        group.labels = [unit.label for rank, unit in held if rank == highest]
        return highest - 1

    def _held(self, group: Group) -> Iterator[Unit]:
        """The units between the alternatives, and what begins right below the last one when it has no text itself."""
        last = group.members[-1]
        below = () if self._lines[last].rest else self._lines[last + 1 : last + 2]
        for line in (*self._lines[group.members[0] + 1 : last], *below):
            unit = line.unit
            if unit is None or unit.kind in _PASSED_OVER or (unit.kind in _CITED and is_citation(line.rest)):
                continue
            if unit.kind != "article" or unit.dotted or line.is_styled:
                yield unit


def _groups(lines: Sequence[Line]) -> dict[int, Group]:
    """The alternatives by the lines at which they begin; one without another beside it is none."""
    found: list[Group] = []
    open_groups: list[tuple[Group, str]] = []
    for index, line in enumerate(lines):
        unit = line.unit
        if unit is None or unit.kind != "alternative":
            continue
        while open_groups and distance(None, unit.label, "alternative") != 1:
            group, last = open_groups.pop()
            if distance(last, unit.label, "alternative") == 1:
                group.members.append(index)
                open_groups.append((group, unit.label))
                break
        if distance(None, unit.label, "alternative") == 1:
            found.append(Group([index]))
            open_groups.append((found[-1], unit.label))
    return {index: group for group in found if len(group.members) > 1 for index in group.members}
