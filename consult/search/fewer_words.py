"""What is looked for when nothing has all words: most of them, the ones that say most."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from functools import cache

from consult.data.synonyms import passed_over
from consult.search.engines.tokens import Part, Terms
from consult.text import accented, searched

MOST_PARTS = 6
"""So many parts are tried in every choice of some of them: twenty choices at most."""
TELLING = 4
"""A syllable of so many letters may say something alone, where the other words are nowhere."""


def fewer(words: Terms, ranks: Mapping[str, int]) -> Iterator[Terms]:
    """The same with fewer and fewer of the parts, down to half of those that say something. `ranks` has the words of
    the index, the most frequent first: what is nowhere is left out, and of too many parts the most common."""
    kept = [part for part in words.parts if _is_somewhere(part, ranks)]
    telling = [part for part in kept if not _is_passed_over(part)]
    telling = sorted(telling, key=lambda part: _rank(part, ranks), reverse=True)[:MOST_PARTS]
    parts = tuple(_as_one(part) for part in kept if part in telling)
    if not parts:
        return
    if len(parts) < len(words.parts) and (_weight(parts) > 1 or len(parts[0].words[0].folded) >= TELLING):
        yield replace(words, parts=parts)
    yield from _some_of(words, parts)
    apart = tuple(Part((term,)) for part in parts for term in part.words)
    if len(words.parts) == 1 < len(apart):
        yield from _some_of(words, apart[:MOST_PARTS])


def _some_of(words: Terms, parts: tuple[Part, ...]) -> Iterator[Terms]:
    for enough in range(len(parts) - 1, (len(parts) - 1) // 2, -1):
        # Half a word of two syllables says nothing.
        some = parts if enough > 1 else tuple(part for part in parts if _weight([part]) > 1)
        if some:
            yield replace(words, parts=some, enough=enough)


def _weight(parts: Sequence[Part]) -> int:
    """How many syllables they have; what has other names is a word however short."""
    return sum(max(len(part.words), 2 if part.others else 1) for part in parts)


def _as_one(part: Part) -> Part:
    """What is known to be one word stands side by side here: apart, its syllables say little."""
    return replace(part, together=True) if part.others else part


def _is_somewhere(part: Part, ranks: Mapping[str, int]) -> bool:
    runs = (part.words, *(other.terms for other in part.others))
    return any(all(term.folded in ranks for term in run) for run in runs)


def _is_passed_over(part: Part) -> bool:
    if len(part.words) > 1 or part.others:
        return False
    return part.words[0].accented in _written()


def _rank(part: Part, ranks: Mapping[str, int]) -> int:
    """How rare its rarest word is."""
    return max(ranks.get(term.folded, 0) for term in part.words)


@cache
def _written() -> frozenset[str]:
    """The words that say nothing, as they are typed: with their accents or with none."""
    return frozenset(form for word in passed_over() for form in (accented(word), searched(word)))
