"""The numbers that stand beside the provisions of a text: all of a page of law that is not the law itself."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from consult.reading.texts.sheets import Node, Sheet
from consult.responses.statistics.stances import ClauseStances


@dataclass(frozen=True)
class NumbersBeside:
    """By path how many comments each provision has with all below it, how many of these were made on earlier revisions
    (by the number of the revision), and what is told of who is for it."""

    counts: Mapping[str, int]
    earlier: Mapping[str, Mapping[int, int]]
    stances: Mapping[str, ClauseStances]

    def told(self, part: Node | Sheet) -> tuple[Any, ...]:
        """Everything told beside a provision and what is below it, or on a sheet: the same for two of the same words
        only when their markup is the same."""
        if not self.counts:
            return ()
        said = tuple(one and one.line for one in map(self.stances.get, part.every_path))
        return tuple(map(self.counts.get, part.every_path)), tuple(map(self.earlier.get, part.every_path)), said

    def beside(self, node: Node) -> Node:
        """The provision with its own numbers, what is below it without."""
        if not self.counts:
            return node
        return replace(
            node,
            count=self.counts.get(node.path, 0),
            earlier=tuple(self.earlier.get(node.path, {}).items()),
            stances=self.stances.get(node.path),
        )

    def throughout(self, node: Node) -> Node:
        """The provision with its numbers, and all below it with theirs."""
        if not self.counts:
            return node
        return replace(self.beside(node), children=tuple(map(self.throughout, node.children)))
