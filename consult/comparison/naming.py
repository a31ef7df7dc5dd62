"""What to call a pair: the words of `MatchKind`."""

from __future__ import annotations

from consult.comparison.anchors import not_crossing
from consult.comparison.lcs import likeness
from consult.comparison.pairing import Pairing
from consult.comparison.results import Comparison, Match
from consult.comparison.trees import GROUPS, FlatProvision, Tree

_MIRRORED = {"split": "merged", "merged": "split"}


class Naming:
    """Names pairs by words, place and parents. `split` and `merged` are pairs beyond those that are one to one."""

    def __init__(self, pairing: Pairing, split: list[tuple[int, int]], merged: list[tuple[int, int]]) -> None:
        self._pairing = pairing
        self._old, self._new = pairing.old, pairing.new
        self._related = {*pairing.to_new.items(), *split, *merged}
        self._forebears = {one for one, _ in split}
        self._heirs = {other for _, other in merged}
        self._steady = self._in_order(self._old.flow(0), self._new.flow(0))
        self._steady |= self._in_order(self._old.asides("note"), self._new.asides("note"))

    def comparison(self) -> Comparison:
        """What became of everything, in the order of reading."""
        matches = tuple(self._match(one, other) for one, other in sorted(self._related) if one)
        return Comparison(matches, self._others(self._new, 1), self._others(self._old, 0))

    def mirrored(self) -> Comparison:
        """The same, told as if the new tree were the old one."""
        swapped = sorted((other, one) for one, other in self._related if one)
        matches = tuple(_mirror(self._match(one, other)) for other, one in swapped)
        return Comparison(matches, self._others(self._old, 0), self._others(self._new, 1))

    def _others(self, tree: Tree, side: int) -> tuple[str, ...]:
        """The paths of a tree that are in no pair."""
        paired = {pair[side] for pair in self._related}
        return tuple(item.path for item in tree.items if item.index not in paired)

    def _match(self, one: int, other: int) -> Match:
        old, new = self._old.items[one], self._new.items[other]
        alike = likeness(old.words, new.words)
        if one in self._forebears:
            kind = "split"
        elif other in self._heirs:
            kind = "merged"
        elif old.words != new.words:
            kind = "changed"
        else:
            kind = self._place(one, other)
        return Match(old.path, new.path, kind, alike)

    def _place(self, one: int, other: int) -> str:
        """What became of the place of a provision whose words are the same."""
        old, new = self._old.items[one], self._new.items[other]
        if self._stays(one, other):
            return "unchanged" if old.path == new.path or self._is_furniture(old, new) else "renumbered"
        if old.aside == "page" or (old.aside and (one, other) in self._steady):
            # It stands where the page happens to end.
            return "unchanged"
        alone = old.parent not in self._pairing.to_new and new.parent not in self._pairing.to_old
        return "unchanged" if alone and old.path == new.path else "moved"

    def _is_furniture(self, old: FlatProvision, new: FlatProvision) -> bool:
        """Whether it belongs to a page, and the provision that the page ends in has the address it had."""
        above, over = self._old.items[old.parent], self._new.items[new.parent]
        return old.aside == "page" and above.path == over.path

    def _stays(self, one: int, other: int) -> bool:
        """Whether it stands under the heir of its parent. A heading put around it, or taken away, moves nothing."""
        above, over = self._old.items[one].parent, self._new.items[other].parent
        if (above, over) in self._related:
            return True
        inside, within = _groups_around(self._old, above), _groups_around(self._new, over)
        taken_away = len(inside) > 1 and above not in self._pairing.to_new
        put_around = len(within) > 1 and over not in self._pairing.to_old
        if not (taken_away or put_around) or (one, other) not in self._steady:
            return False
        return any((here, there) in self._related for here in inside for there in within)

    def _in_order(self, old: list[int], new: list[int]) -> set[tuple[int, int]]:
        places = {other: place for place, other in enumerate(new)}
        to_new = self._pairing.to_new
        sure = [(place, places[to_new[one]]) for place, one in enumerate(old) if to_new.get(one) in places]
        return {(old[one], new[other]) for one, other in not_crossing(sure)}


def _mirror(match: Match) -> Match:
    return Match(match.new, match.old, _MIRRORED.get(match.kind, match.kind), match.similarity)


def _groups_around(tree: Tree, index: int) -> list[int]:
    """A chapter or section with those around it, innermost first, then what holds the outermost."""
    found = [index]
    while tree.items[index].kind in GROUPS:
        index = tree.items[index].parent
        found.append(index)
    return found
