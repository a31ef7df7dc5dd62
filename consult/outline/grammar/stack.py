"""The open units while a tree grows: what a new unit closes, and what it becomes a child of."""

from __future__ import annotations

from dataclasses import dataclass, field

from consult.outline.grammar.grammars import DASH_RANK, SCOPE_RANKS, Grammar
from consult.outline.tree import Node


@dataclass(slots=True)
class Level:
    """One open unit: its rank, the node, the last label of each kind among its children.

    For a scope (the document, a body, an appendix, a form, a quotation): its grammar, the last article in it,
    whether articles in it are styled, whether only some of its articles are there (they begin at 12), and whether its
    signatures have begun.
    """

    rank: int
    node: Node
    last: dict[str, str] = field(default_factory=dict)
    grammar: Grammar | None = None
    articles_styled: bool = False
    excerpt: bool = False
    closed: bool = False


class Stack:
    """Open units, outermost first; the first is the document (or the quotation) itself and is never closed."""

    def __init__(self, root: Node, grammar: Grammar) -> None:
        self._levels = [Level(-1, root, grammar=grammar)]

    @property
    def top(self) -> Level:
        """The innermost open unit."""
        return self._levels[-1]

    @property
    def nodes(self) -> list[Node]:
        """The open units' nodes, outermost first."""
        return [level.node for level in self._levels]

    @property
    def root(self) -> Level:
        """The document itself, or the quotation."""
        return self._levels[0]

    @property
    def scope(self) -> Level:
        """The body, appendix, form or quotation (or the document) that we are in."""
        return next(level for level in reversed(self._levels) if level.grammar is not None)

    @property
    def grammar(self) -> Grammar:
        """The grammar in force."""
        found = self.scope.grammar
        assert found is not None
        return found

    @property
    def unit(self) -> Level:
        """The innermost open unit that is not a dash or bullet."""
        return next(level for level in reversed(self._levels) if level.rank < DASH_RANK)

    def inside_scope(self) -> list[Level]:
        """The open units inside the scope, outermost first."""
        return self._levels[self._levels.index(self.scope) + 1 :]

    def find(self, *kinds: str) -> Level | None:
        """The innermost open unit of one of `kinds`."""
        return next((level for level in reversed(self._levels) if level.node.kind in kinds), None)

    def parent_for(self, rank: int) -> Level:
        """What a unit of `rank` would become a child of."""
        return next(level for level in reversed(self._levels) if level.rank < rank)

    def open(self, rank: int, node: Node, grammar: Grammar | None = None) -> Level:
        """Close what `rank` closes, add `node` there, and leave it open; `grammar` makes it a scope of its own."""
        self.close(rank)
        self.top.node.children.append(node)
        if node.label:
            self._remember(node)
        level = Level(rank, node, grammar=grammar)
        self._levels.append(level)
        return level

    def close(self, rank: int) -> None:
        """Close all units of `rank` or a higher one; the root stays."""
        while len(self._levels) > 1 and self.top.rank >= rank:
            self._levels.pop()

    def close_to_scope(self) -> None:
        """Close everything inside the scope."""
        while self.top.grammar is None:
            self._levels.pop()

    def leave(self, level: Level) -> None:
        """Close everything inside `level`."""
        while self.top is not level:
            self._levels.pop()

    def in_annex(self) -> bool:
        """Whether an appendix or a form is open."""
        return self.find("appendix", "form") is not None

    def _remember(self, node: Node) -> None:
        self.top.last[node.kind] = node.label
        if node.kind == "article":
            self.scope.last["article"] = node.label


def scope_rank(kind: str) -> int:
    """The rank of a body, appendix or form."""
    return SCOPE_RANKS[kind]
