"""What one text is to another: nearly a copy of it, that with sentences of its own, that about another clause, or
something else. Words that turn a sense around are never taken one for another."""

from collections.abc import Iterable
from dataclasses import dataclass

from consult.similar.grouping.alignment import Alignment, Gap, align, only_in
from consult.similar.grouping.reading import Reading
from consult.similar.grouping.vocabulary import (
    AGREEMENTS,
    CRITICAL,
    FILLERS,
    KINDS_OF_PLACE,
    MASK,
    NEGATIONS,
    NUMBERS_SAID,
    REFUSALS,
    STOPS,
)
from consult.similar.words import Likeness

FEWEST_WORDS = 8
"""Of texts shorter than this only the same words are copies."""
SENTENCE = 5
"""So many words in a row that only one text has are a sentence of its own."""
SUBSTITUTED = 0.08
ONE_WORD_FROM = 14
SHORT = 20
MOST_ADDED, MOST_ADDED_TO_SHORT = 3.0, 1.0
LEAST_KEPT = 0.5
FEWEST_SHARED = 0.58
"""Fewer runs than this in common are never one text."""
MOVED = 0.8
STRETCH = 3
"""More words than this, put in one place for others, make another demand sooner than as many here and there."""

Signature = tuple[str, ...]
"""The values of the labels of a sample, as another text has them."""


@dataclass(frozen=True)
class Verdict:
    """`share` tells how much of both is the same, from 0 to 1."""

    likeness: Likeness
    signature: Signature
    share: float


@dataclass
class _Told:
    added: int = 0
    left_out: int = 0
    cost: float = 0.0
    opposed: bool = False


def signature_of(sample: Reading) -> Signature:
    """The values of its own labels."""
    return tuple(sample.labels.values())


def compare(sample: Reading, other: Reading) -> Verdict | None:
    """What `other` is to `sample`; None when it says something else, be it in nearly the same words."""
    if sample.exact == other.exact:
        return Verdict(Likeness.IDENTICAL, signature_of(sample), 1.0)
    if (sample.unaccented or other.unaccented) and sample.folded == other.folded and sample.words:
        return Verdict(Likeness.NEAR, signature_of(sample), 1.0)
    if overlap(sample, other) < FEWEST_SHARED:
        return None
    found = align(sample, other)
    told = _told(sample, other, found)
    share = _share(sample, other, told)
    if told.opposed or share is None:
        return _moved(sample, other)
    signature = _signature(sample, other, found)
    if signature != signature_of(sample):
        return Verdict(Likeness.OTHER_PLACE, signature, share)
    return Verdict(Likeness.ADDED if told.added else Likeness.NEAR, signature, share)


def overlap(sample: Reading, other: Reading) -> float:
    """Which part of the runs of the shorter text the other has too."""
    least = min(len(sample.run_set), len(other.run_set))
    return len(sample.run_set & other.run_set) / least if least else 0.0


def _told(sample: Reading, other: Reading, found: Alignment) -> _Told:
    told, added, left_out = _Told(), [], []
    most = max(1.0, len(sample) * SUBSTITUTED)
    for gap in found.gaps:
        if told.opposed or told.cost > most:
            return told
        ours, theirs = gap.last - gap.first, gap.end - gap.start
        if not theirs and ours >= SENTENCE:
            told.added += ours
            added += [other.key_at(place) for place in range(gap.first, gap.last)]
        elif not ours and theirs >= SENTENCE:
            told.left_out += theirs
            left_out += [sample.key_at(place) for place in range(gap.start, gap.end)]
        else:
            _substituted(sample, other, gap, told)
    told.cost += _accents(sample, other, found.places)
    told.opposed = told.opposed or _turned(sample, added, left_out)
    return told


def _substituted(sample: Reading, other: Reading, gap: Gap, told: _Told) -> None:
    gone, come = only_in(sample, other, gap)
    if not gone and not come:
        return
    turning = CRITICAL | NUMBERS_SAID if gone and come else CRITICAL
    if gone and come and _slip(gone, come):
        told.cost += 0.25
        return
    changed = [*sample.words[gap.start : gap.end], *other.words[gap.first : gap.last]]
    names = {word.key for word in changed if word.capital}
    names |= KINDS_OF_PLACE if names else set()
    if (gone.keys() | come.keys()) & turning - names or any(word.said in STOPS for word in changed):
        told.opposed = True
    weights = [sum(many for key, many in side.items() if _weighs(key, names)) for side in (gone, come)]
    weight = max(weights) if gone and come else max(weights) / 2
    told.cost += weight * (2 if weight > STRETCH else 1)


def _weighs(key: str, names: set[str]) -> bool:
    return key not in FILLERS and key not in names and key != MASK


def _slip(gone: Iterable[str], come: Iterable[str]) -> bool:
    """Whether one word became another by a slip of one finger."""
    first, second = list(gone), list(come)
    return len(first) == len(second) == 1 and first[0] != second[0] and _one_letter(first[0], second[0])


def _one_letter(one: str, other: str) -> bool:
    if min(len(one), len(other)) < 3 or abs(len(one) - len(other)) > 1:
        return False
    if {one, other} & NEGATIONS or {one, other} <= CRITICAL:
        return False
    start = 0
    while start < min(len(one), len(other)) and one[start] == other[start]:
        start += 1
    rest, theirs = one[start:], other[start:]
    return rest[1:] == theirs[1:] or rest[1:] == theirs or rest == theirs[1:] or (
        rest[2:] == theirs[2:] and rest[:2] == theirs[1::-1]
    )  # fmt: skip


def _accents(sample: Reading, other: Reading, places: list[int]) -> float:
    """What it costs that words are the same but for their accents, where both texts are written with accents."""
    if sample.unaccented or other.unaccented:
        return 0.0
    theirs, ours = sample.words, other.words
    return sum(0.5 for at, place in enumerate(places) if place >= 0 and theirs[place].said != ours[at].said
               and at not in other.labels)  # fmt: skip


def _share(sample: Reading, other: Reading, told: _Told) -> float | None:
    """How much is the same; None when it is too little."""
    kept = len(sample) - told.left_out
    allowed = max(kept * SUBSTITUTED, 1.0 if kept >= ONE_WORD_FROM else 0.0)
    if told.cost > allowed or kept < len(sample) * LEAST_KEPT:
        return None
    if kept < FEWEST_WORDS and (told.cost or told.added or told.left_out):
        return None
    if told.added > kept * (MOST_ADDED if kept >= SHORT else MOST_ADDED_TO_SHORT):
        return None
    if told.added and told.left_out and kept < SHORT:
        return None
    return max(0.0, 1 - (told.cost + told.added + told.left_out) / (len(sample) + len(other)))


def _signature(sample: Reading, other: Reading, found: Alignment) -> Signature:
    """The labels of `other` where those of `sample` stand; behind them those that it has beside words of the sample."""
    at = {place: our for our, place in enumerate(found.places) if place >= 0}
    left_out = {place for gap in found.gaps if gap.first == gap.last and gap.end - gap.start >= SENTENCE
                for place in range(gap.start, gap.end)}  # fmt: skip
    values = []
    for place, value in sample.labels.items():
        if place in at:
            values.append(value and other.labels.get(at[place], ""))
        else:
            values.append(value if place in left_out else "")
    beside = [
        other.labels[our]
        for gap in found.gaps
        if gap.end > gap.start or gap.last - gap.first < SENTENCE
        for our in range(gap.first, gap.last)
        if other.labels.get(our)
    ]
    return (*values, *beside)


def _turned(sample: Reading, added: list[str], left_out: list[str]) -> bool:
    """Whether what was added refuses what the sample wants, or the other way round."""
    said = leaning(added)
    if not said:
        return False
    return said != leaning([word.key for word in sample.words])


def leaning(keys: list[str]) -> int:
    """1 for words that agree, -1 for words that refuse, 0 for neither."""
    found = 0
    for at, pair in enumerate(zip(keys, keys[1:], strict=False)):
        phrase = " ".join(pair)
        if phrase in REFUSALS:
            return -1
        if phrase in AGREEMENTS:
            if any(key in ("khong", "chang", "chua", "not") for key in keys[max(0, at - 3) : at]):
                return -1
            found = 1
    return found


def _moved(sample: Reading, other: Reading) -> Verdict | None:
    """The same sentences in another order: the same runs, labels and words that turn a sense around."""
    ours, theirs = sample.run_set, other.run_set
    if len(sample) < SHORT or len(ours & theirs) < MOVED * max(len(ours), len(theirs)):
        return None
    if sorted(sample.labels.values()) != sorted(other.labels.values()) or _critical(sample) != _critical(other):
        return None
    return Verdict(Likeness.NEAR, signature_of(sample), len(ours & theirs) / max(len(ours), len(theirs)))


def _critical(reading: Reading) -> list[str]:
    return sorted(word.key for word in reading.words if word.key in CRITICAL or word.said in STOPS)
