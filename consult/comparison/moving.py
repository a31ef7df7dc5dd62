"""What stands elsewhere now: first by exactly the same words, then by sketches, runs of three words in common."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from consult.comparison.anchors import ENOUGH_WORDS, in_turn
from consult.comparison.pairing import Pairing
from consult.comparison.sketches import Sketches
from consult.comparison.trees import FlatProvision

_LEAST = 0.55
_LEAST_RUNS = 0.12  # of three words each: of a text of which four words in ten were replaced, a fifth is left


def pair_same_path(pairing: Pairing) -> None:
    """Pair what bears the same address and has something in common, though its surroundings were not recognised."""
    places = {item.path: item for item in pairing.free_new()}
    for old in pairing.free_old():
        new = places.get(old.path)
        if new is None or new.kind != old.kind or old.aside or not pairing.are_free(old.index, new.index):
            continue
        shares = any(pairing.to_new.get(child) in new.children for child in old.children)
        if shares or pairing.likeness(old.index, new.index) >= _LEAST:
            pairing.pair(old.index, new.index)


def pair_equal(pairing: Pairing) -> None:
    """Pair what is left and has the same words, wherever it stands."""
    _pair_equal(pairing, [item for item in pairing.free_old() if item.size >= ENOUGH_WORDS], "form")
    _pair_equal(pairing, [item for item in pairing.free_old() if len(item.words) >= ENOUGH_WORDS], "words")


def pair_alike(pairing: Pairing, heirs: set[int], forebears: set[int]) -> None:
    """Pair what is left and is alike, the likest first; not what is known to be an heir or a forebear among several."""
    for _, one, other in sorted(_candidates(pairing), key=lambda found: (-found[0], found[1], found[2])):
        if pairing.are_free(one, other) and one not in forebears and other not in heirs:
            pairing.pair(one, other)


def _pair_equal(pairing: Pairing, old: Sequence[FlatProvision], what: str) -> None:
    items, others = pairing.old.items, pairing.new.items
    wanted = {getattr(item, what) for item in old}
    new = [item.index for item in pairing.free_new() if not item.aside and getattr(item, what) in wanted]
    before = [item.index for item in old if not item.aside]
    found = in_turn(before, new, lambda i: getattr(items[i], what), lambda i: getattr(others[i], what))
    for one, other in found:
        if not pairing.are_free(one, other):
            continue
        if what == "form":
            pairing.pair_whole(one, other)
        elif items[one].kind == others[other].kind and pairing.likeness(one, other) >= _LEAST:
            pairing.pair(one, other)


def _candidates(pairing: Pairing) -> Iterator[tuple[float, int, int]]:
    """Pairs of free provisions that share rare runs of words and are alike: how much, and who."""
    sketches = Sketches(item for item in pairing.free_new() if not item.aside)
    for item in pairing.free_old():
        if item.aside or len(item.words) < ENOUGH_WORDS:
            continue
        for other in sketches.likely(item, _LEAST_RUNS):
            alike = pairing.likeness(item.index, other)
            if alike >= _LEAST:
                yield alike, item.index, other
