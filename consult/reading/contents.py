"""The table of contents of a text on many sheets: every division; the articles of this sheet by name, those of
another as one entry."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import groupby

from consult.reading.sheets import Node, Sheet
from consult.reading.texts import Text, counted

DIVISIONS = frozenset({"part", "chapter", "section", "subsection", "body", "appendix", "roman"})
LISTED = DIVISIONS | {"article"}


def contents(text: Text, shown: Sheet, counts: Mapping[str, int]) -> tuple[Node, ...]:
    """What the contents list beside `shown`, without words of the text itself; `counts` by path count the comments."""
    if len(text.sheets) == 1:
        return counted([_bare(node) for node in text.nodes], counts)
    return counted(tuple(_entries(text, text.nodes, shown)), counts)


def addresses(text: Text, shown: Sheet) -> dict[str, str]:
    """For each path on another sheet, the query that opens that sheet; paths of this sheet need none."""
    return {path: f"?trang={number}" for path, number in text.sheet_of.items() if path not in shown.paths}


def _bare(node: Node) -> Node:
    below = () if node.kind == "article" else tuple(_bare(child) for child in node.children)
    return replace(node, text="", rows=None, children=below)


def _entries(text: Text, nodes: Sequence[Node], shown: Sheet) -> Iterator[Node]:
    """The listed nodes among `nodes`; a run of articles on one other sheet is one."""
    listed = [node for node in nodes if node.kind in LISTED]
    for (is_division, sheet), group in groupby(listed, key=lambda node: (node.kind in DIVISIONS, _sheet(text, node))):
        run = list(group)
        if is_division:
            yield from (
                replace(node, text="", rows=None, children=tuple(_entries(text, node.children, shown))) for node in run
            )
        elif sheet == shown.number or len(run) == 1:
            yield from (_bare(node) for node in run)
        else:
            yield _run(run)


def _sheet(text: Text, node: Node) -> int:
    return text.sheet_of[node.path]


def _run(nodes: Sequence[Node]) -> Node:
    first, last = (node.marker.rstrip(". ") for node in (nodes[0], nodes[-1]))
    return replace(_bare(nodes[0]), marker=f"{first} – {last}", heading="")
