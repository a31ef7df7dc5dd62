"""Words of a text as search sees them: folded to be found, with accents to be ranked, with their place to be marked."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import NamedTuple

from consult.text import accented, normal, searched

LONGEST_WORD = 40
LONGEST_QUERY = 200
MOST_TERMS = 12
MOST_PHRASES = 4

_WORD = re.compile(r"[^\W_](?:[^\W_]|[\u0300-\u036f])*")
_QUOTED = re.compile('["“”„«»]([^"“”„«»]+)["“”„«»]')


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
class Terms:
    """What is looked for; `cut` tells that more was typed than is used. `phrases` are the runs of words that must stand
    together, folded; their words are among `terms`."""

    terms: tuple[Term, ...]
    cut: bool = False
    phrases: tuple[tuple[str, ...], ...] = ()

    @property
    def folded(self) -> frozenset[str]:
        """The words as they are found, without accents."""
        return frozenset(term.folded for term in self.terms)


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
    marks, between which words stand together."""
    used = words
    if len(words) > LONGEST_QUERY:
        # The last word may be torn: half a word would find nothing.
        used = words[:LONGEST_QUERY].rsplit(None, 1)[0]
    said = normal("NFC", used)
    found = {token.folded: Term(token.folded, token.accented) for token in tokens(said)}
    kept = tuple(found.values())[:MOST_TERMS]
    return Terms(kept, len(used) < len(words) or len(kept) < len(found), _phrases(said, {term.folded for term in kept}))


def _phrases(said: str, kept: set[str]) -> tuple[tuple[str, ...], ...]:
    """What stands between quotation marks, as runs of at least two of the words that are looked for."""
    runs = (tuple(bare for bare, _ in spelled(quoted)) for quoted in _QUOTED.findall(said))
    found = dict.fromkeys(run for run in runs if len(run) > 1 and kept.issuperset(run))
    return tuple(found)[:MOST_PHRASES]


@lru_cache(maxsize=20_000)
def _spellings(word: str) -> tuple[tuple[str, str], ...]:
    bare = _WORD.findall(searched(word))
    if len(bare) == 1:
        return ((bare[0], accented(word)),)
    return tuple((part, part) for part in bare)
