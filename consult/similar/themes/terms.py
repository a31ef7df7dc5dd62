"""A text as themes are found by: its folded syllables and pairs of them, each weighed by how rare it is."""

import re
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from math import log, sqrt

from consult.similar.grouping.reading import Reading
from consult.similar.grouping.vocabulary import AGREEMENTS, BREAK, FILLERS, LABEL_WORDS, MASK, REFUSALS
from consult.text import folded, normal

MOST_TERMS = 48
"""So many of its heaviest terms stand for a text."""
PAIR, SYLLABLE = 1.0, 0.55
"""A syllable alone means many things, a pair of them mostly one word."""
MOST_OF_ALL = 0.2
"""What stands in more of the texts than this says nothing about any of them."""
FEW = 12
"""As long as there are so few texts nothing is in too many."""
_OF_ANY = (
    "kien gop thao du quy dinh nghi kinh gui cam on mong muon thay nen can phai duoc khong neu vi uy ban nhan dan "
    "cap xa phuong huyen tinh co quan"
)
SAID_BY_ALL = frozenset(" ".join((*AGREEMENTS, *REFUSALS, _OF_ANY)).split()) | LABEL_WORDS
"""What every opinion says, whatever it is about."""

_WORD = re.compile(r"[^\W\d_]+")
Vector = dict[str, float]


def counted(reading: Reading) -> Counter[str]:
    """The terms of a text: syllables that say something, and two of them that follow each other."""
    found: Counter[str] = Counter()
    before = ""
    for word in reading.words:
        key = "" if word.key in (MASK, BREAK) or word.key in FILLERS else word.key
        if key and key not in SAID_BY_ALL and len(key) > 1:
            found[key] += 1
        if before and key and not (before in SAID_BY_ALL and key in SAID_BY_ALL):
            found[f"{before} {key}"] += 1
        before = key
    return found


def vectors(texts: Sequence[Counter[str]]) -> list[Vector]:
    """The terms of each text by their weights, of length 1; empty for one that shares no term with any other."""
    return list(map(weigher(texts), texts))


def weigher(texts: Sequence[Counter[str]]) -> Callable[[Counter[str]], Vector]:
    """What weighs the terms of a text as they are spread over all of these."""
    often: Counter[str] = Counter()
    for text in texts:
        often.update(text.keys())
    most = max(FEW, MOST_OF_ALL * len(texts))
    return lambda text: _vector(text, often, len(texts), most)


def said_as(terms: Sequence[str], texts: Iterable[str]) -> list[str]:
    """Terms as most of these texts write them, with accents where anybody typed any."""
    written: dict[str, Counter[str]] = {term: Counter() for term in terms}
    for text in texts:
        words = [word.casefold() for word in _WORD.findall(normal("NFC", text))]
        keys = list(map(folded, words))
        for at, key in enumerate(keys):
            for term, said in ((key, words[at]), (" ".join(keys[at : at + 2]), " ".join(words[at : at + 2]))):
                if term in written:
                    written[term][said] += 1
    return [min(written[term].items(), key=_preferred, default=(term, 0))[0] for term in terms]


def _preferred(one: tuple[str, int]) -> tuple[bool, int, str]:
    return one[0].isascii(), -one[1], one[0]


def _vector(text: Counter[str], often: Counter[str], total: int, most: float) -> Vector:
    weighed = {
        term: (1 + log(count)) * log((1 + total) / often[term]) * (PAIR if " " in term else SYLLABLE)
        for term, count in text.items()
        if 1 < often[term] <= most
    }
    heaviest = sorted(weighed.items(), key=lambda one: (-one[1], one[0]))[:MOST_TERMS]
    length = sqrt(sum(weight * weight for _term, weight in heaviest))
    return {term: weight / length for term, weight in heaviest} if length else {}
