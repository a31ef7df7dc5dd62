"""Where the words of a draft stand in the file that it was read from."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

from consult.outline.redlining.characters import WordParagraph
from consult.outline.text.characters import RAISED

_NEAR = 4_000  # characters that may lie between two provisions: tables, notes and boxes are none of them
_SURE = 40  # characters that are hardly found twice
_SHORT = 12
_RAISED = str.maketrans(RAISED, "0123456789")


class Line(NamedTuple):
    """A provision as it stands in the draft; `auto` is whether Word supplied its number, which is then no text."""

    path: str
    kind: str
    marker: str
    auto: bool
    heading: str
    text: str

    @property
    def words(self) -> str:
        """What it says, its number first."""
        return " ".join(part for part in (self.marker, self.heading, self.text) if part)


class Place(NamedTuple):
    """A character of the file: the number of its paragraph, and its own number there."""

    paragraph: int
    character: int


@dataclass(frozen=True, slots=True)
class Clause:
    """The words of a provision with all below it, a line each, and for each character that is no blank where it stands
    in the file: None for an automatic number, and for what was not found."""

    words: str
    places: tuple[Place | None, ...]
    first: Place | None


class Located:
    """The lines of a draft, each part of them found in the file or not."""

    def __init__(self, lines: Sequence[Line], paragraphs: Sequence[WordParagraph]) -> None:
        self._lines = lines
        self._at: list[Place] = []
        pieces: list[str] = []
        for number, paragraph in enumerate(paragraphs):
            for index, character in enumerate(paragraph.characters):
                if not character.is_blank:
                    # What is read as two signs stands in one place.
                    self._at += [Place(number, index)] * len(character.shown)
                    pieces.append(character.shown)
        self._all = _as_typed("".join(pieces))
        self._index = {line.path: number for number, line in reversed(list(enumerate(lines)))}
        self._found = self._search()

    def clause(self, path: str) -> Clause | None:
        """The provision at `path`; None where the draft has none."""
        first = self._index.get(path)
        if first is None:
            return None
        last = first + 1
        while last < len(self._lines) and self._lines[last].path.startswith(f"{path}."):
            last += 1
        words = "\n".join(line.words for line in self._lines[first:last] if line.words)
        places = tuple(place for found in self._found[first:last] for place in found)
        return Clause(words, places, next((place for place in places if place is not None), None))

    @property
    def share(self) -> float:
        """How much of the draft was found."""
        places = [place for found in self._found for place in found]
        return sum(place is not None for place in places) / max(1, len(places))

    def _search(self) -> list[list[Place | None]]:
        found: list[list[Place | None]] = []
        cursor = 0
        for line in self._lines:
            own: list[Place | None] = []
            for part, skipped in ((line.marker, line.auto), (line.heading, False), (line.text, False)):
                wanted = _as_typed("".join(part.split()))
                start = -1 if skipped or line.kind in ("table", "footnote", "picture") else self._find(wanted, cursor)
                if start < 0:
                    own += [None] * len(wanted)
                    continue
                cursor = start + len(wanted)
                own += self._at[start:cursor]
            found.append(own)
        return found

    def _find(self, wanted: str, cursor: int) -> int:
        """Where words stand from `cursor` on; -1 where they do not, or may not be the same ones."""
        if not wanted or self._all.startswith(wanted, cursor):
            return cursor
        if len(wanted) < _SHORT:
            return -1
        near = self._all.find(wanted, cursor, cursor + _NEAR + len(wanted))
        return near if near >= 0 or len(wanted) < _SURE else self._all.find(wanted, cursor)


def _as_typed(words: str) -> str:
    """The same signs, one for one, without what formatting alone makes of them: capitals, and raised digits."""
    return "".join(low if len(low := sign.lower()) == 1 else sign for sign in words).translate(_RAISED)
