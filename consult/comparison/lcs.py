"""The longest common subsequence of two sequences of words, with the bits of one large integer as the row of the
usual table: a provision of a hundred words costs a tenth of a millisecond, a giant one still ends.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Hashable, Sequence

# Beyond so many pairs of words rows are not kept, and a longer text is compared in larger parts.
MOST_CELLS = 100_000_000
MOST_CELLS_OF_A_LENGTH = 4_000_000_000


def common_ends(old: Sequence[Hashable], new: Sequence[Hashable]) -> tuple[int, int]:
    """How many items are the same at the beginning, and how many of the rest at the end."""
    most = min(len(old), len(new))
    start = 0
    while start < most and old[start] == new[start]:
        start += 1
    end = 0
    while end < most - start and old[-1 - end] == new[-1 - end]:
        end += 1
    return start, end


def shared(old: Sequence[Hashable], new: Sequence[Hashable]) -> int:
    """How many items the two have in common in the same order."""
    start, end = common_ends(old, new)
    old, new = old[start : len(old) - end], new[start : len(new) - end]
    if not old or not new:
        return start + end
    if len(old) * len(new) > MOST_CELLS_OF_A_LENGTH:
        return start + end + sum((Counter(old) & Counter(new)).values())
    return start + end + len(old) - _rows(old, new)[-1].bit_count()


def likeness(old: Sequence[Hashable], new: Sequence[Hashable]) -> float:
    """How alike two sequences are, from 0 to 1; 1.0 only when they are equal."""
    if old == new:
        return 1.0
    return 2 * shared(old, new) / (len(old) + len(new))


def pairs(old: Sequence[Hashable], new: Sequence[Hashable]) -> list[tuple[int, int]]:
    """The places of the items in common, in order. Meant for up to MOST_CELLS pairs of items."""
    start, end = common_ends(old, new)
    middle_old, middle_new = old[start : len(old) - end], new[start : len(new) - end]
    found = [(index, index) for index in range(start)]
    if middle_old and middle_new:
        found += [(start + one, start + other) for one, other in _traced(middle_old, middle_new)]
    return found + [(len(old) - back, len(new) - back) for back in range(end, 0, -1)]


def _rows(old: Sequence[Hashable], new: Sequence[Hashable], keep: bool = False) -> list[int]:
    """For each item of `new` the row of the table: a bit is 0 where the common length grows."""
    masks: dict[Hashable, int] = {}
    for place, item in enumerate(old):
        masks[item] = masks.get(item, 0) | 1 << place
    everything = (1 << len(old)) - 1
    row, rows = everything, []
    for item in new:
        mask = masks.get(item)
        if mask is not None:
            hit = row & mask
            row = ((row + hit) | (row - hit)) & everything
        if keep:
            rows.append(row)
    return rows or [row]


def _traced(old: Sequence[Hashable], new: Sequence[Hashable]) -> list[tuple[int, int]]:
    rows = _rows(old, new, keep=True)
    found: list[tuple[int, int]] = []
    one, other = len(old), len(new)
    while one and other:
        bit = 1 << (one - 1)
        if rows[other - 1] & bit:
            one -= 1
        elif other > 1 and not rows[other - 2] & bit:
            other -= 1
        else:
            one, other = one - 1, other - 1
            found.append((one, other))
    return found[::-1]
