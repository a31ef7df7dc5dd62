"""What is beyond doubt: provisions that stand once in each revision with exactly the same words."""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from collections.abc import Callable, Hashable, Sequence

from consult.comparison.pairing import Pairing
from consult.comparison.trees import FlatProvision

# Shorter ones ("Có;", "Cá nhân.") may stand anywhere by chance.
ENOUGH_WORDS = 6


def pair_unique(pairing: Pairing) -> None:
    """Pair what stands exactly once on both sides, with all that it holds."""
    old = _once(pairing.old.items)
    new = _once(pairing.new.items)
    for form, one in old.items():
        other = new.get(form)
        if other is not None and pairing.are_free(one, other):
            pairing.pair_whole(one, other)


def _once(items: Sequence[FlatProvision]) -> dict[int, int]:
    """Form → index of what stands there once, the largest first, for items come in the order of reading."""
    counted = [item for item in items[1:] if not item.aside and item.size >= ENOUGH_WORDS]
    counts = Counter(item.form for item in counted)
    return {item.form: item.index for item in counted if counts[item.form] == 1}


def in_turn(
    old: Sequence[int], new: Sequence[int], key_old: Callable[[int], Hashable], key_new: Callable[[int], Hashable]
) -> list[tuple[int, int]]:
    """Pairs of equal key that do not cross: the same at both ends first, then the n-th with the n-th of each key."""
    start, end = 0, 0
    most = min(len(old), len(new))
    while start < most and key_old(old[start]) == key_new(new[start]):
        start += 1
    while end < most - start and key_old(old[-1 - end]) == key_new(new[-1 - end]):
        end += 1
    found = list(zip(old[:start], new[:start], strict=True))
    places: dict[Hashable, list[int]] = {}
    for place in range(start, len(new) - end):
        places.setdefault(key_new(new[place]), []).append(place)
    for waiting in places.values():
        waiting.reverse()
    crossing: list[tuple[int, int]] = []
    for place in range(start, len(old) - end):
        waiting = places.get(key_old(old[place]), [])
        if waiting:
            crossing.append((place, waiting.pop()))
    found += [(old[one], new[other]) for one, other in not_crossing(crossing)]
    return found + list(zip(old[len(old) - end :], new[len(new) - end :], strict=True))


def not_crossing(pairs: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
    """The most pairs of places of which none crosses another; `pairs` come in the order of their first place."""
    ends: list[int] = []
    last: list[int] = []
    before: list[int] = []
    for number, (_, place) in enumerate(pairs):
        length = bisect_left(ends, place)
        before.append(last[length - 1] if length else -1)
        if length == len(ends):
            ends.append(place)
            last.append(number)
        else:
            ends[length], last[length] = place, number
    found: list[tuple[int, int]] = []
    number = last[-1] if last else -1
    while number >= 0:
        found.append(pairs[number])
        number = before[number]
    return found[::-1]
