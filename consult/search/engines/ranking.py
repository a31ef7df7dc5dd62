"""The order of results, and the piece of text that is shown of each."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from consult.search.engines.seam import Document
from consult.search.engines.tokens import Terms, Token, spelled, tokens
from consult.search.words import Thing
from consult.text import one_line

EXCERPT_WORDS = 45
WORDS_BEFORE = 8
RANKED_LETTERS = 4000
SEEN_WORDS = 2000
MATTER_WEIGHT = 3

Pieces = list[tuple[str, bool]]
"""A text in pieces: words, and whether they are marked. Templates escape them and draw the marks."""


@dataclass(frozen=True)
class Excerpt:
    """A piece of a text with the words found marked, and whether the text goes on before and after."""

    pieces: Pieces
    before: bool = False
    after: bool = False


def ranked(scored: Sequence[tuple[Document, float]], words: Terms) -> list[Document]:
    """The documents with what was written as typed first, then those where the words stand together, then by the
    engine's own score, a matter before its many clauses, and of equal ones the newest."""
    newest = sorted(scored, key=lambda one: one[0].at, reverse=True)
    return [document for document, _ in sorted(newest, key=lambda one: _worth(one[0], one[1], words), reverse=True)]


def _worth(document: Document, score: float, words: Terms) -> tuple[int, int, float]:
    said = spelled(f"{document.title} {document.text[:RANKED_LETTERS]}")
    written = {accented for _, accented in said}
    exact = sum(1 for term in words.terms if term.accents and term.accented in written)
    weight = MATTER_WEIGHT if document.thing is Thing.MATTER else 1
    return exact, _together([folded for folded, _ in said], words), weight * score


def _together(said: Sequence[str], words: Terms) -> int:
    """How many neighbours of the question are neighbours in the text too."""
    order = [term.folded for term in words.terms]
    return len(set(pairwise(order)).intersection(pairwise(said)))


def holds(document: Document, words: Terms) -> bool:
    """Whether a document, as it is now, holds all the words."""
    return words.folded <= {folded for folded, _ in spelled(f"{document.title} {document.text}")}


def excerpt(text: str, words: Terms) -> Excerpt:
    """About EXCERPT_WORDS words of `text` where most of the words asked for stand, as one line."""
    line = one_line(text) if text else ""
    said = list(tokens(line)) if line else []
    if not said:
        return Excerpt([(line, False)] if line else [])
    spare = len(said) - EXCERPT_WORDS
    first = min(_best_start(said, words), spare) if spare > 0 else 0
    last = min(first + EXCERPT_WORDS, len(said)) - 1
    start = said[first].start if first else 0
    end = said[last].end if last + 1 < len(said) else len(line)
    return Excerpt(_pieces(line, said[first : last + 1], words, start, end), first > 0, end < len(line))


def _best_start(said: Sequence[Token], words: Terms) -> int:
    """Where the window with most of the words begins. Windows that nearly overlap are not all tried, nor the far end of
    an endless text: one of the same word over and over would take seconds."""
    wanted = words.folded | {term.accented for term in words.terms if term.accents}
    best, most, not_before = 0, -1, 0
    for position, token in enumerate(said[:SEEN_WORDS]):
        if position < not_before or token.folded not in words.folded:
            continue
        not_before = position + WORDS_BEFORE
        start = max(0, position - WORDS_BEFORE)
        window = said[start : start + EXCERPT_WORDS]
        seen = {token.folded for token in window} | {token.accented for token in window}
        here = len(wanted & seen) + _together([token.folded for token in window], words)
        if here > most:
            best, most = start, here
    return best


def _pieces(line: str, said: Sequence[Token], words: Terms, start: int, end: int) -> Pieces:
    """`line` from `start` to `end`, cut where marks begin and end; marked neighbours share a mark."""
    wanted = words.folded
    pieces: Pieces = []
    at = start
    for token in [one for one in said if one.folded in wanted]:
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
