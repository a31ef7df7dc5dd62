"""A text as it is compared: its words without greeting and closing, its labels, and runs of three words as numbers."""

import re
from dataclasses import dataclass
from functools import cached_property
from hashlib import blake2b

from consult.similar.grouping.closings import core
from consult.similar.grouping.vocabulary import BREAK, LABEL_WORDS, MASK, NUMBER_WORDS, VOCABULARY, Word, number_of
from consult.text import SHOWS_NOTHING, normal

MOST_WORDS = 4_000
"""So many words of a text are compared; whether it is an exact copy is asked of all."""
DIGEST = 12
RUN = 3

_TOKEN = re.compile(r"\d+(?:[.,/]\d+)*(?:[a-zđA-ZĐ](?!\w))?%?|[^\W\d_]+|[.!?;…]+|:(?=[ \t]*\n)|\n+")
_UNSEEN = re.compile(SHOWS_NOTHING)
_STRANGE = re.compile("[\u0370-\u058f\u1c80-\u1c8f\u1d00-\u1d7f\ua640-\ua69f]")
_LOOK_ALIKE = str.maketrans(
    "аеорсхуіјѕԁɡһӏАВЕКМНОРСТХУІЈЅαοινρτυκΑΒΕΖΗΙΚΜΝΟΡΤΥΧ",
    "aeopcxyijsdghlABEKMHOPCTXYIJSaoivptukABEZHIKMNOPTYX",
)
_INTRODUCTIONS = (
    ("toi", "la"), ("toi", "ten"), ("ten", "toi"), ("ho", "ten"), ("ho", "va"), ("em", "la"), ("chau", "la"),
    ("chung", "toi", "la"), ("toi", "o"), ("toi", "song"), ("toi", "sinh"), ("gia", "dinh", "toi", "o"), ("dia", "chi"),
)  # fmt: skip
_MIX = (0x9E3779B97F4A7C15, 0xC2B2AE3D27D4EB4F, 0x165667B19E3779F9)
_BITS = (1 << 62) - 1


@dataclass(frozen=True)
class Reading:
    """`words` are those between greeting and closing. `labels` are the numbers, numerals and labels by their places;
    in what somebody says of themselves they have no value. `exact` is the same for exact copies alone."""

    words: list[Word]
    labels: dict[int, str]
    exact: bytes

    def __len__(self) -> int:
        return len(self.words)

    @cached_property
    def runs(self) -> list[int]:
        """A number for every three words that follow each other, labels being one like another."""
        numbers = [word.number for word in self.words[:MOST_WORDS]]
        for at in self.labels:
            if at < len(numbers):
                numbers[at] = _MASK
        a, b, c = _MIX
        return [(x * a + y * b + z * c) & _BITS for x, y, z in zip(numbers, numbers[1:], numbers[2:], strict=False)]

    @cached_property
    def run_set(self) -> frozenset[int]:
        """Its runs, each once."""
        return frozenset(self.runs)

    @cached_property
    def places(self) -> dict[int, int]:
        """Where each run comes first."""
        return {run: place for place, run in reversed(list(enumerate(self.runs)))}

    @cached_property
    def folded(self) -> bytes:
        """The same for texts whose words are the same but for their accents and short forms."""
        keys = [word.key for word in self.words]
        for at, value in self.labels.items():
            keys[at] = f"{MASK}{value}"
        return _digest(keys)

    @cached_property
    def unaccented(self) -> bool:
        """Whether nobody typed an accent."""
        return all(word.said.isascii() for word in self.words)

    def key_at(self, place: int) -> str:
        """The word there as it is compared."""
        return MASK if place in self.labels else self.words[place].key


def read(text: str, *beside: str) -> Reading:
    """A text as it is compared; equal `exact` are exact copies of each other. What was said `beside` it follows its
    words."""
    found = _words(text)
    start, end = core(found)
    between = found[start:end]
    for more in filter(None, beside):
        between += _words(more)
    words = [word for word in between if word.key]
    labels = _labels(words, _introduced(between))
    said = [word.said for word in words]
    for at, value in labels.items():
        if value:
            said[at] = f"{MASK}{value}"
    return Reading(words, labels, _digest(said))


def _words(text: str) -> list[Word]:
    return list(map(VOCABULARY.__getitem__, _TOKEN.findall(_plain(text))))


def _plain(text: str) -> str:
    """In NFKC, without signs that nobody sees, and with the letters of this script for those that look like them."""
    if text.isascii():
        return text
    plain = normal("NFKC", text)
    if _UNSEEN.search(plain):
        plain = normal("NFC", _UNSEEN.sub("", plain))
    if _STRANGE.search(plain):
        plain = _as_they_look(plain)
    return plain


def _as_they_look(text: str) -> str:
    """Letters of other scripts among Latin ones become what they look like; words in another script stay."""
    return re.sub(r"[^\W\d_]+", lambda found: _word_as_it_looks(found[0]), text)


def _word_as_it_looks(word: str) -> str:
    if not _STRANGE.search(word):
        return word
    bare = normal("NFD", word).translate(_LOOK_ALIKE)
    return word if _STRANGE.search(bare) else normal("NFC", bare)


def _introduced(words: list[Word]) -> int:
    """How many words somebody says of themselves in the first sentence."""
    keys = [word.key for word in words[:4]]
    if not any(tuple(keys[: len(one)]) == one for one in _INTRODUCTIONS):
        return 0
    return next((at for at, word in enumerate(words[:40]) if word.key == BREAK), 0)


def _labels(words: list[Word], introduced: int) -> dict[int, str]:
    found = {}
    for at in [place for place, word in enumerate(words) if word.label]:
        word = words[at]
        if word.key == MASK:
            found[at] = word.said
        elif at and words[at - 1].key in LABEL_WORDS and _names_one(words, at):
            found[at] = NUMBER_WORDS.get(word.said, word.said)
    return {at: "" if at < introduced else value for at, value in found.items()} if introduced else found


def _names_one(words: list[Word], at: int) -> bool:
    """Whether a letter or number in words behind `điều`, `khoản` and the like is a label, and not the next word."""
    word = words[at]
    return len(word.said) == 1 or word.said in NUMBER_WORDS or word.key in {"vi", "xi"}


def _digest(words: list[str]) -> bytes:
    return blake2b(" ".join(words).encode(), digest_size=DIGEST).digest()


_MASK = number_of(MASK)
