"""What one Word paragraph holds, gathered piece by piece."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from lxml import etree

from consult.outline.blocks import Picture
from consult.outline.docx.printed import in_capitals
from consult.outline.text.characters import clean
from consult.outline.text.legacy import LegacyText, converted

_NUMBER = re.compile(r"\s*\d{1,3}[a-zđ]?\s*")


@dataclass(slots=True)
class Inline:
    """What one paragraph holds, gathered piece by piece.

    `boxes` are the `w:txbxContent` elements anchored here, or strings for text that is drawn; `notes` are pairs of
    kind ("footnote" or "endnote") and identifier; `bold` and `capitals` are None until a run with visible text has been
    read.
    `left_out` are words that are in the file and not in the text, by the code that says why; `gap` is what was left out
    right before the end of `pieces`; `raised` tells that the last words were above the line.
    """

    pieces: list[str] = field(default_factory=list)
    notes: list[tuple[str, str]] = field(default_factory=list)
    boxes: list[etree._Element | str] = field(default_factory=list)
    pictures: list[Picture] = field(default_factory=list)
    left_out: dict[str, list[str]] = field(default_factory=dict)
    gap: str | None = None
    bold: bool | None = None
    capitals: bool | None = None
    raised: bool = False

    @property
    def text(self) -> str:
        """The text: NFC, plain spaces, nothing empty at its ends, in capitals where these are printed."""
        text = clean(converted(self.pieces))
        return in_capitals(text) if self.capitals else text

    @property
    def scheme(self) -> str:
        """In which old way the first words that are so were kept; empty when none are."""
        return next((piece.scheme for piece in self.pieces if isinstance(piece, LegacyText)), "")

    def is_empty(self) -> bool:
        """Whether nothing at all was found."""
        return not (self.notes or self.boxes or self.pictures or self.text)

    def leave_out(self, code: str, other: Inline) -> None:
        """Take over what is seen of `other` although its words are none of the text, and keep these apart."""
        self.gap = (self.gap or "") + "".join(other.pieces)
        if other.text:
            self.left_out.setdefault(code, []).append(other.text)
        for known, more in other.left_out.items():
            self.left_out.setdefault(known, []).extend(more)
        self.notes += other.notes
        self.boxes += other.boxes
        self.pictures += other.pictures

    def close_gap(self, before: int) -> None:
        """Join the pieces from `before` on to those before a gap: one blank between words, and a number that was
        crossed out alone, while its stop was not, back in its place."""
        gap, self.gap = self.gap, None
        ahead = "" if gap is None else "".join(self.pieces[before:])
        if gap is None or not ahead:
            return
        behind = "".join(self.pieces[:before])
        if _NUMBER.fullmatch(gap) and ahead[0] in ".)" and not behind.strip():
            self.pieces.insert(before, gap)
        elif behind[-1:].isspace() and ahead[0].isspace():
            for place in range(before, len(self.pieces)):
                self.pieces[place] = self.pieces[place].lstrip()
                if self.pieces[place]:
                    break
        elif gap != gap.strip() and behind and not (behind[-1].isspace() or ahead[0].isspace()):
            self.pieces.insert(before, " ")
