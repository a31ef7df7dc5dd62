"""The text of a published revision as trees and sheets. It never changes, so that it is read once and kept."""

import threading
from collections import OrderedDict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from consult.consultations.document_models import WORDS_OF_PROVISION, Provision, Revision
from consult.reading.texts import sheets
from consult.reading.texts.sheet_names import name_of
from consult.reading.texts.sheets import Node, Sheet

MOST_NODES = 60_000
"""How many provisions are kept in memory at most: some 60 MB, fifteen long decrees."""

PATHLESS = frozenset({"part", "chapter", "section", "subsection"})
"""Kinds that the paths of what stands in them do not name."""


@dataclass(frozen=True)
class Text:
    """A revision's trees in the order of reading, the sheets they are cut into, and how many provisions they have."""

    nodes: tuple[Node, ...]
    sheets: tuple[Sheet, ...]
    size: int

    @cached_property
    def names(self) -> tuple[str, ...]:
        """What each sheet holds, in words."""
        return tuple(map(name_of, self.sheets))

    @cached_property
    def whole(self) -> Sheet:
        """The whole text as one sheet, for those who ask for it."""
        return Sheet(0, self.nodes)

    @cached_property
    def weight(self) -> int:
        """The estimated bytes of the whole text on one page, before compression."""
        return sum(node.weight for node in self.nodes)

    @cached_property
    def at(self) -> dict[str, Node]:
        """Every provision by its path."""
        return {node.path: node for node in _every(self.nodes)}

    @cached_property
    def around(self) -> dict[str, tuple[str, ...]]:
        """For each path those of the provisions it stands in, and itself."""
        return dict(_around(self.nodes, ()))

    @cached_property
    def pathless(self) -> tuple[str, ...]:
        """The paths of what the paths of what stands in it do not name."""
        return tuple(node.path for node in _every(self.nodes) if node.kind in PATHLESS)

    def sums(self, counts: Mapping[str, int], as_listed: bool = False) -> dict[str, int]:
        """The comments on each provision and all below it, by path, where there are any; `counts` are those on the
        provision itself.

        `as_listed`, a chapter has its own alone: the list of comments finds by paths, and that of an article names
        none.
        """
        found: dict[str, int] = {}
        for path, count in counts.items():
            for above in self.around.get(path, ()):
                found[above] = found.get(above, 0) + count
        own = {path: counts.get(path, 0) for path in self.pathless} if as_listed else {}
        return {path: count for path, count in (found | own).items() if count}

    def earlier_sums(self, earlier: Mapping[str, Mapping[int, int]]) -> dict[str, dict[int, int]]:
        """The same of comments on earlier revisions, by path and the number of the revision."""
        found: dict[str, dict[int, int]] = {}
        for revision in sorted({number for by in earlier.values() for number in by}):
            own = {path: by[revision] for path, by in earlier.items() if revision in by}
            for path, count in self.sums(own, as_listed=True).items():
                found.setdefault(path, {})[revision] = count
        return found

    @cached_property
    def sheet_of(self) -> dict[str, int]:
        """The number of the sheet on which each path begins."""
        found: dict[str, int] = {}
        for sheet in self.sheets:
            for path in sheet.paths:
                found.setdefault(path, sheet.number)
        return found


class Texts:
    """The texts read last, at most `limit` provisions of them; shared by the threads of a process."""

    def __init__(self, limit: int = MOST_NODES) -> None:
        self.limit = limit
        self.size = 0
        self.kept: OrderedDict[UUID, Text] = OrderedDict()
        self.lock = threading.Lock()

    def of(self, session: Session, revision: Revision) -> Text:
        """The text of a published revision, with at most one statement."""
        with self.lock:
            found = self.kept.get(revision.id)
            if found is not None:
                self.kept.move_to_end(revision.id)
                return found
        text = read(session, revision)
        with self.lock:
            if revision.id not in self.kept:
                self.kept[revision.id] = text
                self.size += text.size
            while self.size > self.limit and len(self.kept) > 1:
                self.size -= self.kept.popitem(last=False)[1].size
        return text


def read(session: Session, revision: Revision) -> Text:
    """The text of a revision in one statement; columns instead of objects: a decree has thousands of provisions."""
    rows = session.execute(
        select(*WORDS_OF_PROVISION)
        .where(Provision.consultation_id == revision.consultation_id, Provision.revision_id == revision.id)
        .order_by(Provision.position)
    ).all()
    below: dict[UUID | None, list[Any]] = {}
    for row in rows:
        below.setdefault(row.parent_id, []).append(row)
    nodes = tuple(_node(row, below) for row in below.get(None, ()))
    return Text(nodes, tuple(sheets.cut(nodes)), len(rows))


def _every(nodes: Sequence[Node]) -> Iterator[Node]:
    for node in nodes:
        yield node
        yield from _every(node.children)


def _around(nodes: Sequence[Node], above: tuple[str, ...]) -> Iterator[tuple[str, tuple[str, ...]]]:
    for node in nodes:
        here = (*above, node.path)
        yield node.path, here
        yield from _around(node.children, here)


def _node(row: Any, below: Mapping[UUID | None, list[Any]]) -> Node:
    return Node(
        path=row.path,
        kind=row.kind,
        label=row.label,
        marker=row.marker,
        heading=row.heading,
        text=row.text,
        rows=row.rows,
        picture=row.picture,
        page=row.page,
        children=tuple(_node(child, below) for child in below.get(row.id, ())),
    )
