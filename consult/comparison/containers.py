"""Articles, chapters, clauses with points: a provision that holds others is known by them, and by its own words."""

from __future__ import annotations

from collections import Counter, defaultdict

from consult.comparison.pairing import Pairing, comparable
from consult.comparison.trees import HEADINGS, FlatProvision, Tree

_LEAST_HELD = 0.25
_LEAST = 0.4
_SAME_LABEL = 0.02
_LEAST_OWN = 0.6
_WORDS_OF_A_NAME = 3


def pair_holders(pairing: Pairing) -> None:
    """Pair provisions whose contents were paired already, or that alone bear the same heading, the surest first."""
    held = _held(pairing)
    named = _named(pairing)
    for pair in named:
        held.setdefault(pair, 0.0)
    sure: list[tuple[float, int, int]] = []
    for (one, other), words in held.items():
        old, new = pairing.old.items[one], pairing.new.items[other]
        own = pairing.own(one, other)
        if not _may_be_heirs(old, new, own):
            continue
        known = own * (len(old.words) + len(new.words)) / 2
        share = 2 * (words + known) / max(1, old.size + new.size)
        together = (own + share) / 2 if old.words and new.words else share
        if (share >= _LEAST_HELD or (one, other) in named) and together >= _LEAST:
            sure.append((together + (_SAME_LABEL if old.label == new.label else 0), one, other))
    for _, one, other in sorted(sure, key=lambda found: (-found[0], found[1], found[2])):
        if pairing.are_free(one, other):
            pairing.pair(one, other)


def _may_be_heirs(old: FlatProvision, new: FlatProvision, own: float) -> bool:
    """Whether one holder may have become the other: of one kind, or headings both (a chapter and a Roman number), or
    another kind of level with nearly the same words of its own."""
    if old.kind == new.kind or {old.kind, new.kind} <= HEADINGS:
        return True
    return bool(old.words) and own >= _LEAST_OWN and comparable(old, new)


def _named(pairing: Pairing) -> set[tuple[int, int]]:
    """Holders of one kind without partners whose own words nobody else of their kind has, in either tree."""
    names, names_new = _names(pairing.old), _names(pairing.new)
    pairs = {(one, names_new[name]) for name, one in names.items() if name in names_new}
    return {pair for pair in pairs if pairing.are_free(*pair)}


def _names(tree: Tree) -> dict[tuple[str, tuple[int, ...]], int]:
    counts = Counter((item.kind, item.words) for item in tree.items)
    return {(item.kind, item.words): item.index for item in tree.items if _is_named(item, counts)}


def _is_named(item: FlatProvision, counts: Counter[tuple[str, tuple[int, ...]]]) -> bool:
    bears_a_name = bool(item.children) and len(item.words) >= _WORDS_OF_A_NAME and not item.aside
    return bears_a_name and counts[item.kind, item.words] == 1


def _held(pairing: Pairing) -> dict[tuple[int, int], float]:
    """For every two holders without partners: how many words of provisions below them are paired with each other."""
    held: dict[tuple[int, int], float] = defaultdict(float)
    for one, other in pairing.to_new.items():
        words = (len(pairing.old.items[one].words) + len(pairing.new.items[other].words)) / 2
        if not one or not words or pairing.old.items[one].aside:
            continue
        above = [there for there in pairing.new.ancestors(other) if there not in pairing.to_old]
        for here in pairing.old.ancestors(one):
            if here not in pairing.to_new:
                for there in above:
                    held[here, there] += words
    return held
