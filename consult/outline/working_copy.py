"""A copy of an outline under correction, where its provisions hang, and what may be wrong with a correction."""

from __future__ import annotations

from copy import deepcopy
from dataclasses import dataclass

from consult.outline.addresses import assign_paths
from consult.outline.grammar.labels import canonical
from consult.outline.tree import Node, Outline, OutlineWarning

WITHOUT_CHILDREN = frozenset({"table", "footnote", "picture"})
_LONGEST_LABEL = 20


class CorrectionError(ValueError):
    """A correction that cannot be made; `code` says why."""

    code = "bad_correction"


class UnknownProvision(CorrectionError):
    """There is no provision at that path."""

    code = "unknown_provision"


class BadKind(CorrectionError):
    """Not a kind, or one that this provision cannot be."""

    code = "bad_kind"


class BadLabel(CorrectionError):
    """A label is missing, too long, or the kind is counted and has none of its own."""

    code = "bad_label"


class BadParent(CorrectionError):
    """The new parent is the provision itself, lies inside it, or cannot hold others."""

    code = "bad_parent"


class BadSplit(CorrectionError):
    """The place of the cut leaves one side empty, or lies outside the text."""

    code = "bad_split"


class BadJoin(CorrectionError):
    """There is nothing before the provision that it could be joined to without mixing up the order of the text."""

    code = "bad_join"


@dataclass(slots=True)
class Place:
    """Where a node hangs: in which list, at which index, below which node (None for the document)."""

    node: Node
    siblings: list[Node]
    index: int
    parent: Node | None


class BadRange(CorrectionError):
    """The first and the last provision of a range do not stand below the same one."""

    code = "bad_range"


class WorkingCopy:
    """A copy of an outline that is being corrected."""

    def __init__(self, outline: Outline) -> None:
        self.outline = deepcopy(outline)
        self._by_path = {node.path: node for node in self.outline.walk()}

    def place(self, path: str) -> Place:
        """Where the provision at `path` hangs; raises `UnknownProvision`."""
        found = _find(self.outline.provisions, path, None)
        if found is None:
            raise UnknownProvision(path)
        return found

    def finish(self) -> Outline:
        """Paths anew; warnings follow their provisions, those about repeated labels are made anew."""
        repeated = assign_paths(self.outline.provisions)
        kept = [warning for warning in self.outline.warnings if warning.code != "repeated_label"]
        moved = [OutlineWarning(warning.code, self._new_path(warning.path), warning.message) for warning in kept]
        self.outline.warnings = moved + repeated
        return self.outline

    def _new_path(self, path: str) -> str:
        node = self._by_path.get(path)
        return node.path if node is not None else path


def _find(nodes: list[Node], path: str, parent: Node | None) -> Place | None:
    for index, node in enumerate(nodes):
        if node.path == path:
            return Place(node, nodes, index, parent)
        below = [cell.children for row in node.rows for cell in row]
        for children in (*below, node.children):
            found = _find(children, path, node)
            if found is not None:
                return found
    return None


def checked_label(kind: str, label: str) -> str:
    """The label in its canonical spelling; raises `BadLabel`."""
    if not any(sign.isalnum() for sign in label) or len(label) > _LONGEST_LABEL:
        raise BadLabel(label)
    return canonical(kind, label)


def check_holder(holder: Node, node: Node) -> None:
    """Raise `BadParent` unless `node` may hang below `holder`."""
    if holder.kind in WITHOUT_CHILDREN or any(inside is holder for inside in node.walk()):
        raise BadParent(holder.path)
