"""Texts put together whose terms are alike: the two likest at a time, as long as they are like enough on average.

The same texts give the same themes, in whatever order they come: they are taken in the order of their numbers, and
where two pairs are equally alike the one with the lower numbers comes first. Memory is bounded: a text keeps so many
neighbours, and beyond `MOST_TEXTS` each goes to the theme that it is likest to, or stands alone. Texts of two sides are
never put together, nor two themes that people decided about.
"""

import heapq
from collections import Counter, defaultdict
from collections.abc import Hashable, Mapping, Sequence
from dataclasses import dataclass, field

from consult.similar.grouping.reading import Reading
from consult.similar.themes.terms import Vector, counted, said_as, vectors, weigher

ENOUGH = 0.08
"""Texts of one theme are at least as like as this on average."""
LIKE_AT_ALL = 0.04
MOST_NEIGHBOURS = 40
MOST_TEXTS = 6_000
WORDS_OF_A_THEME = 4


@dataclass(frozen=True)
class ThemeText:
    """A text with its number, as it was written and as it is read; `side` is what it is for, `theme` one that a person
    put it into."""

    number: int
    side: Hashable
    text: str
    reading: Reading
    theme: int | None = None


@dataclass
class FoundTheme:
    """A theme: the numbers of its texts, the words that tell it from others, and the decided one that it goes on
    with."""

    numbers: list[int]
    words: list[str]
    theme: int | None = None


@dataclass(frozen=True)
class ClosePair:
    """Two texts of one side by their numbers, how like they are (0 to 1), and whether they came into one theme."""

    first: int
    second: int
    likeness: float
    together: bool


@dataclass
class Themes:
    """All themes, those with fewest texts first; pairs that are hardest to tell, for people to judge."""

    found: list[FoundTheme] = field(default_factory=list)
    pairs: list[ClosePair] = field(default_factory=list)


def themes(texts: Sequence[ThemeText], most_pairs: int = 0) -> Themes:
    """The themes of these texts, every text in one; a text that is like no other is one by itself."""
    # What people decided is never among those that are only added.
    ordered = sorted(texts, key=lambda one: (one.theme is None, one.number))
    core, rest = sorted(ordered[:MOST_TEXTS], key=lambda one: one.number), ordered[MOST_TEXTS:]
    terms = [counted(one.reading) for one in core]
    weighed = vectors(terms)
    likeness = _neighbours(weighed, [one.side for one in core])
    clusters = _Clusters(core, likeness)
    clusters.join_all()
    added = _added(rest, core, terms, weighed, clusters)
    found = [
        _found([core[at] for at in own] + added.pop(key, []), [weighed[at] for at in own], clusters.decided.get(key))
        for key, own in clusters.members.items()
    ]
    found += [_found(alone, [], None) for alone in added.values()]
    found.sort(key=lambda one: (len(one.numbers), one.numbers[0]))
    return Themes(found, _pairs(core, likeness, clusters, most_pairs) if most_pairs else [])


def _found(texts: Sequence[ThemeText], weighed: Sequence[Vector], theme: int | None) -> FoundTheme:
    words = said_as(_words(weighed), [one.text for one in texts])
    return FoundTheme(sorted(one.number for one in texts), words, theme)


def _added(
    rest: Sequence[ThemeText], core: Sequence[ThemeText], terms: Sequence[Counter[str]], weighed: Sequence[Vector],
    clusters: "_Clusters",
) -> dict[int, list[ThemeText]]:  # fmt: skip
    """Where the texts beyond the most go, one by one: by cluster, those alone by a number below nought."""
    if not rest:
        return {}
    middles: dict[tuple[Hashable, str], list[tuple[int, float]]] = defaultdict(list)
    for key, own in clusters.members.items():
        for term, weight in _middle([weighed[at] for at in own]).items():
            middles[core[key].side, term].append((key, weight))
    found: dict[int, list[ThemeText]] = {}
    weigh = weigher(terms)
    for place, one in enumerate(rest, 1):
        alike: dict[int, float] = defaultdict(float)
        for term, weight in weigh(counted(one.reading)).items():
            for key, its_weight in middles.get((one.side, term), ()):
                alike[key] += weight * its_weight
        best = min(alike, key=lambda key: (-round(alike[key], 9), key), default=None)
        home = best if best is not None and alike[best] >= ENOUGH else -place
        found.setdefault(home, []).append(one)
    return found


def _middle(weighed: Sequence[Vector]) -> Vector:
    """What the texts of a theme are on average."""
    summed: Vector = defaultdict(float)
    for vector in weighed:
        for term, weight in vector.items():
            summed[term] += weight / len(weighed)
    return summed


def _neighbours(weighed: Sequence[Vector], sides: Sequence[Hashable]) -> dict[tuple[int, int], float]:
    """How like every two texts of one side are, for the likest neighbours of each."""
    holding: dict[tuple[Hashable, str], list[tuple[int, float]]] = defaultdict(list)
    found: dict[tuple[int, int], float] = {}
    for at, vector in enumerate(weighed):
        alike: dict[int, float] = defaultdict(float)
        for term, weight in vector.items():
            for other, its_weight in holding[sides[at], term]:
                alike[other] += weight * its_weight
            holding[sides[at], term].append((at, weight))
        near = [(round(value, 9), other) for other, value in alike.items() if value >= LIKE_AT_ALL]
        for value, other in heapq.nsmallest(MOST_NEIGHBOURS, near, key=lambda one: (-one[0], one[1])):
            found[other, at] = value
    return found


class _Clusters:
    """Texts joined step by step; a cluster is called by the first of its texts."""

    def __init__(self, texts: Sequence[ThemeText], likeness: Mapping[tuple[int, int], float]) -> None:
        self.members: dict[int, list[int]] = {at: [at] for at in range(len(texts))}
        self.decided: dict[int, int] = {}
        self.near: dict[int, dict[int, float]] = defaultdict(dict)
        for (one, other), value in likeness.items():
            self.near[one][other] = self.near[other][one] = value
        self.sides = [text.side for text in texts]
        self._put_together_what_people_did(texts)

    def join_all(self) -> None:
        """Joins the two likest again and again, until none are like enough."""
        waiting: list[tuple[float, int, int]] = []
        for one, own in self.near.items():
            waiting += [(-value, one, other) for other, value in own.items() if one < other]
        heapq.heapify(waiting)
        while waiting:
            negative, one, other = heapq.heappop(waiting)
            if -negative < ENOUGH:
                break
            if self.near.get(one, {}).get(other) != -negative or (one in self.decided and other in self.decided):
                continue
            self._join(one, other)
            for near, value in self.near[one].items():
                heapq.heappush(waiting, (-value, min(one, near), max(one, near)))

    def _join(self, one: int, other: int) -> None:
        """`other` becomes part of `one`: it is as like to a third as all its texts on average, what is not known of
        being nothing."""
        ours, theirs = len(self.members[one]), len(self.members[other])
        near, far = self.near.pop(one, {}), self.near.pop(other, {})
        joined: dict[int, float] = {}
        for third in sorted({*near, *far} - {one, other}):
            value = (ours * near.get(third, 0.0) + theirs * far.get(third, 0.0)) / (ours + theirs)
            joined[third] = round(value, 9)
            self.near[third].pop(other, None)
            self.near[third][one] = joined[third]
        self.near[one] = joined
        self.members[one] = sorted(self.members[one] + self.members.pop(other))
        if other in self.decided:
            self.decided[one] = self.decided.pop(other)

    def _put_together_what_people_did(self, texts: Sequence[ThemeText]) -> None:
        first: dict[int, int] = {}
        for at, text in enumerate(texts):
            if text.theme is None:
                continue
            if text.theme in first:
                self._join(first[text.theme], at)
            else:
                first[text.theme] = at
                self.decided[at] = text.theme


def _words(weighed: Sequence[Vector]) -> list[str]:
    """The heaviest terms of a theme; no syllable of a pair that is told stands alone beside it."""
    told: list[str] = []
    for term, _weight in sorted(_middle(weighed).items(), key=lambda one: (-round(one[1], 9), one[0])):
        if not any(set(term.split()) & set(one.split()) for one in told):
            told.append(term)
        if len(told) == WORDS_OF_A_THEME:
            break
    return told


def _pairs(
    texts: Sequence[ThemeText], likeness: Mapping[tuple[int, int], float], clusters: _Clusters, most: int
) -> list[ClosePair]:
    """As many that came together as did not, those nearest to the border first, no text in more than two."""
    home = {at: key for key, own in clusters.members.items() for at in own}
    near = sorted(likeness.items(), key=lambda one: (abs(one[1] - ENOUGH), one[0]))
    found: dict[bool, list[ClosePair]] = {True: [], False: []}
    used: dict[int, int] = defaultdict(int)
    for (one, other), value in near:
        together = home[one] == home[other]
        if max(used[one], used[other]) < 2 and len(found[together]) < most // 2:
            used[one] += 1
            used[other] += 1
            found[together].append(ClosePair(texts[one].number, texts[other].number, value, together))
    return found[True] + found[False]
