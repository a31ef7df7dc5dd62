"""What a text must hold to be found and to come first, as one tree that every engine puts into its own words, and that
tells of a text at hand whether it holds it: so all engines find the same in the same order."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from itertools import combinations

from consult.search.engines.seam import Document
from consult.search.engines.tokens import Other, Part, Term, Terms, spelled

UNACCENTED = "\u2801"
"""Stands among the accented words of a text that has none: what its writer left out cannot be asked for."""


TONES = "\u0300\u0301\u0303\u0309\u0323"
"""The marks of tones, which stand behind the letters of a word (`text.accented`)."""


class Field(StrEnum):
    """Where words are looked for: in titles, everywhere without accents, and among those written with accents."""

    TITLE = "title"
    SAID = "said"
    SPELT = "spelt"


@dataclass(frozen=True)
class Holds:
    """Words that stand side by side."""

    field: Field
    words: tuple[str, ...]


@dataclass(frozen=True)
class Every:
    """All of these; of none of them everything is true."""

    of: tuple["Condition", ...] = ()


@dataclass(frozen=True)
class Either:
    """At least one of these."""

    of: tuple["Condition", ...]


Condition = Holds | Every | Either


class HeldWords:
    """The words of a document, as they are looked for; of an endless one those of its first `letters`."""

    def __init__(self, document: Document, letters: int | None = None) -> None:
        said = spelled(document.words[:letters])
        self.texts = {
            Field.TITLE: _line(folded for folded, _ in spelled(document.called)),
            Field.SAID: _line(folded for folded, _ in said),
        }
        self.spelt = frozenset(spelt_of(said))

    def meets(self, condition: Condition) -> bool:
        """Whether the document holds what is asked."""
        if isinstance(condition, Holds):
            if condition.field is Field.SPELT:
                return self.spelt.issuperset(condition.words)
            return _line(condition.words) in self.texts[condition.field]
        met: Callable[[Iterator[bool]], bool] = all if isinstance(condition, Every) else any
        return met(self.meets(one) for one in condition.of)


def spelt_of(said: Sequence[tuple[str, str]]) -> list[str]:
    """The different words of a text that are written with accents; UNACCENTED when none is."""
    return list(dict.fromkeys(accented for folded, accented in said if folded != accented)) or [UNACCENTED]


def found(words: Terms) -> Condition:
    """What every result holds: all parts of what was typed, or any so many of them."""
    return _enough([_said(part) for part in words.parts], words.enough)


def of_part(part: Part) -> Condition:
    """What holds one part of what was typed."""
    return _said(part)


def orders(words: Terms) -> list[list[Condition]]:
    """What comes first, in two steps: the earlier list before the later, as written before what merely folds to it;
    and inside a list, of things of one kind, what meets an earlier condition before what meets a later."""
    title = _enough([_said(part, Field.TITLE) for part in words.parts], words.enough)
    conditions: list[Condition] = [title, *([] if words.enough else _nearer(words)), found(words)]
    steps = [] if words.enough else list(_written(words))
    narrowed: list[list[Condition]] = [[Every((step, one)) for one in conditions] for step in steps]
    return [*narrowed, conditions]


def _nearer(words: Terms) -> Iterator[Condition]:
    """All words side by side; then every known word whole, as it was typed before what means the same."""
    order = tuple(term.folded for part in words.parts for term in part.words)
    if len(words.parts) > 1 or len(order) > 1 and not words.parts[0].together:
        yield Holds(Field.SAID, order)
    if words.others:
        whole = [replace(part, together=True) for part in words.parts]
        yield Every(tuple(_typed(part, Field.SAID) for part in whole))
        yield Every(tuple(_said(part) for part in whole))


def _written(words: Terms) -> Iterator[Condition]:
    """Every word as it was typed with accents; then the same where tones may have been left out, or any of them."""
    accented = [term for term in words.terms if term.accents]
    if not accented:
        return
    yield Every(tuple(_as_typed(part, _spelt) for part in words.parts if part.others or _spelt(part.words)))
    if any(not _tone_of(term) for term in accented):
        yield Every(tuple(_as_typed(part, _nearly) for part in words.parts if part.others or _spelt(part.words)))
    elif len(accented) > 1:
        yield Either(tuple(_spelt(accented)))


def _as_typed(part: Part, spelt: Callable[[Sequence[Term]], list[Condition]]) -> Condition:
    if not part.others:
        return Every(tuple(spelt(part.words)))
    typed = Every((_typed(part, Field.SAID), *spelt(part.words)))
    return Either((typed, *(_other(one, Field.SAID) for one in part.others)))


def _said(part: Part, field: Field = Field.SAID) -> Condition:
    typed = _typed(part, field)
    return Either((typed, *(_other(one, field) for one in part.others))) if part.others else typed


def _typed(part: Part, field: Field) -> Condition:
    words = tuple(term.folded for term in part.words)
    if part.together or len(words) == 1:
        return Holds(field, words)
    return Every(tuple(Holds(field, (word,)) for word in words))


def _other(other: Other, field: Field) -> Condition:
    """Words nobody typed have their accents, unless the text has none at all: "lớn" is not another word for "heo"."""
    run, spelt = Holds(field, tuple(term.folded for term in other.terms)), _spelt(other.terms)
    if not spelt:
        return run
    return Every((run, Either((Every(tuple(spelt)), Holds(Field.SPELT, (UNACCENTED,))))))


def _spelt(words: Sequence[Term]) -> list[Condition]:
    return [Holds(Field.SPELT, (term.accented,)) for term in words if term.accents]


def _nearly(words: Sequence[Term]) -> list[Condition]:
    """The same, where a word without a tone may be any word of these letters that has one."""
    return [
        Holds(Field.SPELT, (term.accented,))
        if _tone_of(term)
        else Either(tuple(Holds(Field.SPELT, (term.accented + tone,)) for tone in ("", *TONES)))
        for term in words
        if term.accents
    ]


def _tone_of(term: Term) -> str:
    return term.accented[-1] if term.accented[-1] in TONES else ""


def _enough(conditions: Sequence[Condition], enough: int) -> Condition:
    if not enough or enough >= len(conditions):
        return Every(tuple(conditions))
    return Either(tuple(Every(some) for some in combinations(conditions, enough)))


def _line(words: "Iterator[str] | Sequence[str]") -> str:
    return f" {' '.join(words)} "
