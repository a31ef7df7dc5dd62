"""What two partners hold, laid side by side: nothing crosses, and the likeliest pairs are made."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence

from consult.comparison.anchors import in_turn, not_crossing
from consult.comparison.lcs import likeness
from consult.comparison.pairing import Pairing

_LEAST = 0.42
_LEAST_SAME_LABEL = 0.34
# Between two neighbours that are sure stands one provision before and one after: fewer shared words will do.
_LEAST_ALONE = 0.22
_SHORT = 8  # words
# It has no words of its own: the sentence before it says what it is, and that has a partner.
_WORDLESS = frozenset({"quoted", "body"})
_MOST_PAIRS = 40_000
_BONUS = 0.05


def align_all(pairing: Pairing) -> None:
    """Align what the partners hold, from the document downwards, until no new pair comes of it."""
    done: set[int] = set()
    waiting = [0]
    while waiting:
        for one in waiting:
            done.add(one)
            other = pairing.to_new[one]
            align(pairing, pairing.old.flow(one), pairing.new.flow(other))
        waiting = sorted(one for one in pairing.to_new if one not in done)


def align(pairing: Pairing, old: Sequence[int], new: Sequence[int]) -> None:
    """Pair what is alike in two lists of provisions, between the pairs that are there."""
    if all(one in pairing.to_new for one in old) or all(other in pairing.to_old for other in new):
        return
    _pair_unique(pairing, old, new)
    for step in (_equal_whole, _equal_words, _alike):
        for free_old, free_new in list(gaps(pairing, old, new)):
            step(pairing, free_old, free_new)


def pair_asides(pairing: Pairing) -> None:
    """Pair running headers and notes: the same below the same provision, then, for pages are broken elsewhere, in the
    order of the document."""
    old, new = pairing.old, pairing.new
    for one, other in list(pairing.to_new.items()):
        below = [child for child in old.items[one].children if old.items[child].aside]
        if below:
            _equal_whole(pairing, below, [child for child in new.items[other].children if new.items[child].aside])
    for name in ("page", "note"):
        align(pairing, old.asides(name), new.asides(name))


def _pair_unique(pairing: Pairing, old: Sequence[int], new: Sequence[int]) -> None:
    """Two points that changed places: the same words, once in each list."""
    before = [one for one in old if one not in pairing.to_new]
    after = [other for other in new if other not in pairing.to_old]
    counts = Counter(pairing.old.items[one].form for one in before)
    counts_new = Counter(pairing.new.items[other].form for other in after)
    places = {pairing.new.items[other].form: other for other in after}
    for one in before:
        item = pairing.old.items[one]
        if item.size and counts[item.form] == 1 and counts_new[item.form] == 1:
            pairing.pair_whole(one, places[item.form])


def gaps(pairing: Pairing, old: Sequence[int], new: Sequence[int]) -> Iterator[tuple[list[int], list[int]]]:
    """The provisions without partners between one sure pair and the next, where there are some on both sides."""
    places = {other: place for place, other in enumerate(new)}
    sure = [
        (place, places[pairing.to_new[one]])
        for place, one in enumerate(old)
        if one in pairing.to_new and pairing.to_new[one] in places
    ]
    at, to = 0, 0
    for place, other in [*not_crossing(sure), (len(old), len(new))]:
        before = [one for one in old[at:place] if one not in pairing.to_new]
        after = [one for one in new[to:other] if one not in pairing.to_old]
        if before and after:
            yield before, after
        at, to = place + 1, other + 1


def _equal_whole(pairing: Pairing, old: Sequence[int], new: Sequence[int]) -> None:
    items, others = pairing.old.items, pairing.new.items
    for one, other in in_turn(old, new, lambda i: items[i].form, lambda i: others[i].form):
        if pairing.are_free(one, other) and items[one].kind == others[other].kind:
            pairing.pair_whole(one, other)


def _equal_words(pairing: Pairing, old: Sequence[int], new: Sequence[int]) -> None:
    items, others = pairing.old.items, pairing.new.items
    holding = [one for one in old if items[one].words]
    holding_new = [other for other in new if others[other].words]
    found = in_turn(
        holding, holding_new, lambda i: (items[i].words, items[i].kind), lambda i: (others[i].words, others[i].kind)
    )
    for one, other in found:
        if items[one].size == others[other].size or pairing.likeness(one, other) >= _LEAST:
            pairing.pair(one, other)


def _alike(pairing: Pairing, old: Sequence[int], new: Sequence[int]) -> None:
    if len(old) == len(new) == 1:
        if _stays(pairing, old[0], new[0]):
            pairing.pair(old[0], new[0])
    elif len(old) * len(new) <= min(_MOST_PAIRS, pairing.looks_left):
        pairing.looks_left -= len(old) * len(new)
        for one, other in _best(pairing, old, new):
            pairing.pair(one, other)
    else:
        _alike_by_label(pairing, old, new)


def _stays(pairing: Pairing, one: int, other: int) -> bool:
    """Whether the only provision without a partner between two sure ones became the only one there."""
    old, new = pairing.old.items[one], pairing.new.items[other]
    alike = pairing.likeness(one, other)
    if old.kind != new.kind or old.label != new.label:
        return alike >= _LEAST_SAME_LABEL
    if old.kind in _WORDLESS:
        return True
    return alike >= _LEAST_ALONE or max(old.size, new.size) <= _SHORT


def _best(pairing: Pairing, old: Sequence[int], new: Sequence[int]) -> list[tuple[int, int]]:
    """The pairs that do not cross and are most alike taken together."""
    width = len(new) + 1
    best = [[0.0] * width for _ in range(len(old) + 1)]
    worth = [[_worth(pairing, one, other) for other in new] for one in old]
    for row in range(len(old) - 1, -1, -1):
        for column in range(width - 2, -1, -1):
            together = worth[row][column] and worth[row][column] + best[row + 1][column + 1]
            best[row][column] = max(together, best[row + 1][column], best[row][column + 1])
    found: list[tuple[int, int]] = []
    row = column = 0
    while row < len(old) and column < len(new):
        together = worth[row][column] + best[row + 1][column + 1]
        if worth[row][column] and together >= best[row][column]:
            found.append((old[row], new[column]))
            row, column = row + 1, column + 1
        elif best[row + 1][column] >= best[row][column + 1]:
            row += 1
        else:
            column += 1
    return found


def _worth(pairing: Pairing, one: int, other: int) -> float:
    """What it is worth to pair the two; 0 when they are not alike enough."""
    old, new = pairing.old.items[one], pairing.new.items[other]
    same_label = old.label == new.label and old.kind == new.kind
    least = _LEAST_SAME_LABEL if same_label else _LEAST
    if not _may_reach(old.size, new.size, least):
        return 0.0
    alike = pairing.likeness(one, other)
    if alike < least or (old.kind != new.kind and alike < 2 * _LEAST_SAME_LABEL):
        return 0.0
    return alike * alike + (_BONUS if same_label else 0.0)


def _may_reach(old: int, new: int, least: float) -> bool:
    """Whether two provisions of so many words can be that alike at all."""
    return not old or not new or 2 * min(old, new) >= least * (old + new) or max(old, new) > 200


def _alike_by_label(pairing: Pairing, old: Sequence[int], new: Sequence[int]) -> None:
    """For very long lists: only what has the same label is looked at."""
    items, others = pairing.old.items, pairing.new.items
    labels = {(others[other].kind, others[other].label): other for other in new}
    for one in old:
        other = labels.get((items[one].kind, items[one].label))
        if other is not None and pairing.are_free(one, other):
            alike = likeness(items[one].words, others[other].words)
            if alike >= _LEAST:
                pairing.pair(one, other)
