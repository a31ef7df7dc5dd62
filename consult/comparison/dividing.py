"""One provision that became several: its words are held by its partner and by others that nobody was partner of.

Read with the trees exchanged, the same finds several that became one.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator

from consult.comparison.lcs import pairs, shared
from consult.comparison.moving import runs
from consult.comparison.pairing import Pairing
from consult.comparison.trees import GROUPS, Item

_LEAST_WORDS = 4
_LEAST_OF_HEIR = 0.65  # of an heir's words that are its forebear's
_LEAST_OF_FOREBEAR = 0.6  # of a forebear's words that its heirs hold
_LEAST_RUNS = 0.4
_COMMON = 24
_TRIED = 4
_LEAST_CHILDREN = 2


def divided(pairing: Pairing) -> list[tuple[int, int]]:
    """Old provisions with their further heirs in the new tree, those without a partner until now."""
    lost = {item.index: _lost(pairing, item) for item in pairing.old.items[1:] if _may_divide(pairing, item)}
    lost = {one: words for one, words in lost.items() if len(words) >= _LEAST_WORDS}
    heirs: defaultdict[int, list[int]] = defaultdict(list)
    for other, one in _by_words(pairing, lost):
        heirs[one].append(other)
    found: list[tuple[int, int]] = []
    for one, others in heirs.items():
        if _hold_together(pairing, one, others):
            found += [(one, other) for other in others]
    taken = {other for _, other in found}
    return found + [(one, other) for one, other in _by_children(pairing) if other not in taken]


def _may_divide(pairing: Pairing, item: Item) -> bool:
    if item.aside or len(item.words) < 2 * _LEAST_WORDS:
        return False
    other = pairing.to_new.get(item.index)
    return other is None or pairing.new.items[other].words != item.words


def _lost(pairing: Pairing, item: Item) -> tuple[int, ...]:
    """The words that the partner of a provision does not have."""
    other = pairing.to_new.get(item.index)
    if other is None:
        return item.words
    kept = {place for place, _ in pairs(item.words, pairing.new.items[other].words)}
    return tuple(word for place, word in enumerate(item.words) if place not in kept)


def _by_words(pairing: Pairing, lost: dict[int, tuple[int, ...]]) -> Iterator[tuple[int, int]]:
    """Each new provision without a partner whose words are those that an old one lost, with that one."""
    places: defaultdict[tuple[int, ...], list[int]] = defaultdict(list)
    for one in lost:
        for run in runs(pairing.old.items[one].words):
            places[run].append(one)
    for item in pairing.free_new():
        if item.aside or len(item.words) < _LEAST_WORDS:
            continue
        found: Counter[int] = Counter()
        own = runs(item.words)
        for run in own:
            if len(places.get(run, ())) <= _COMMON:
                found.update(places.get(run, ()))
        likely = [
            (shared(lost[one], item.words) / len(item.words), -one)
            for one, count in found.most_common(_TRIED)
            if count >= _LEAST_RUNS * len(own)
        ]
        if likely and max(likely)[0] >= _LEAST_OF_HEIR:
            yield item.index, -max(likely)[1]


def _hold_together(pairing: Pairing, one: int, others: list[int]) -> bool:
    """Whether these heirs and the partner hold the words of the forebear, each of them its own share."""
    words = pairing.old.items[one].words
    partner = pairing.to_new.get(one)
    if partner is None and len(others) < 2:
        return False
    heirs = sorted([*others, *([] if partner is None else [partner])])
    if partner is not None:
        own = pairing.new.items[partner].words
        if shared(words, own) < _LEAST_OF_HEIR * len(own):
            return False
    held = tuple(word for heir in heirs for word in pairing.new.items[heir].words)
    return shared(words, held) >= _LEAST_OF_FOREBEAR * len(words)


def _by_children(pairing: Pairing) -> Iterator[tuple[int, int]]:
    """An article without a partner that holds mostly what another article held."""
    for item in pairing.free_new():
        if item.aside or item.kind in GROUPS or not item.index:
            continue
        from_whom: Counter[int] = Counter()
        number: Counter[int] = Counter()
        for child in item.children:
            before = pairing.to_old.get(child)
            if before is not None:
                from_whom[pairing.old.items[before].parent] += pairing.new.items[child].size
                number[pairing.old.items[before].parent] += 1
        for one, words in from_whom.most_common(1):
            old = pairing.old.items[one]
            enough = number[one] >= _LEAST_CHILDREN and words >= _LEAST_OF_FOREBEAR * item.size
            if one and enough and old.kind == item.kind and one in pairing.to_new:
                yield one, item.index
