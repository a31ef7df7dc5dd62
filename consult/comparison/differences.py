"""Which words of a text are other than those of its forebear."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import groupby
from operator import attrgetter

from consult.comparison.folding import LETTER, WORD, Word, key_of
from consult.comparison.lcs import MOST_CELLS, common_ends, pairs
from consult.comparison.results import Piece

# White space belongs to the word after it; only at the end of the text it stands alone.
_TOKEN = re.compile(rf"(\s*)({WORD}|{LETTER}|\S)|\s+$")
_SENTENCE_END = re.compile(r"[.;:!?]$")
# A few shared words between long stretches of other ones are chance, and hard to read one by one.
_ISLAND = 3

Span = tuple[int, int, int, int]


def word_differences(old: str, new: str) -> tuple[Piece, ...]:
    """The runs of words that both texts share, and those that only one has, in order.

    Joined, the pieces `same` and `removed` are exactly `old`, and `same` and `added` are exactly `new`.
    """
    if old == new:
        return (Piece("same", old),) if old else ()
    before, after = _tokens(old), _tokens(new)
    spans = spans_of([key for _, key in before], [key for _, key in after])
    return tuple(_joined(_pieces([text for text, _ in before], [text for text, _ in after], _smooth(spans))))


def other_words(old: Sequence[Word], new: Sequence[Word]) -> tuple[list[str], list[str]]:
    """The words that only `new` has, and those that only `old` has, each in order and as they are written.

    Commas and the like are told only when nothing else differs.
    """
    added: list[str] = []
    removed: list[str] = []
    for start, end, first, last in spans_of([word.key for word in old], [word.key for word in new]):
        removed += [word.written for word in old[start:end]]
        added += [word.written for word in new[first:last]]
    said = [word for word in (*added, *removed) if word[-1].isalnum()]
    if not said:
        return added, removed
    return [word for word in added if word[-1].isalnum()], [word for word in removed if word[-1].isalnum()]


def spans_of(old: Sequence[str], new: Sequence[str]) -> list[Span]:
    """Where the two differ: from and to in `old`, from and to in `new`.

    Texts too long for all their words at once are compared by sentences, then inside those that changed.
    """
    start, end = common_ends(old, new)
    middle_old, middle_new = old[start : len(old) - end], new[start : len(new) - end]
    if len(middle_old) * len(middle_new) <= MOST_CELLS:
        found = _between(pairs(middle_old, middle_new), len(middle_old), len(middle_new))
    else:
        found = _by_sentences(middle_old, middle_new)
    return [(start + a, start + b, start + c, start + d) for a, b, c, d in found]


def _by_sentences(old: Sequence[str], new: Sequence[str]) -> list[Span]:
    cuts_old, cuts_new = _cuts(old), _cuts(new)
    sentences_old = [tuple(old[a:b]) for a, b in zip(cuts_old, cuts_old[1:], strict=False)]
    sentences_new = [tuple(new[a:b]) for a, b in zip(cuts_new, cuts_new[1:], strict=False)]
    if len(sentences_old) * len(sentences_new) > MOST_CELLS:
        return [(0, len(old), 0, len(new))]
    found: list[Span] = []
    alike = pairs(sentences_old, sentences_new)
    for a, b, c, d in _between(alike, len(sentences_old), len(sentences_new)):
        span = (cuts_old[a], cuts_old[b], cuts_new[c], cuts_new[d])
        found += _inside(old, new, span)
    return found


def _inside(old: Sequence[str], new: Sequence[str], span: Span) -> list[Span]:
    """The differences inside a stretch of sentences, or the stretch as a whole when it is still too long."""
    a, b, c, d = span
    if (b - a) * (d - c) > MOST_CELLS:
        return [span]
    inner = _between(pairs(old[a:b], new[c:d]), b - a, d - c)
    return [(a + w, a + x, c + y, c + z) for w, x, y, z in inner]


def _cuts(words: Sequence[str]) -> list[int]:
    """Where sentences begin, and the end."""
    ends = [place + 1 for place, word in enumerate(words) if _SENTENCE_END.search(word)]
    return [0, *(end for end in ends if end < len(words)), len(words)]


def _between(alike: list[tuple[int, int]], old: int, new: int) -> list[Span]:
    """The stretches between the items in common."""
    found: list[Span] = []
    before, after = 0, 0
    for one, other in [*alike, (old, new)]:
        if one > before or other > after:
            found.append((before, one, after, other))
        before, after = one + 1, other + 1
    return found


def _smooth(spans: list[Span]) -> list[Span]:
    """Neighbouring differences as one where hardly anything stands between them."""
    found: list[Span] = []
    for span in spans:
        if found:
            a, b, c, d = found[-1]
            island = span[0] - b
            sizes = (max(b - a, d - c), max(span[1] - span[0], span[3] - span[2]))
            if island < _ISLAND and min(sizes) >= _ISLAND * island:
                found[-1] = (a, span[1], c, span[3])
                continue
        found.append(span)
    return found


def _tokens(text: str) -> list[tuple[str, str]]:
    """The text cut into words with the white space before them, each with the spelling it is compared by."""
    return [(found[0], key_of(found[2]) if found[2] else "") for found in _TOKEN.finditer(text)]


def _pieces(before: list[str], after: list[str], spans: list[Span]) -> Iterator[Piece]:
    at, to = 0, 0
    for a, b, c, d in [*spans, (len(before), len(before), len(after), len(after))]:
        for old, new in zip(before[at:a], after[to:c], strict=True):
            yield from _same(old, new)
        if b > a:
            yield Piece("removed", "".join(before[a:b]))
        if d > c:
            yield Piece("added", "".join(after[c:d]))
        at, to = b, d


def _same(old: str, new: str) -> Iterator[Piece]:
    """A word that both have; what differs in white space or spelling is still told, for the pieces are exact."""
    if old == new:
        yield Piece("same", old)
    elif old.lstrip() == new.lstrip():
        yield from _white_space(old, new)
        if old.strip():
            yield Piece("same", old.lstrip())
    else:
        yield from (Piece("removed", old), Piece("added", new))


def _white_space(old: str, new: str) -> Iterator[Piece]:
    for op, text in (("removed", old), ("added", new)):
        space = text[: len(text) - len(text.lstrip())]
        if space:
            yield Piece(op, space)  # type: ignore[arg-type]


def _joined(pieces: Iterator[Piece]) -> Iterator[Piece]:
    """Neighbours of one kind as one piece; between two same runs first all that was removed, then all added."""
    for is_same, group in groupby(pieces, key=lambda piece: piece.op == "same"):
        run = list(group)
        if not is_same:
            run.sort(key=attrgetter("op"), reverse=True)
        for op, of_kind in groupby(run, key=attrgetter("op")):
            yield Piece(op, "".join(piece.text for piece in of_kind))
