"""Words of a text as search sees them: folded to be found, with accents to be ranked, with their place to be marked."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import islice
from typing import NamedTuple

from consult.text import accented, normal, searched

LONGEST_WORD = 40
LONGEST_QUERY = 200
MOST_TERMS = 12
MOST_PHRASES = 4

_WORD = re.compile(r"[^\W_](?:[^\W_]|[\u0300-\u036f])*")
_QUOTED = re.compile('["“”„«»]([^"“”„«»]+)["“”„«»]')
# The number and sign of a document, a day, a sum: 08/2022/NĐ-CP, QCVN 14:2008/BTNMT, 21/3/2027.
_NUMBER = re.compile(r"(?<![^\W_])[0-9][^\W_]{0,10}(?:[/:.–-][^\W_]{1,20}){1,6}")


class Token(NamedTuple):
    """One word at `start` until before `end` of its text."""

    start: int
    end: int
    folded: str
    accented: str


@dataclass(frozen=True)
class Term:
    """One word asked for. `accents` tells whether it was typed with any: then a word written alike comes first."""

    folded: str
    accented: str

    @property
    def accents(self) -> bool:
        """Whether the word was typed with accents, which then count for its rank."""
        return self.folded != self.accented


@dataclass(frozen=True)
class Other:
    """Words that mean the same as those typed, always side by side; `text` is how people are told of them."""

    terms: tuple[Term, ...]
    text: str = ""


@dataclass(frozen=True)
class Part:
    """What a result must hold: `words`, side by side when `together`, or one of the `others` in their stead."""

    words: tuple[Term, ...]
    together: bool = False
    others: tuple[Other, ...] = ()


@dataclass(frozen=True)
class Terms:
    """What is looked for: the words typed, and the `parts` that they make up; `cut` tells that more was typed than is
    used, `quoted` that some of it stood in quotation marks. Of the parts a result must hold all, or `enough`."""

    terms: tuple[Term, ...]
    cut: bool = False
    parts: tuple[Part, ...] = ()
    quoted: bool = False
    enough: int = 0

    @property
    def folded(self) -> frozenset[str]:
        """The words as they are found, without accents."""
        return frozenset(term.folded for term in self.terms)

    @property
    def others(self) -> tuple[Other, ...]:
        """All that is looked for beside what was typed."""
        return tuple(other for part in self.parts for other in part.others)


def tokens(text: str) -> Iterator[Token]:
    """The words of `text` in order. A sign that folds into several words gives several tokens at its one place."""
    for match in _WORD.finditer(text):
        for bare, written in _spellings(match.group()[:LONGEST_WORD]):
            yield Token(match.start(), match.end(), bare, written)


def spelled(text: str) -> list[tuple[str, str]]:
    """The words of `text` in order, folded and accented, without their places: what ranking asks of many texts."""
    return [spelling for word in _WORD.findall(text) for spelling in _spellings(word[:LONGEST_WORD])]


def terms(words: str) -> Terms:
    """The words to look for in what somebody typed: at most MOST_TERMS different ones, and no operators but quotation
    marks, between which words stand together, as those of a number do."""
    used = words
    if len(words) > LONGEST_QUERY:
        # The last word may be torn: half a word would find nothing.
        used = words[:LONGEST_QUERY].rsplit(None, 1)[0]
    said = normal("NFC", used)
    all_tokens = list(tokens(said))
    found: dict[str, Term] = {}
    for token in all_tokens:
        if not (token.folded in found and found[token.folded].accents):
            found[token.folded] = Term(token.folded, token.accented)
    kept = dict(islice(found.items(), MOST_TERMS))
    quoted = list(_QUOTED.finditer(said))
    parts = tuple(_parts(all_tokens, kept, _runs(said, quoted)))
    return Terms(tuple(kept.values()), len(used) < len(words) or len(kept) < len(found), parts, bool(quoted))


def term_of(word: str) -> tuple[Term, ...]:
    """The words of a text that nobody typed, such as a synonym."""
    return tuple(Term(token.folded, token.accented) for token in tokens(normal("NFC", word)))


def may_be(typed: str, written: str) -> bool:
    """Whether somebody may have typed this for a word of the same letters: no mark is another, some may be missing.
    Both as `text.accented` has them."""
    if typed == written:
        return True
    bare, tone = _parted(typed)
    letters, own_tone = _parted(written)
    if len(bare) != len(letters) or tone not in {"", own_tone}:
        return False
    return all(one == other or one == searched(other) for one, other in zip(bare, letters, strict=True))


def _parted(word: str) -> tuple[str, str]:
    bare = word.rstrip("\u0300\u0301\u0303\u0309\u0323")
    return bare, word[len(bare) :]


def _runs(said: str, quoted: Sequence[re.Match[str]]) -> list[tuple[int, int]]:
    """From where to where words stand together: between quotation marks, and numbers outside of them."""
    found = [one.span(1) for one in quoted]
    numbers = (one.span() for one in _NUMBER.finditer(said))
    return [*found, *(one for one in numbers if not any(start <= one[0] < end for start, end in found))][:MOST_PHRASES]


def _parts(said: Sequence[Token], kept: dict[str, Term], runs: Sequence[tuple[int, int]]) -> Iterator[Part]:
    held: set[tuple[str, ...]] = set()
    for start, end in runs:
        within = tuple(token.folded for token in said if start <= token.start < end)
        if within and within not in held and kept.keys() >= set(within):
            held.add(within)
            words = tuple(kept[word] for word in within)
            yield Part(words, True, _written_otherwise(within))
    known = {word for run in held for word in run}
    yield from (Part((term,)) for word, term in kept.items() if word not in known)


def _written_otherwise(run: tuple[str, ...]) -> tuple[Other, ...]:
    """The same number with its small parts written otherwise: 08/2022 and 8/2022."""
    if not run[0].isdigit():
        return ()
    bare = tuple(word.lstrip("0") or word if len(word) == 2 and word.isdigit() else word for word in run)
    padded = tuple(word.zfill(2) if word.isdigit() else word for word in run)
    return tuple(Other(tuple(Term(word, word) for word in one)) for one in dict.fromkeys((bare, padded)) if one != run)


@lru_cache(maxsize=20_000)
def _spellings(word: str) -> tuple[tuple[str, str], ...]:
    bare = _WORD.findall(searched(word))
    if len(bare) == 1:
        return ((bare[0], accented(word)),)
    return tuple((part, part) for part in bare)
