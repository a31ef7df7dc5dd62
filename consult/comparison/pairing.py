"""Who is paired with whom so far, and how alike two provisions are."""

from __future__ import annotations

from functools import lru_cache

from consult.comparison.lcs import likeness
from consult.comparison.trees import GROUPS, FlatProvision, Tree

_OF_THEIR_OWN = frozenset({"", "quoted", "body", "table"})


# A law and its next draft need a few thousand; two texts with nothing in common must come to an end too.
_MOST_LOOKS = 300_000


class Pairing:
    """The pairs of provisions of two trees; everybody has one partner at most.

    `looks_left` is how many more pairs may be tried one by one.
    """

    def __init__(self, old: Tree, new: Tree) -> None:
        self.old, self.new = old, new
        self.to_new: dict[int, int] = {0: 0}
        self.to_old: dict[int, int] = {0: 0}
        self.looks_left = _MOST_LOOKS
        self.likeness = lru_cache(maxsize=None)(self._likeness)
        self._neighbours = lru_cache(maxsize=None)(_neighbours)

    def are_free(self, one: int, other: int) -> bool:
        """Whether neither has a partner yet."""
        return one not in self.to_new and other not in self.to_old

    def pair(self, one: int, other: int) -> None:
        """Make two partners of each other."""
        self.to_new[one], self.to_old[other] = other, one

    def pair_whole(self, one: int, other: int) -> None:
        """Pair two provisions of the same form and all that they hold, in order."""
        waiting = [(one, other)]
        while waiting:
            here, there = waiting.pop()
            if self.are_free(here, there):
                self.pair(here, there)
            inside = [child for child in self.old.items[here].children if not self.old.items[child].aside]
            others = [child for child in self.new.items[there].children if not self.new.items[child].aside]
            waiting += zip(inside, others, strict=True)

    def mirrored(self) -> Pairing:
        """The same pairs, with the trees exchanged."""
        other = Pairing(self.new, self.old)
        other.to_new, other.to_old = dict(self.to_old), dict(self.to_new)
        return other

    def free_old(self) -> list[FlatProvision]:
        """The provisions of the old tree without a partner."""
        return [item for item in self.old.items if item.index not in self.to_new]

    def free_new(self) -> list[FlatProvision]:
        """The provisions of the new tree without a partner."""
        return [item for item in self.new.items if item.index not in self.to_old]

    def own(self, one: int, other: int) -> float:
        """How alike the own words of two provisions are."""
        return likeness(self.old.items[one].words, self.new.items[other].words)

    def _likeness(self, one: int, other: int) -> float:
        """How alike two provisions are: their own words, and all that they hold."""
        old, new = self.old.items[one], self.new.items[other]
        if not comparable(old, new):
            return 0.0
        if old.form == new.form:
            return 1.0
        own = likeness(old.words, new.words)
        if old.size == len(old.words) and new.size == len(new.words):
            return own
        held = _overlap(self._neighbours(self.old, one), self._neighbours(self.new, other))
        return (own + held) / 2 if old.words and new.words else held


def comparable(old: FlatProvision, new: FlatProvision) -> bool:
    """Whether one may become the other: a chapter no article, a table no clause, a note nothing else."""
    if old.kind == new.kind:
        return True
    return old.aside == new.aside and not ({old.kind, new.kind} & (GROUPS | _OF_THEIR_OWN | {"appendix"}))


def _neighbours(tree: Tree, index: int) -> frozenset[tuple[int, int]]:
    """The words that stand side by side in a provision and all that it holds."""
    found: set[tuple[int, int]] = set()
    for item in tree.items[index : tree.items[index].end]:
        if not item.aside:
            found.update(zip(item.words, item.words[1:], strict=False))
    return frozenset(found)


def _overlap(one: frozenset[tuple[int, int]], other: frozenset[tuple[int, int]]) -> float:
    total = len(one) + len(other)
    return 2 * len(one & other) / total if total else 0.0
