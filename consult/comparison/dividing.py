"""One provision that became several: its words are held by its partner and by others that nobody was partner of.

Read with the trees exchanged, the same finds several that became one.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Iterator

from consult.comparison.lcs import shared
from consult.comparison.pairing import Pairing
from consult.comparison.sketches import Sketches
from consult.comparison.trees import GROUPS, FlatProvision

_LEAST_WORDS = 4
_LEAST_OF_HEIR = 0.65  # of an heir's words that are its forebear's
_LEAST_OF_WHOLE = 0.9  # of an heir's words, when it repeats some that another heir holds
_LEAST_OF_FOREBEAR = 0.6  # of a forebear's words that its heirs hold
_LEAST_RUNS = 0.4
_LEAST_CHILDREN = 2


def divided(pairing: Pairing) -> list[tuple[int, int]]:
    """Old provisions with their further heirs in the new tree, those without a partner until now."""
    likely: defaultdict[int, list[tuple[int, int]]] = defaultdict(list)
    for other, one, gain in _likely_heirs(pairing):
        likely[one].append((-gain, other))
    found: list[tuple[int, int]] = []
    for one, others in likely.items():
        heirs = _heirs_of(pairing, one, [other for _, other in sorted(others)])
        if _hold_together(pairing, one, heirs):
            found += [(one, other) for other in heirs if other not in pairing.to_old]
    return found


def _may_divide(pairing: Pairing, item: FlatProvision) -> bool:
    if item.aside or len(item.words) < 2 * _LEAST_WORDS:
        return False
    other = pairing.to_new.get(item.index)
    return other is None or pairing.new.items[other].words != item.words


def _likely_heirs(pairing: Pairing) -> Iterator[tuple[int, int, int]]:
    """Each new provision without a partner whose words an old one has and its partner has not: (new, old, words)."""
    sketches = Sketches(item for item in pairing.old.items[1:] if _may_divide(pairing, item))
    for item in pairing.free_new():
        if item.aside or len(item.words) < _LEAST_WORDS:
            continue
        tried = {*sketches.likely(item, _LEAST_RUNS), *_beside(pairing, item)}
        gains = [(one, _gain(pairing, one, _partner(pairing, one), item.index)) for one in tried]
        enough = [
            (_is_near(pairing, one, item), gain, -one)
            for one, gain in gains
            if gain >= _LEAST_OF_HEIR * len(item.words)
        ]
        if enough:
            _, gain, place = max(enough)
            yield item.index, -place, gain


def _beside(pairing: Pairing, item: FlatProvision) -> list[int]:
    """The old provisions whose partners stand right before and after a new one, when they may have been divided."""
    siblings = pairing.new.items[item.parent].children
    at = bisect_left(siblings, item.index)
    near = [pairing.to_old[other] for other in siblings[max(0, at - 1) : at + 2] if other in pairing.to_old]
    return [one for one in near if one and _may_divide(pairing, pairing.old.items[one])]


def _is_near(pairing: Pairing, one: int, item: FlatProvision) -> bool:
    """Whether the new provision stands beside the partner of an old one, or below it, or where it would stand."""
    for partner in _partner(pairing, one):
        return item.parent in (partner, pairing.new.items[partner].parent)
    return pairing.to_new.get(pairing.old.items[one].parent) == item.parent


def _partner(pairing: Pairing, one: int) -> list[int]:
    return [pairing.to_new[one]] if one in pairing.to_new else []


def _gain(pairing: Pairing, one: int, heirs: list[int], other: int) -> int:
    """How many more words of the forebear are held when `other` is among the heirs."""
    return _held(pairing, one, [*heirs, other]) - _held(pairing, one, heirs)


def _held(pairing: Pairing, one: int, heirs: list[int]) -> int:
    """How many words of a provision its heirs hold, read one after the other."""
    held = tuple(word for heir in sorted(heirs) for word in pairing.new.items[heir].words)
    return shared(pairing.old.items[one].words, held)


def _heirs_of(pairing: Pairing, one: int, others: list[int]) -> list[int]:
    """The partner, and each of the others that holds words which none before it holds: most of its own are such, or
    all its words are the forebear's."""
    heirs = _partner(pairing, one)
    for other in others:
        words = pairing.new.items[other].words
        gain = _gain(pairing, one, heirs, other)
        # Each of two clauses made of one sentence may repeat how it begins.
        repeats = gain >= _LEAST_WORDS and shared(pairing.old.items[one].words, words) >= _LEAST_OF_WHOLE * len(words)
        if repeats or gain >= _LEAST_OF_HEIR * len(words):
            heirs.append(other)
    return heirs


def _hold_together(pairing: Pairing, one: int, heirs: list[int]) -> bool:
    """Whether two heirs or more hold the words of the forebear, and the partner is made of them too."""
    words = pairing.old.items[one].words
    for partner in _partner(pairing, one):
        own = pairing.new.items[partner].words
        if shared(words, own) < _LEAST_OF_HEIR * len(own):
            return False
    return len(heirs) > 1 and _held(pairing, one, heirs) >= _LEAST_OF_FOREBEAR * len(words)


def divided_with_contents(pairing: Pairing) -> list[tuple[int, int]]:
    """Old provisions, and those without a partner that hold mostly what they held: an article made two."""
    found: list[tuple[int, int]] = []
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
            enough = number[one] >= _LEAST_CHILDREN and words >= _LEAST_OF_FOREBEAR * item.size
            like_heirs = any(pairing.new.items[heir].kind == item.kind for heir in _partner(pairing, one))
            if one and enough and like_heirs:
                found.append((one, item.index))
    return found
