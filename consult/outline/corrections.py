"""Corrections by hand, until publication: each takes an outline and gives a new one with all paths made anew.

The outline that came in is never changed. Whatever is corrected, the text of the document stays: only its place in the
tree, its kind or its label changes. A correction that makes no sense raises a `CorrectionError` with a code.
"""

from __future__ import annotations

from consult.outline.grammar.markers import unit_at
from consult.outline.paths import COUNTED_KINDS
from consult.outline.tree import KINDS, Node, Outline
from consult.outline.working_copy import (
    WITHOUT_CHILDREN,
    BadJoin,
    BadKind,
    BadLabel,
    BadParent,
    BadSplit,
    WorkingCopy,
    check_holder,
    checked_label,
)

_FIXED_KINDS = frozenset({"table", "footnote", "picture"})


def change_kind(outline: Outline, path: str, kind: str, label: str = "") -> Outline:
    """Make the provision one of another `kind`.

    `label` may stay empty when the text begins with a number of that kind ("4. …"), which then becomes the marker, or
    for a kind that is counted. Raises `BadKind`, `BadLabel`, `UnknownProvision`.
    """
    working = WorkingCopy(outline)
    change_kind_in(working, path, kind, label)
    return working.finish()


def change_kind_in(working: WorkingCopy, path: str, kind: str, label: str = "") -> None:
    """The same in a working copy."""
    node = working.place(path).node
    if kind not in KINDS or kind in _FIXED_KINDS or node.kind in _FIXED_KINDS:
        raise BadKind(kind)
    unit = unit_at(node.text) if not node.marker and not node.heading else None
    if unit is not None and unit.kind == kind:
        node.marker, node.text = node.text[: unit.end].strip(), node.text[unit.end :].strip()
        label = label or unit.label
    printed = unit_at(f"{node.marker} X") if node.marker and node.kind in COUNTED_KINDS else None
    if printed is not None and printed.kind == kind:
        label = label or printed.label
    if kind not in COUNTED_KINDS:
        keep = node.label if node.kind not in COUNTED_KINDS else ""
        node.label = checked_label(kind, label or keep)
    node.kind = kind


def relabel(outline: Outline, path: str, label: str) -> Outline:
    """Give the provision another label; what is printed stays. Raises `BadLabel`, `UnknownProvision`."""
    working = WorkingCopy(outline)
    node = working.place(path).node
    if node.kind in COUNTED_KINDS:
        raise BadLabel(node.kind)
    node.label = checked_label(node.kind, label)
    return working.finish()


def change_parent(outline: Outline, path: str, parent: str, position: int | None = None) -> Outline:
    """Hang the provision below `parent` (a path; empty for the document), at `position` or at the end.

    Raises `BadParent`, `UnknownProvision`.
    """
    working = WorkingCopy(outline)
    place = working.place(path)
    holder = working.place(parent).node if parent else None
    if holder is not None:
        check_holder(holder, place.node)
    del place.siblings[place.index]
    target = holder.children if holder is not None else working.outline.provisions
    target.insert(len(target) if position is None else max(0, min(position, len(target))), place.node)
    return working.finish()


def raise_level(outline: Outline, path: str) -> Outline:
    """Move the provision one level up, after its parent; what followed it there goes below it, so that the order of
    reading stays. Raises `BadParent` when it stands at the top already."""
    working = WorkingCopy(outline)
    raise_level_in(working, path)
    return working.finish()


def raise_level_in(working: WorkingCopy, path: str) -> None:
    """The same in a working copy."""
    place = working.place(path)
    if place.parent is None or place.node.kind in WITHOUT_CHILDREN:
        raise BadParent(path)
    above = working.place(place.parent.path)
    following = place.siblings[place.index + 1 :]
    del place.siblings[place.index :]
    place.node.children.extend(following)
    above.siblings.insert(above.index + 1, place.node)


def lower_level(outline: Outline, path: str) -> Outline:
    """Move the provision one level down, to the end of the one before it. Raises `BadParent` when there is none."""
    working = WorkingCopy(outline)
    lower_level_in(working, path)
    return working.finish()


def lower_level_in(working: WorkingCopy, path: str) -> None:
    """The same in a working copy."""
    place = working.place(path)
    if place.index == 0:
        raise BadParent(path)
    holder = place.siblings[place.index - 1]
    check_holder(holder, place.node)
    del place.siblings[place.index]
    holder.children.append(place.node)


def split(outline: Outline, path: str, offset: int, kind: str = "", label: str = "") -> Outline:
    """Cut the text of the provision before the character at `offset`; the rest becomes the next sibling.

    The new one is of `kind` (the same kind when empty) and takes what stands below, so that the order of reading
    stays; its label as in `change_kind`. Raises `BadSplit`, `BadKind`, `BadLabel`, `UnknownProvision`.
    """
    working = WorkingCopy(outline)
    place = working.place(path)
    node = place.node
    kind = kind or node.kind
    if kind not in KINDS or kind in _FIXED_KINDS or node.kind in _FIXED_KINDS:
        raise BadKind(kind)
    first, rest = node.text[: max(offset, 0)].strip(), node.text[max(offset, 0) :].strip()
    if not rest or not (first or node.heading or node.marker):
        raise BadSplit(str(offset))
    new = Node(kind, text=rest, children=node.children)
    unit = unit_at(rest)
    if unit is not None and unit.kind == kind:
        new.marker, new.text = rest[: unit.end].strip(), rest[unit.end :].strip()
        label = label or unit.label
    new.label = "" if kind in COUNTED_KINDS else checked_label(kind, label)
    node.text, node.children = first, []
    place.siblings.insert(place.index + 1, new)
    return working.finish()


def join_previous(outline: Outline, path: str) -> Outline:
    """Make the provision part of the text of the one before it, which must have nothing below it.

    Raises `BadJoin`, `UnknownProvision`.
    """
    working = WorkingCopy(outline)
    join_previous_in(working, path)
    return working.finish()


def join_previous_in(working: WorkingCopy, path: str) -> None:
    """The same in a working copy."""
    place = working.place(path)
    if place.index == 0 or place.node.kind in _FIXED_KINDS:
        raise BadJoin(path)
    previous = place.siblings[place.index - 1]
    if previous.children or previous.kind in _FIXED_KINDS:
        raise BadJoin(previous.path)
    parts = (previous.text, place.node.marker, place.node.heading, place.node.text)
    previous.text = " ".join(part for part in parts if part)
    previous.children = place.node.children
    del place.siblings[place.index]
