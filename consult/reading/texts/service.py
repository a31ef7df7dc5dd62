"""The text of a published revision as trees and sheets. It never changes, so that it is read once and kept."""

import threading
from collections import OrderedDict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from types import MappingProxyType
from typing import Any
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from consult.consultations.document_models import WORDS_OF_PROVISION, Provision, Revision
from consult.reading.texts import sheets
from consult.reading.texts.sheet_names import name_of
from consult.reading.texts.sheets import Node, Sheet
from consult.responses.statistics.stances import ClauseStances
from consult.submissions.words import Stance

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


def sums(nodes: Sequence[Node], counts: Mapping[str, int], as_listed: bool = False) -> dict[str, int]:
    """The comments on each provision and all below it, by path; `counts` are those on the provision itself.

    `as_listed`, a chapter has its own alone: the list of comments finds by paths, and that of an article names none.
    """
    found: dict[str, int] = {}
    for node in nodes if counts else ():
        _sum(node, counts, found)
    own = {node.path: counts.get(node.path, 0) for node in _every(nodes) if as_listed and node.kind in PATHLESS}
    return {path: count for path, count in (found | own).items() if count}


def earlier_sums(nodes: Sequence[Node], earlier: Mapping[str, Mapping[int, int]]) -> dict[str, dict[int, int]]:
    """The same of comments on earlier revisions, by path and the number of the revision."""
    found: dict[str, dict[int, int]] = {}
    for revision in sorted({number for by in earlier.values() for number in by}):
        own = {path: by[revision] for path, by in earlier.items() if revision in by}
        for path, count in sums(nodes, own, as_listed=True).items():
            found.setdefault(path, {})[revision] = count
    return found


def _sum(node: Node, counts: Mapping[str, int], found: dict[str, int]) -> int:
    total = counts.get(node.path, 0) + sum(_sum(child, counts, found) for child in node.children)
    found[node.path] = total
    return total


def counted(
    nodes: Sequence[Node],
    counts: Mapping[str, int],
    earlier: Mapping[str, Mapping[int, int]] = MappingProxyType({}),
    stances: Mapping[str, ClauseStances] = MappingProxyType({}),
) -> tuple[Node, ...]:
    """`nodes` with the number of comments on each, by path, how many of these were made on earlier revisions, and what
    is told of who is for it."""
    if not counts:
        return tuple(nodes)
    return tuple(
        replace(
            node,
            count=counts.get(node.path, 0),
            earlier=tuple(earlier.get(node.path, {}).items()),
            stances=stances.get(node.path),
            children=counted(node.children, counts, earlier, stances),
        )
        for node in nodes
    )


def told_beside(node: Node) -> tuple[Any, ...]:
    """Everything about a provision, and what is below it, that is not its own words: the numbers beside it."""
    said = node.stances
    line = said and tuple((said.told(stance), said.bodies.get(stance)) for stance in Stance)
    return node.count, node.earlier, line, tuple(map(told_beside, node.children))


def _every(nodes: Sequence[Node]) -> Iterator[Node]:
    for node in nodes:
        yield node
        yield from _every(node.children)


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
