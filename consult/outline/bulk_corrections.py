"""Many provisions corrected in one act: all of them or none. What is below a provision moves with it.

Each takes an outline with the paths of provisions, in any order, and gives a new outline. A correction that cannot be
made raises a `BulkError` that names the provision.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from functools import partial

from consult.outline.corrections import change_kind_in, join_previous_in, lower_level_in, raise_level_in
from consult.outline.tree import Outline
from consult.outline.working_copy import BadRange, CorrectionError, UnknownProvision, WorkingCopy

Step = Callable[[WorkingCopy, str], None]


class BulkError(CorrectionError):
    """One of many corrections that cannot be made: the path of the provision and the code of the reason."""

    def __init__(self, path: str, code: str) -> None:
        super().__init__(path)
        self.path = path
        self.code = code


def raise_levels(outline: Outline, paths: Iterable[str]) -> Outline:
    """Move provisions one level up, each after what held it."""
    return _each(outline, _outermost(outline, paths), raise_level_in)


def lower_levels(outline: Outline, paths: Iterable[str]) -> Outline:
    """Move provisions one level down, to the end of the nearest one before them that is not moved itself."""
    return _each(outline, _outermost(outline, paths), lower_level_in)


def join_all(outline: Outline, paths: Iterable[str]) -> Outline:
    """Make provisions part of the text of the nearest one before them that is not joined itself."""
    return _each(outline, _ordered(outline, paths), join_previous_in)


def change_kinds(outline: Outline, paths: Iterable[str], kind: str) -> Outline:
    """Make provisions others of `kind`; their numbers are those printed before them or at the beginning of the text."""
    return _each(outline, _ordered(outline, paths), partial(change_kind_in, kind=kind))


def make_text(outline: Outline, paths: Iterable[str]) -> Outline:
    """Make provisions mere text: paragraphs that begin with their headings, numbers staying as printed."""
    return _each(outline, _ordered(outline, paths), _make_text_in)


def with_those_between(outline: Outline, paths: Sequence[str]) -> list[str]:
    """These provisions and all that stand between the first and the last of them; raises `BulkError` unless they all
    stand below the same one."""
    ordered = _ordered(outline, paths)
    if not ordered:
        return []
    working = WorkingCopy(outline)
    first, last = working.place(ordered[0]), working.place(ordered[-1])
    if first.siblings is not last.siblings:
        raise BulkError(ordered[-1], BadRange.code)
    return [node.path for node in first.siblings[first.index : last.index + 1]]


def _each(outline: Outline, paths: Sequence[str], step: Step) -> Outline:
    """Paths name provisions of the outline that came in until the working copy is finished."""
    working = WorkingCopy(outline)
    for path in paths:
        try:
            step(working, path)
        except CorrectionError as error:
            raise BulkError(path, error.code) from error
    return working.finish()


def _make_text_in(working: WorkingCopy, path: str) -> None:
    change_kind_in(working, path, "paragraph")
    node = working.place(path).node
    node.heading, node.text = "", " ".join(part for part in (node.heading, node.text) if part)


def _ordered(outline: Outline, paths: Iterable[str]) -> list[str]:
    """The paths in the order of reading, each once; raises `BulkError` for one that names nothing."""
    wanted = set(paths)
    found = [node.path for node in outline.walk() if node.path in wanted]
    if missing := sorted(wanted - set(found)):
        raise BulkError(missing[0], UnknownProvision.code)
    return found


def _outermost(outline: Outline, paths: Iterable[str]) -> list[str]:
    """Those of the provisions that stand below none of the others, for what is below one moves with it."""
    ordered = _ordered(outline, paths)
    chosen = set(ordered)
    moved: set[str] = set()
    for node in outline.walk():
        if node.path in chosen and node.path not in moved:
            moved.update(below.path for below in node.walk() if below is not node)
    return [path for path in ordered if path not in moved]
