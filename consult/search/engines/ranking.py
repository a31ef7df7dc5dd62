"""The order of results, and the piece of text that is shown of each."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise, takewhile

from consult.search.engines.conditions import Condition, HeldWords, found, orders
from consult.search.engines.seam import Document
from consult.search.engines.tokens import Other, Terms, Token, spelled, tokens
from consult.search.words import Thing
from consult.text import one_line

EXCERPT_WORDS = 45
WORDS_BEFORE = 8
RANKED_LETTERS = 4000
SEEN_WORDS = 2000
STANDING = {Thing.MATTER: 0, Thing.PROVISION: 1}
LAST = 2
"""Matters stand before clauses, and these before what people said of them and what they were answered."""

Pieces = list[tuple[str, bool]]
"""A text in pieces: words, and whether they are marked. Templates escape them and draw the marks."""


@dataclass(frozen=True)
class Excerpt:
    """A piece of a text with the words found marked, and whether the text goes on before and after."""

    pieces: Pieces
    before: bool = False
    after: bool = False

    @property
    def marked(self) -> bool:
        """Whether any of the words stands in it."""
        return any(mark for _words, mark in self.pieces)


def ranked(scored: Sequence[tuple[Document, float]], words: Terms) -> list[Document]:
    """The documents with what was written as typed first; of these matters, then clauses, then what people said; then
    by what they hold of it (`conditions.orders`), by the engine's own score, and of equal ones the newest."""
    steps = orders(words)
    newest = sorted(scored, key=lambda one: one[0].at, reverse=True)
    return [document for document, _ in sorted(newest, key=lambda one: (*_place(one[0], steps), -one[1]))]


def _place(document: Document, steps: Sequence[Sequence[Condition]]) -> tuple[int, int, int]:
    """How far behind it stands: by the step it meets, by what it is, and by the condition in that step."""
    held = HeldWords(document, RANKED_LETTERS)
    for number, step in enumerate(steps):
        met = next((place for place, one in enumerate(step) if held.meets(one)), None)
        if met is not None:
            return number, STANDING.get(document.thing, LAST), met
    return len(steps), STANDING.get(document.thing, LAST), 0


def by_names(page: Sequence[Document], words: Terms) -> tuple[Document, ...]:
    """A page of results with the matters at its head in the order of their names where nothing else tells them apart:
    of what is called by the words, what is called by little else comes first."""
    matters = [*takewhile(lambda one: one.thing is Thing.MATTER, page)]
    if len(matters) < 2:
        return tuple(page)
    steps = orders(words)
    matters.sort(key=lambda one: (*_place(one, steps), len(spelled(one.title))))
    return (*matters, *page[len(matters) :])


def holds(document: Document, words: Terms) -> bool:
    """Whether a document, as it is now, holds what is looked for."""
    return HeldWords(document).meets(found(words))


def excerpt(text: str, words: Terms) -> Excerpt:
    """About EXCERPT_WORDS words of `text` where most of the words asked for stand, as one line."""
    line = one_line(text) if text else ""
    said = list(tokens(line)) if line else []
    if not said:
        return Excerpt([(line, False)] if line else [])
    meant = _meant(said, words)
    spare = len(said) - EXCERPT_WORDS
    first = min(_best_start(said, meant, words), spare) if spare > 0 else 0
    last = min(first + EXCERPT_WORDS, len(said)) - 1
    start = said[first].start if first else 0
    end = said[last].end if last + 1 < len(said) else len(line)
    return Excerpt(
        _pieces(line, [said[place] for place in meant if first <= place <= last], start, end),
        first > 0,
        end < len(line),
    )


def _meant(said: Sequence[Token], words: Terms) -> list[int]:
    """The places of the words that are looked for, and of those that mean the same where they stand side by side."""
    wanted = words.folded
    places = {place for place, token in enumerate(said) if token.folded in wanted}
    others: dict[str, list[Other]] = {}
    for other in words.others:
        others.setdefault(other.terms[0].folded, []).append(other)
    for place, token in enumerate(said if others else ()):
        for other in others.get(token.folded, ()):
            run = said[place : place + len(other.terms)]
            if [one.folded for one in run] == [term.folded for term in other.terms]:
                places.update(range(place, place + len(run)))
    return sorted(places)


def _best_start(said: Sequence[Token], meant: Sequence[int], words: Terms) -> int:
    """Where the window with most of the words begins. Windows that nearly overlap are not all tried, nor the far end of
    an endless text: one of the same word over and over would take seconds."""
    wanted = {term.accented for term in words.terms if term.accents}
    best, most, not_before = 0, -1, 0
    for position in meant:
        if position < not_before or position >= SEEN_WORDS:
            continue
        not_before = position + WORDS_BEFORE
        start = max(0, position - WORDS_BEFORE)
        window = [said[place] for place in meant if start <= place < start + EXCERPT_WORDS]
        seen = {token.folded for token in window} | {token.accented for token in window} & wanted
        here = len(seen) + _together(window, words)
        if here > most:
            best, most = start, here
    return best


def _together(window: Sequence[Token], words: Terms) -> int:
    """How many neighbours of the question are neighbours among the words found too."""
    order = [term.folded for term in words.terms]
    return len(set(pairwise(order)).intersection(pairwise([token.folded for token in window])))


def _pieces(line: str, meant: Sequence[Token], start: int, end: int) -> Pieces:
    """`line` from `start` to `end`, cut where marks begin and end; marked neighbours share a mark."""
    pieces: Pieces = []
    at = start
    for token in meant:
        if token.end <= at:
            continue
        between = line[at : token.start]
        if pieces and pieces[-1][1] and between.isspace():
            pieces[-1] = (pieces[-1][0] + between + line[token.start : token.end], True)
        else:
            pieces += [(between, False)] if between else []
            pieces.append((line[token.start : token.end], True))
        at = token.end
    return [*pieces, (line[at:end], False)] if at < end else pieces
