"""Which words of two texts are each other's, and the stretches that only one of them has; quick, since thousands of
texts are held against each other. What people are shown is worked out by `comparison`, which takes its time."""

from bisect import bisect_left
from collections import Counter
from collections.abc import Sequence
from typing import NamedTuple

from consult.similar.grouping.reading import RUN, Reading


class Gap(NamedTuple):
    """From and to in the one text, from and to in the other, where they differ; one side may be empty."""

    start: int
    end: int
    first: int
    last: int


class Alignment(NamedTuple):
    """`places` has for each word of the second text that of the first (-1 for none); `gaps` lie between them."""

    places: list[int]
    gaps: list[Gap]


def align(one: Reading, other: Reading) -> Alignment:
    """The words of `other` at the words of `one`, by runs of three and what joins on to them."""
    pairs = _pairs(one, other)
    size = len(other.runs) + RUN - 1
    places = [-1] * size
    for at, place in _rising(pairs):
        places[at : at + RUN] = (place, place + 1, place + 2)
    gaps: list[Gap] = []
    before, at = -1, 0
    while at < size:
        if places[at] >= 0:
            if places[at] != before + 1:
                _gap(one, other, places, Gap(before + 1, places[at], at, at), gaps)
            before = places[at]
            at += 1
            continue
        first = at
        while at < size and places[at] < 0:
            at += 1
        end = places[at] if at < size else len(one.runs) + RUN - 1
        _gap(one, other, places, Gap(before + 1, end, first, at), gaps)
        before = end - 1
    if size and before + 1 < len(one.runs) + RUN - 1:
        gaps.append(Gap(before + 1, len(one.runs) + RUN - 1, size, size))
    return Alignment(places, gaps)


def _pairs(one: Reading, other: Reading) -> list[tuple[int, int]]:
    """The runs that both have: that which follows the last one found comes before the first of its kind."""
    runs, places = one.runs, one.places
    found, following, end = [], 0, len(runs)
    for at, run in enumerate(other.runs):
        if following < end and runs[following] == run:
            place = following
        else:
            known = places.get(run)
            if known is None:
                continue
            place = known
        found.append((at, place))
        following = place + 1
    return found


def _rising(pairs: Sequence[tuple[int, int]]) -> Sequence[tuple[int, int]]:
    """The longest part of them in which the places of both rise."""
    found = [place for _at, place in pairs]
    if len(set(found)) == len(found) and found == sorted(found):
        return pairs
    ends: list[int] = []
    holders: list[int] = []
    before: list[int] = []
    for index, (_at, place) in enumerate(pairs):
        length = bisect_left(ends, place)
        before.append(holders[length - 1] if length else -1)
        ends[length : length + 1] = [place]
        holders[length : length + 1] = [index]
    chain, index = [], holders[-1]
    while index >= 0:
        chain.append(pairs[index])
        index = before[index]
    return chain[::-1]


def _gap(one: Reading, other: Reading, places: list[int], gap: Gap, gaps: list[Gap]) -> None:
    """Takes words that are the same off both ends of a gap; what is left of it is kept."""
    start, end, first, last = gap
    while start < end and first < last and one.key_at(start) == other.key_at(first):
        places[first] = start
        start, first = start + 1, first + 1
    while start < end and first < last and one.key_at(end - 1) == other.key_at(last - 1):
        places[last - 1] = end - 1
        end, last = end - 1, last - 1
    if start < end or first < last:
        gaps.append(Gap(start, end, first, last))


def only_in(one: Reading, other: Reading, gap: Gap) -> tuple[Counter[str], Counter[str]]:
    """The words of a gap that only the first text has there, and only the second."""
    theirs = Counter(one.key_at(place) for place in range(gap.start, gap.end))
    ours = Counter(other.key_at(place) for place in range(gap.first, gap.last))
    return theirs - ours, ours - theirs
