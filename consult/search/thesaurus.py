"""Words that mean the same, in memory: what somebody typed is looked for under its other names too.

The groups are read again as soon as one of them is another than it was (`matters.offered` tells their stamp), in every
process, so that what an administrator changes is there for the next one who searches.
"""

import threading
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace

from sqlalchemy import select
from sqlalchemy.orm import Session

from consult.data.models import SynonymGroup
from consult.search.engines.tokens import Other, Part, Term, Terms, may_be, term_of

LONGEST = 12
MOST_OTHERS = 8
MOST_OTHER_WORDS = 40
"""So many words are looked for beside those typed, whatever was typed: what a search costs has an end."""

Folded = tuple[str, ...]


@dataclass(frozen=True)
class _Member:
    """One of a group of words, and the group."""

    terms: tuple[Term, ...]
    group: tuple[Other, ...]

    def is_meant(self, typed: Sequence[Part]) -> bool:
        """Whether it was typed: with its own accents, or with some of them left out."""
        pairs = zip(typed, self.terms, strict=True)
        return all(may_be(part.words[0].accented, term.accented) for part, term in pairs)


@dataclass
class _Known:
    members: dict[Folded, list[_Member]] = field(default_factory=dict)
    longest: int = 0
    stamp: int = 0


class Thesaurus:
    """The groups as they were read last, shared by the threads of a process."""

    def __init__(self) -> None:
        self.known = _Known()
        self.lock = threading.Lock()

    def fresh(self, session: Session, stamp: int) -> "Thesaurus":
        """Itself, with the groups read again unless their stamp is the one of those it knows."""
        if self.known.stamp != stamp:
            with self.lock:
                if self.known.stamp != stamp:
                    rows = session.execute(select(SynonymGroup.words, SynonymGroup.stamp)).all()
                    self.known = _known([words for words, _stamp in rows], sum(one for _words, one in rows))
        return self

    def expanded(self, words: Terms) -> Terms:
        """What is looked for with the other words for it; nothing for what stood in quotation marks."""
        return expanded(words, self.known)


def with_groups(groups: Iterable[Sequence[str]], words: Terms) -> Terms:
    """The same with these groups alone: how a group will work before it is kept."""
    return expanded(words, _known(groups, 0))


def expanded(words: Terms, known: _Known) -> Terms:
    """`words` with the others of `known`, those of the longest run first, until there are enough."""
    parts: list[Part] = []
    left = MOST_OTHER_WORDS - sum(len(other.terms) for other in words.others)
    at = 0
    while at < len(words.parts):
        run, others = _run_at(words.parts, at, known, left)
        left -= sum(len(other.terms) for other in others)
        parts.append(Part(run, others=others) if others else words.parts[at])
        at += len(run) if others else 1
    return replace(words, parts=tuple(parts))


def _run_at(parts: Sequence[Part], at: int, known: _Known, left: int) -> tuple[tuple[Term, ...], tuple[Other, ...]]:
    """The longest run of single words from `at` on that has other names, and as many of these as there is room for."""
    single = 0
    while single < known.longest and at + single < len(parts) and not parts[at + single].together:
        single += 1
    for length in range(single, 0, -1):
        run = parts[at : at + length]
        folded = tuple(part.words[0].folded for part in run)
        meant = [one for one in known.members.get(folded, ()) if one.is_meant(run)]
        others = tuple(_some({other.text: other for one in meant for other in one.group}.values(), folded, left))
        if others:
            return tuple(_written(part.words[0], term) for part, term in zip(run, meant[0].terms, strict=True)), others
    return (), ()


def _written(typed: Term, known: Term) -> Term:
    """The word as it is written, where some of its marks were typed and not all."""
    return known if typed.accents else typed


def _some(others: Iterable[Other], typed: Folded, left: int) -> Iterator[Other]:
    """Those of `others` that say something else than was typed, the first that fit."""
    said = {typed}
    for other in others:
        folded = tuple(term.folded for term in other.terms)
        if folded in said or len(folded) > left or len(said) > MOST_OTHERS:
            continue
        said.add(folded)
        left -= len(folded)
        yield other


def _known(groups: Iterable[Sequence[str]], stamp: int) -> _Known:
    known = _Known(stamp=stamp)
    for words in groups:
        group = tuple(Other(terms, word) for word in words if 0 < len(terms := term_of(word)) <= LONGEST)
        for one in group:
            folded = tuple(term.folded for term in one.terms)
            known.members.setdefault(folded, []).append(_Member(one.terms, group))
            known.longest = max(known.longest, len(folded))
    return known
