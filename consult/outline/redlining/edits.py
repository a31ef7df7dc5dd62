"""A proposed wording as what is taken out and put in, paragraph by paragraph of the file."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby, zip_longest

from consult.outline.docx.wordml import W
from consult.outline.redlining.characters import WordParagraph, following
from consult.outline.redlining.locating import Clause, Place

SOFT = "\v"
"""A line that ends inside a paragraph."""

Pieces = Sequence[tuple[str, str]]
"""`same`, `removed` or `added`, and the words: what is the same and removed is the clause, as far as they go."""


class NotPlaced(Exception):
    """A wording that cannot be put into the file; `code` says why."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


@dataclass(frozen=True, slots=True)
class Edit:
    """In one paragraph: the characters from `start` to before `end` go, and `lines` come, each but the first on a line
    of its own. `joins` is that the paragraph's end goes too."""

    paragraph: int
    start: int
    end: int
    lines: tuple[str, ...] = ("",)
    joins: bool = False

    def touches(self, other: Edit) -> bool:
        """Whether both concern the same words, or stand side by side: nobody can say which comes first."""
        return self.paragraph == other.paragraph and self.start <= other.end and other.start <= self.end


@dataclass(frozen=True, slots=True)
class _Span:
    """A stretch of the clause's words that goes, and what comes in its place."""

    start: int
    end: int
    added: str


def edits_of(clause: Clause, pieces: Pieces, paragraphs: Sequence[WordParagraph]) -> list[Edit]:
    """What a wording changes. Raises `NotPlaced`: `not_the_clause` (its words are others now), `automatic_number` (Word
    supplies what would change), `not_found`, `not_plain` (a link, a field), `under_revision`."""
    old = "".join(text for op, text in pieces if op != "added")
    if not clause.words.endswith(old):
        raise NotPlaced("not_the_clause")
    walk = _Walk(clause, paragraphs)
    spans = _spans(pieces, len(clause.words) - len(old))
    made = [edit for span in spans for edit in walk.edits(span)]
    for edit in made:
        _allowed(paragraphs[edit.paragraph], edit)
    return made


def _spans(pieces: Pieces, at: int) -> Iterator[_Span]:
    """The changes, neighbours as one."""
    for same, group in groupby(pieces, key=lambda piece: piece[0] == "same"):
        run = list(group)
        gone = sum(len(text) for op, text in run if op != "added")
        if not same:
            yield _Span(at, at + gone, "".join(text for op, text in run if op == "added"))
        at += gone


class _Walk:
    """One clause, with where each of its words stands."""

    def __init__(self, clause: Clause, paragraphs: Sequence[WordParagraph]) -> None:
        self._words, self._places, self._paragraphs = clause.words, clause.places, paragraphs
        self._before = [0]
        for sign in clause.words:
            self._before.append(self._before[-1] + (not sign.isspace()))
        self._hard = {at for at, sign in enumerate(clause.words) if sign == "\n" and self._ends_paragraph(at)}

    def edits(self, span: _Span) -> Iterator[Edit]:
        """One change: line by line as far as both sides go, then what is left of one of them."""
        hard = [at for at in range(span.start, span.end) if at in self._hard]
        soft = self._words[span.start : span.end].count("\n") - len(hard)
        added = span.added.replace("\n", SOFT, soft).split("\n")
        starts, ends = [span.start, *(at + 1 for at in hard)], [*hard, span.end]
        most = len(starts) - 1
        lines = [(line,) for line in added[:most]] + ([tuple(added[most:])] if len(added) > most else [])
        for start, end, come in zip_longest(starts, ends, lines):
            if come is None:
                yield from self._without_line(start, end)
            elif (edit := self._in_line(start, end, come)) is not None:
                yield edit

    def _in_line(self, start: int, end: int, lines: tuple[str, ...]) -> Edit | None:
        """What goes and comes inside one paragraph; nothing where both are nothing."""
        if start == end and lines == ("",):
            return None
        first, last = self._before[start], self._before[end]
        left, right = self._left(start), self._right(end)
        if first == last:
            return self._between(start, end, left, right, lines)
        gone = self._gone(first, last)
        begin, stop = gone[0].character, gone[-1].character + 1
        if self._words[start].isspace() and left is not None and left.paragraph == gone[0].paragraph:
            begin = left.character + 1
        if self._words[end - 1].isspace() and right is not None and right.paragraph == gone[0].paragraph:
            stop = right.character
        return Edit(gone[0].paragraph, begin, stop, lines)

    def _between(self, start: int, end: int, left: Place | None, right: Place | None, lines: tuple[str, ...]) -> Edit:
        """What is put in between two words, and perhaps blanks that go."""
        both = left is not None and right is not None and left.paragraph == right.paragraph
        if left is not None and right is not None and both and start < end:
            return Edit(left.paragraph, left.character + 1, right.character, lines)
        behind_blank = start > 0 and self._words[start - 1].isspace()
        if right is not None and (left is None or (behind_blank and both)):
            return Edit(right.paragraph, right.character, right.character, lines)
        if left is None:
            raise NotPlaced("not_found")
        return Edit(left.paragraph, left.character + 1, left.character + 1, lines)

    def _without_line(self, start: int, end: int) -> Iterator[Edit]:
        """A line that goes with the end of the paragraph before it, or with its own where nothing of it is left."""
        gone = self._in_line(start, end, ("",))
        number = gone.paragraph if gone is not None else self._line_of(start)
        paragraph = self._paragraphs[number]
        kept = paragraph.characters if gone is None else (
            *paragraph.characters[: gone.start], *paragraph.characters[gone.end :]
        )  # fmt: skip
        if (
            gone is not None
            and all(character.is_blank for character in kept)
            and following(paragraph.element) is not None
        ):
            yield Edit(number, 0, len(paragraph.characters), joins=True)
            return
        previous = self._places[self._before[start] - 1] if self._before[start] else None
        if previous is None or number != previous.paragraph + 1:
            raise NotPlaced("not_plain")
        if following(self._paragraphs[previous.paragraph].element) is not paragraph.element:
            raise NotPlaced("not_plain")
        at = len(self._paragraphs[previous.paragraph].characters)
        yield Edit(previous.paragraph, at, at, joins=True)
        if gone is not None:
            yield gone

    def _gone(self, first: int, last: int) -> list[Place]:
        """Where the words that go stand: all in one paragraph."""
        places = self._places[first:last]
        gone = [place for place in places if place is not None]
        if len(gone) < len(places):
            raise NotPlaced("automatic_number" if self._automatic(first, last) else "not_found")
        if gone[0].paragraph != gone[-1].paragraph:
            raise NotPlaced("not_plain")
        return gone

    def _automatic(self, first: int, last: int) -> bool:
        """Whether what has no place is a number at the beginning of a line whose words were found."""
        missing = next(at for at in range(first, last) if self._places[at] is None)
        after = next((place for place in self._places[missing:] if place is not None), None)
        return after is not None and all(
            character.is_blank for character in self._paragraphs[after.paragraph].characters[: after.character]
        )

    def _left(self, at: int) -> Place | None:
        """The word before a place in the same line."""
        if at == 0 or at - 1 in self._hard or not self._before[at]:
            return None
        return self._places[self._before[at] - 1]

    def _right(self, at: int) -> Place | None:
        """The first word at or after a place in the same line that is text of the file."""
        place = at
        while place < len(self._words) and place not in self._hard:
            if not self._words[place].isspace() and (found := self._places[self._before[place]]) is not None:
                return found
            place += 1
        return None

    def _line_of(self, at: int) -> int:
        found = self._right(at) or self._left(at)
        if found is None:
            raise NotPlaced("not_found")
        return found.paragraph

    def _ends_paragraph(self, at: int) -> bool:
        """Whether the line that ends here ends a paragraph too: not a break inside one, nor units glued in one line."""
        before, after = self._before[at], self._before[at + 1]
        left = next((place for place in reversed(self._places[:before]) if place is not None), None)
        right = next((place for place in self._places[after:] if place is not None), None)
        return left is None or right is None or left.paragraph != right.paragraph


def _allowed(paragraph: WordParagraph, edit: Edit) -> None:
    if paragraph.revised:
        raise NotPlaced("under_revision")
    around = paragraph.characters[max(0, edit.start - 1) : edit.end + 1]
    inside = paragraph.characters[edit.start : edit.end]
    if not all(character.plain for character in inside or around[:1]):
        raise NotPlaced("not_plain")
    section = paragraph.element.find(f"{W}pPr/{W}sectPr")
    if edit.joins and section is not None:
        raise NotPlaced("not_plain")
