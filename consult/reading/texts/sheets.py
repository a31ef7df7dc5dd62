"""A long text cut into sheets that a phone on a bad line can load: chapter by chapter; a chapter that is too long at
its sections or articles, and what alone is too long at its clauses, points, or the rows of its table."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import Any

from consult.reading.texts.long_tables import Rows, head_rows, parts_of, weight_of_rows
from consult.responses.statistics.stances import ClauseStances

BUDGET = 100_000
"""Bytes of a sheet's page before compression, estimated: at most 15 kB on the wire, contents and frame and all."""

OVERHEAD = 450
"""Bytes of mark-up around one provision."""

LONGEST_REPEATED = 400
"""Characters of a clause's own words that are said again where the clause goes on on another sheet."""

ANNEXED = frozenset({"appendix", "form"})


@dataclass(frozen=True)
class Node:
    """A provision as a page draws it, with everything below it and how many comments are on it; `earlier` are pairs of
    an earlier revision and how many of these were made on that, `stances` who is for it and who against.

    `continued` says that it began on an earlier sheet; `repeated_rows` of a table's rows stood there already. In the
    contents, the division that is being read is `current`.
    """

    path: str
    kind: str
    label: str = ""
    marker: str = ""
    heading: str = ""
    text: str = ""
    rows: Rows | None = None
    picture: dict[str, Any] | None = None
    page: int = 0
    count: int = 0
    earlier: tuple[tuple[int, int], ...] = ()
    stances: ClauseStances | None = None
    children: tuple["Node", ...] = field(default=())
    continued: bool = False
    repeated_rows: int = 0
    current: bool = False

    @cached_property
    def weight(self) -> int:
        """The estimated bytes of the node and all below it on a page."""
        own = OVERHEAD + 2 * len(self.text) + len(self.heading) + (weight_of_rows(self.rows) if self.rows else 0)
        return own + sum(child.weight for child in self.children)

    @cached_property
    def head_rows(self) -> int:
        """How many rows of its table are plainly its head."""
        return head_rows(self.rows or [])

    @cached_property
    def every_path(self) -> tuple[str, ...]:
        """The path of the node and of all below it."""
        return self.path, *(path for child in self.children for path in child.every_path)

    def again(self) -> "Node":
        """The node as it stands where it goes on on another sheet: its name, and its own words unless they are long."""
        short = len(self.text) <= LONGEST_REPEATED
        return replace(self, continued=True, rows=None, text=self.text if short else "", children=())


@dataclass(frozen=True)
class Sheet:
    """One page of a text: trees whose outer nodes may hold only some of their children."""

    number: int
    nodes: tuple[Node, ...]

    @cached_property
    def every_path(self) -> tuple[str, ...]:
        """The paths of this sheet in the order of reading."""
        return tuple(path for node in self.nodes for path in node.every_path)

    @cached_property
    def paths(self) -> frozenset[str]:
        """Everything that can be pointed at on this sheet."""
        return frozenset(self.every_path)


Unit = tuple[tuple[Node, ...], Node]
"""A part of a text that stays together, with the nodes around it, the outermost first."""


def cut(nodes: Sequence[Node], budget: int = BUDGET) -> list[Sheet]:
    """`nodes` as sheets of about `budget` bytes, at least one. A text that needs several begins one at each chapter;
    only a single paragraph or row is never cut."""
    sheets: list[list[Unit]] = [[]]
    weight, chapter = 0, ""
    long = sum(node.weight for node in nodes) > budget
    for ancestors, unit in _units(nodes, (), budget):
        before, chapter = chapter, _chapter(ancestors, unit) or chapter
        turned = long and before and before != chapter
        if sheets[-1] and (turned or weight + unit.weight > budget):
            sheets.append([])
            weight = 0
        sheets[-1].append((ancestors, unit))
        weight += unit.weight
    begun: set[str] = set()
    return [Sheet(number, _grown(units, begun)) for number, units in enumerate(sheets, start=1)]


def _chapter(ancestors: tuple[Node, ...], unit: Node) -> str:
    """The path of the chapter that a unit is or stands in, or nothing; all appendices are as one, whatever chapters
    they have."""
    around = (*ancestors, unit)
    if around[0].kind in ANNEXED:
        return around[0].kind
    return next((node.path for node in around if node.kind == "chapter"), "")


def _units(nodes: Sequence[Node], ancestors: tuple[Node, ...], budget: int) -> Iterator[Unit]:
    """The largest parts that fit a sheet, each with the nodes around it."""
    for node in nodes:
        if node.weight <= budget:
            yield ancestors, node
            continue
        if node.rows:
            tables = _tables(node, budget)
            yield from ((ancestors, table) for table in tables[:-1])
            node = tables[-1]
        if node.children and node.weight > budget:
            yield from _units(node.children, (*ancestors, node), budget)
        else:
            yield ancestors, node


def _tables(node: Node, budget: int) -> list[Node]:
    """A long table as several; what stands below it goes with the last."""
    parts = parts_of(node.rows or [], budget)
    tables = [
        replace(node, rows=[*part.header, *part.rows], repeated_rows=len(part.header), continued=position > 0)
        for position, part in enumerate(parts)
    ]
    return [*(replace(table, children=()) for table in tables[:-1]), tables[-1]]


def _grown(units: Sequence[Unit], begun: set[str], depth: int = 0) -> tuple[Node, ...]:
    """The units of a sheet put back under the nodes around them, whose names are said again on every sheet."""
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
        named = above.again() if above.path in begun else above
        begun.add(above.path)
        grown.append(replace(named, children=_grown(units[position:end], begun, depth + 1)))
        position = end
    return tuple(grown)
