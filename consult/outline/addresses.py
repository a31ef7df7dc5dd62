"""Giving every provision its path, once the tree stands."""

from __future__ import annotations

from collections.abc import Iterable

from consult.outline.grammar.labels import canonical
from consult.outline.paths import COUNTED_KINDS, join, segment
from consult.outline.tree import Node, OutlineWarning

# An article is cited without its chapter, a decimal number contains those above it, and an unnumbered heading has no
# name to be cited by: their paths skip these ancestors.
_PASSED_OVER = {
    "article": frozenset({"part", "chapter", "section", "subsection", "paragraph"}),
    "decimal": frozenset({"decimal", "paragraph"}),
}


def assign_paths(provisions: Iterable[Node]) -> list[OutlineWarning]:
    """Set `label` and `path` of every node below `provisions`; returns a warning for each label met twice."""
    warnings: list[OutlineWarning] = []
    _assign(list(provisions), [], {}, warnings)
    return warnings


def _assign(nodes: list[Node], above: list[Node], used: dict[str, int], warnings: list[OutlineWarning]) -> None:
    counts: dict[str, int] = {}
    taken = {(node.kind, canonical(node.kind, node.label)) for node in nodes if node.label}
    for node in nodes:
        _label(node, taken, counts)
        base = join(_parent_path(node, above), segment(node.kind, node.label))
        used[base] = used.get(base, 0) + 1
        node.path = base if used[base] == 1 else f"{base}~{used[base]}"
        if used[base] > 1:
            message = f"{node.kind} {node.label} stands {used[base]} times in the same place"
            warnings.append(OutlineWarning("repeated_label", node.path, message))
        below = [*above, node]
        cells = [child for row in node.rows for cell in row for child in cell.children]
        _assign([*cells, *node.children], below, used, warnings)


def _label(node: Node, taken: set[tuple[str, str]], counts: dict[str, int]) -> None:
    """The canonical label; for counted kinds, and an appendix without a number, the place among its like."""
    if node.kind == "body":
        return
    if node.label and node.kind not in COUNTED_KINDS:
        node.label = canonical(node.kind, node.label)
        return
    number = counts.get(node.kind, 0) + 1
    while node.kind not in COUNTED_KINDS and (node.kind, str(number)) in taken:
        number += 1
    counts[node.kind] = number
    node.label = str(number)


def _parent_path(node: Node, above: list[Node]) -> str:
    passed = _PASSED_OVER.get(node.kind)
    if passed is None:
        return above[-1].path if above else ""
    return next((ancestor.path for ancestor in reversed(above) if ancestor.kind not in passed), "")
