"""Who may be alike, found without looking at every pair: provisions that share runs of three words."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Container, Iterable

from consult.comparison.trees import FlatProvision

# A run of words that so many provisions share tells nothing about any of them.
_COMMON = 24
_TRIED = 4

Run = tuple[int, ...]


class Sketches:
    """The runs of words of some provisions."""

    def __init__(self, items: Iterable[FlatProvision]) -> None:
        self._places: defaultdict[Run, list[int]] = defaultdict(list)
        for item in items:
            for run in _runs(item):
                self._places[run].append(item.index)

    def likely(
        self, item: FlatProvision, least: float, partners: Container[int] = (), settled: bool = False
    ) -> list[int]:
        """The few that share most rare runs with `item`, each at least that part of its runs: of those that are among
        `partners`, if `settled`, or else of those that are not."""
        own = _runs(item)
        found: Counter[int] = Counter()
        for run in own:
            places = self._places.get(run, ())
            if len(places) <= _COMMON:
                found.update(place for place in places if (place in partners) is settled)
        return [other for other, count in found.most_common(_TRIED) if count >= least * len(own)]


def _runs(item: FlatProvision) -> set[Run]:
    words = item.words
    return set(zip(words, words[1:], words[2:], strict=False))
