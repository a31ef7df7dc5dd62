"""What stands elsewhere now: first by exactly the same words, then by sketches, runs of three words in common.

"Chính phủ quy định chi tiết Điều này." ends many articles, each time about another: where such a clause went is told by
the article that holds it, never by its words.
"""

from __future__ import annotations

from collections import Counter
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


def pair_common(pairing: Pairing) -> None:
    """Pair clauses of words that stand often with those in the article that some clause beside them went to, where that
    is a part of an article that was split, or merged."""
    together = set()
    for one, other in pairing.to_new.items():
        above, over = pairing.old.items[one].parent, pairing.new.items[other].parent
        if above > 0 and over > 0 and (above not in pairing.to_new or over not in pairing.to_old):
            together.add((above, over))
    for above, over in sorted(together):
        old = [one for one in pairing.old.flow(above) if one not in pairing.to_new]
        new = [other for other in pairing.new.flow(over) if other not in pairing.to_old]
        found = in_turn(old, new, lambda i: pairing.old.items[i].form, lambda i: pairing.new.items[i].form)
        for one, other in found:
            if pairing.are_free(one, other):
                pairing.pair_whole(one, other)


def pair_alike(pairing: Pairing, heirs: set[int], forebears: set[int]) -> None:
    """Pair what is left and is alike, the likest first; not what is known to be an heir or a forebear among several."""
    for _, one, other in sorted(_candidates(pairing), key=lambda found: (-found[0], found[1], found[2])):
        if pairing.are_free(one, other) and one not in forebears and other not in heirs:
            pairing.pair(one, other)


def _pair_equal(pairing: Pairing, old: Sequence[FlatProvision], what: str) -> None:
    items, others = pairing.old.items, pairing.new.items
    often = _said_often(pairing)
    told = [item for item in old if not item.aside and item.form not in often]
    wanted = {getattr(item, what) for item in told}
    free = [item for item in pairing.free_new() if not item.aside and item.form not in often]
    before, new = [item.index for item in told], [item.index for item in free if getattr(item, what) in wanted]
    found = in_turn(before, new, lambda i: getattr(items[i], what), lambda i: getattr(others[i], what))
    for one, other in found:
        if not pairing.are_free(one, other):
            continue
        if what == "form":
            pairing.pair_whole(one, other)
        elif items[one].kind == others[other].kind and pairing.likeness(one, other) >= _LEAST:
            pairing.pair(one, other)


def _said_often(pairing: Pairing) -> set[int]:
    """The forms that stand more than once in one of the trees."""
    often: set[int] = set()
    for tree in (pairing.old, pairing.new):
        counts = Counter(item.form for item in tree.items if not item.aside)
        often |= {form for form, count in counts.items() if count > 1}
    return often


def _candidates(pairing: Pairing) -> Iterator[tuple[float, int, int]]:
    """Pairs of free provisions that share rare runs of words and are alike, more than either is like any that has a
    partner: how much, and who."""
    often = _said_often(pairing)
    old = Sketches(item for item in pairing.old.items[1:] if not item.aside)
    new = Sketches(item for item in pairing.new.items[1:] if not item.aside)
    for item in pairing.free_old():
        if item.aside or len(item.words) < ENOUGH_WORDS or item.form in often:
            continue
        for other in new.likely(item, _LEAST_RUNS, pairing.to_old, False):
            alike = pairing.likeness(item.index, other)
            if alike < _LEAST or pairing.new.items[other].form in often:
                continue
            rivals = new.likely(item, _LEAST_RUNS, pairing.to_old, True)
            rivals_old = old.likely(pairing.new.items[other], _LEAST_RUNS, pairing.to_new, True)
            others = [(item.index, rival) for rival in rivals] + [(rival, other) for rival in rivals_old]
            if all(pairing.likeness(*pair) < alike for pair in others):
                yield alike, item.index, other
