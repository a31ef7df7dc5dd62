"""The table of contents of a text on many sheets: every division; the articles of this sheet by name, those of
another as one entry. Each says how many comments there are on it and on all below it."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import groupby

from consult.reading.texts.service import Text
from consult.reading.texts.sheets import Node, Sheet

DIVISIONS = frozenset({"part", "chapter", "section", "subsection", "body", "appendix", "roman", "alternative"})


def contents(text: Text, shown: Sheet, sums: Mapping[str, int]) -> tuple[Node, ...]:
    """What the contents list beside `shown`, without words of the text itself; `sums` by path are of comments."""
    listing = _Listing(text, shown, sums)
    if shown.number == 0 or len(text.sheets) == 1:
        return tuple(listing.bare(node) for node in text.nodes)
    return tuple(listing.entries(text.nodes))


def addresses(text: Text, shown: Sheet) -> dict[str, str]:
    """For each path on another sheet, the query that opens that sheet; paths of this sheet need none."""
    return {path: f"?trang={number}" for path, number in text.sheet_of.items() if path not in shown.paths}


def _is_division(node: Node) -> bool:
    """Whether a node divides the text: by its kind, or as a heading without a number."""
    return node.kind in DIVISIONS or (node.kind == "paragraph" and bool(node.heading))


@dataclass(frozen=True)
class _Listing:
    text: Text
    shown: Sheet
    sums: Mapping[str, int]

    def bare(self, node: Node) -> Node:
        """A node and the divisions and articles below it, without words."""
        below = () if node.kind == "article" else tuple(map(self.bare, node.children))
        return self._entry(node, below)

    def entries(self, nodes: Sequence[Node]) -> Iterator[Node]:
        """The listed nodes among `nodes`; a run of articles on one other sheet is one."""
        listed = [node for node in nodes if node.kind == "article" or _is_division(node)]
        for (is_division, sheet), group in groupby(listed, key=lambda node: (_is_division(node), self._of(node))):
            run = list(group)
            if is_division:
                yield from (self._entry(node, tuple(self.entries(node.children))) for node in run)
            elif sheet == self.shown.number or len(run) == 1:
                yield from map(self.bare, run)
            else:
                yield self._run(run)

    def _entry(self, node: Node, below: tuple[Node, ...]) -> Node:
        current = self.shown.number > 0 and _is_division(node) and node.path in self.shown.paths
        count = self.sums.get(node.path, 0)
        return replace(node, text="", rows=None, children=below, count=count, current=current)

    def _of(self, node: Node) -> int:
        return self.text.sheet_of[node.path]

    def _run(self, nodes: Sequence[Node]) -> Node:
        first, last = (node.marker.rstrip(". ") for node in (nodes[0], nodes[-1]))
        count = sum(self.sums.get(node.path, 0) for node in nodes)
        return replace(self._entry(nodes[0], ()), marker=f"{first} – {last}", heading="", count=count)
