"""Texts put into families and groups one after another: each is held against a few samples, never against all texts.

A family has the same words; its groups tell apart what it says them of (the labels of clauses). Within 100,000 texts a
sample is found by sketches: the least of the numbers of its runs, a fair choice of them, so that the share of a sketch
that is found in a text tells how much of the sample is in it.
"""

from collections import Counter
from collections.abc import Iterable
from typing import NamedTuple

from consult.similar.grouping.reading import Reading, read
from consult.similar.grouping.verdicts import Signature, Verdict, compare, overlap, signature_of
from consult.similar.words import Likeness

SKETCH = 12
MOST_SAMPLES = 24
"""A run that so many samples have tells nothing any more."""
MOST_COMPARED, MOST_ALIGNED = 6, 3
"""So many samples are looked at, and so many of them word by word."""
MOST_ASKED = 2_000
MOST_LETTERS = 24_000
MOST_READ = 512
SETTLED = 0.9


class Place(NamedTuple):
    """Where a text belongs: its family and its group, both by number, and what it is to the sample of the family."""

    family: int
    group: int
    likeness: Likeness


def sketch(reading: Reading) -> list[int]:
    """The least numbers of its runs."""
    return sorted(reading.run_set)[:SKETCH]


def asked(reading: Reading) -> Iterable[int]:
    """The numbers by which samples are looked for."""
    runs = reading.run_set
    return runs if len(runs) <= MOST_ASKED else sorted(runs)[:MOST_ASKED]


def enough(shared: int, size: int) -> bool:
    """Whether a sample of which so much of the sketch is found is looked at: a third of it."""
    return 3 * shared >= size


def better(one: Verdict, other: Verdict | None) -> bool:
    """Whether the first is the likelier place of a text."""
    if other is None:
        return True
    return (one.likeness is not Likeness.OTHER_PLACE, one.share) > (
        other.likeness is not Likeness.OTHER_PLACE,
        other.share,
    )


def settled(verdict: Verdict) -> bool:
    """Whether no other sample can be much likelier."""
    return verdict.likeness is not Likeness.OTHER_PLACE and verdict.share > SETTLED


class Families:
    """All families so far; the same texts in the same order make the same families."""

    def __init__(self) -> None:
        self.known: dict[bytes, Place] = {}
        self.unaccented: dict[bytes, Place] = {}
        self.folded: dict[bytes, Place] = {}
        self.groups: dict[tuple[int, Signature], int] = {}
        self.samples: list[bytes] = []
        self.sizes: list[int] = []
        self.holders: dict[int, int | list[int]] = {}
        self.read: dict[int, Reading] = {}
        self.many = 0

    def place(self, text: str, reading: Reading) -> Place:
        """The place of a text, beside one like it or in a family of its own."""
        found = self.known.get(reading.exact) or self._typed_otherwise(reading) or self._beside(reading)
        if found is None:
            found = self._own(text, reading)
        if reading.exact not in self.known:
            self._remember(reading, found)
        return found

    def _remember(self, reading: Reading, place: Place) -> None:
        self.known[reading.exact] = place
        if len(reading) <= 1_000:
            (self.unaccented if reading.unaccented else self.folded).setdefault(reading.folded, place)

    def _typed_otherwise(self, reading: Reading) -> Place | None:
        """Beside the same words with accents or short forms, or without."""
        if not reading.words or len(reading) > 1_000:
            return None
        found = self.unaccented.get(reading.folded)
        if found is None and reading.unaccented:
            found = self.folded.get(reading.folded)
        return found and _not_identical(found)

    def _beside(self, reading: Reading) -> Place | None:
        best, family = None, -1
        overlaps = [(-overlap(self._sample(one), reading), one) for one in self._candidates(reading)]
        for _overlap, candidate in sorted(overlaps)[:MOST_ALIGNED]:
            verdict = compare(self._sample(candidate), reading)
            if verdict is not None and better(verdict, best):
                best, family = verdict, candidate
                if settled(verdict):
                    break
        if best is None:
            return None
        group = self.groups.setdefault((family, best.signature), self.many)
        self.many += group == self.many
        return Place(family, group, best.likeness)

    def _candidates(self, reading: Reading) -> list[int]:
        """The samples of which the largest part of the sketch is found in a text."""
        found: list[int] = []
        for held in map(self.holders.get, asked(reading)):
            if held is not None:
                found += (held,) if isinstance(held, int) else held
        shared = Counter(found)
        sizes = self.sizes
        # `enough`, written out since it is asked very often. Two words of a sentence in common are no text.
        likely = [(-many / sizes[one], one) for one, many in shared.items() if many > 1 and 3 * many >= sizes[one]]
        return [one for _share, one in sorted(likely)[:MOST_COMPARED]]

    def _sample(self, family: int) -> Reading:
        found = self.read.get(family)
        if found is None:
            if len(self.read) >= MOST_READ:
                self.read.clear()
            found = self.read[family] = read(self.samples[family].decode())
        return found

    def _own(self, text: str, reading: Reading) -> Place:
        family, group = len(self.samples), self.many
        self.many += 1
        self.samples.append(text[:MOST_LETTERS].encode())
        numbers = sketch(reading)
        self.sizes.append(len(numbers))
        for number in numbers:
            self._hold(number, family)
        self.groups[family, signature_of(reading)] = group
        return Place(family, group, Likeness.IDENTICAL)

    def _hold(self, number: int, family: int) -> None:
        found = self.holders.get(number)
        if found is None:
            self.holders[number] = family
        elif isinstance(found, int):
            self.holders[number] = [found, family]
        elif len(found) < MOST_SAMPLES:
            found.append(family)


def _not_identical(place: Place) -> Place:
    return place._replace(likeness=Likeness.NEAR) if place.likeness is Likeness.IDENTICAL else place
