"""A long text cut into sheets that a phone on a bad line can load: at chapters where they fit, else at articles."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

BUDGET = 60_000
"""Bytes of a sheet's page before compression, estimated: about 15 kB on the wire."""

OVERHEAD = 330
"""Bytes of mark-up around one provision."""

UNSPLIT = frozenset({"article", "table", "clause", "point", "paragraph", "quoted", "footnote"})


@dataclass(frozen=True)
class Node:
    """A provision as a page draws it, with everything below it and how many comments are on it."""

    path: str
    kind: str
    label: str = ""
    marker: str = ""
    heading: str = ""
    text: str = ""
    rows: list[Any] | None = None
    count: int = 0
    children: tuple["Node", ...] = field(default=())

    def weight(self) -> int:
        """The estimated bytes of the node and all below it on a page."""
        own = OVERHEAD + 2 * len(self.text) + len(self.heading) + (_weight_of_rows(self.rows) if self.rows else 0)
        return own + sum(child.weight() for child in self.children)

    def paths(self) -> Iterator[str]:
        """The path of the node and of all below it."""
        yield self.path
        for child in self.children:
            yield from child.paths()


@dataclass(frozen=True)
class Sheet:
    """One page of a text: trees whose outer nodes may hold only some of their children."""

    number: int
    nodes: tuple[Node, ...]

    def paths(self) -> set[str]:
        """Everything that can be pointed at on this sheet."""
        return {path for node in self.nodes for path in node.paths()}


def cut(nodes: Sequence[Node], budget: int = BUDGET) -> list[Sheet]:
    """`nodes` as sheets of about `budget` bytes; a single provision is never cut. At least one sheet."""
    sheets: list[list[tuple[tuple[Node, ...], Node]]] = [[]]
    weight = 0
    for ancestors, unit in _units(nodes, (), budget):
        heavy = unit.weight()
        if sheets[-1] and weight + heavy > budget:
            sheets.append([])
            weight = 0
        sheets[-1].append((ancestors, unit))
        weight += heavy
    return [Sheet(number, _grown(units)) for number, units in enumerate(sheets, start=1)]


def _units(nodes: Sequence[Node], ancestors: tuple[Node, ...], budget: int) -> Iterator[tuple[tuple[Node, ...], Node]]:
    """The largest parts that fit a sheet, each with the divisions around it."""
    for node in nodes:
        if node.kind in UNSPLIT or not node.children or node.weight() <= budget:
            yield ancestors, node
        else:
            yield from _units(node.children, (*ancestors, node), budget)


def _grown(units: Sequence[tuple[tuple[Node, ...], Node]], depth: int = 0) -> tuple[Node, ...]:
    """The units of a sheet put back under their divisions, whose headings are repeated on every sheet."""
    grown: list[Node] = []
    position = 0
    while position < len(units):
        ancestors, unit = units[position]
        if len(ancestors) == depth:
            grown.append(unit)
            position += 1
            continue
        above = ancestors[depth]
        end = position
        while end < len(units) and len(units[end][0]) > depth and units[end][0][depth] is above:
            end += 1
        grown.append(replace(above, children=_grown(units[position:end], depth + 1)))
        position = end
    return tuple(grown)


def _weight_of_rows(rows: Sequence[Any]) -> int:
    total = 0
    for row in rows:
        for cell in row:
            total += 30 + 2 * len(cell.get("text") or "")
            total += sum(len(str(child)) for child in cell.get("children") or ())
    return total
