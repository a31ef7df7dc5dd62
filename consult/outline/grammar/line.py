"""One line of a document, with what is known of its looks and of what it announces."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import lru_cache

from consult.outline.blocks import Doubt, Picture, Table
from consult.outline.grammar.markers import Unit
from consult.outline.text.characters import UNSEEN


@lru_cache(maxsize=1_000)
def _is_capital(text: str) -> bool:
    """Asked again and again of the same few lines, while what follows them is looked at."""
    letters = [sign for sign in text if sign.isalpha()]
    return len(letters) > 1 and sum(sign.isupper() for sign in letters) > 0.75 * len(letters)


@dataclass(slots=True)
class Line:
    """One line of the document with what is known of its looks; `table` instead of text for a table.

    `text` has no white space at its ends. `auto` is the number Word supplied, not part of `text`. `unit` is what
    the line announces. `split_from` is the code of the doubt when the line was cut out of a longer paragraph. `listed`
    tells that it stands in a table of contents. `doubts` are the reader's about this place, `before` and `after` are
    pictures beside the line.
    """

    text: str
    auto: str = ""
    heading_level: int | None = None
    bold: bool = False
    centred: bool = False
    origin: str = "body"
    footnotes: tuple[str, ...] = ()
    table: Table | None = None
    unit: Unit | None = None
    auto_unit: bool = False
    split_from: str = ""
    listed: bool = False
    notes: list[str] = field(default_factory=list)
    page: int = 0
    doubts: list[Doubt] = field(default_factory=list)
    before: list[Picture] = field(default_factory=list)
    after: list[Picture] = field(default_factory=list)

    @property
    def rest(self) -> str:
        """The text after the marker."""
        if self.unit is None or self.auto_unit:
            return self.text
        return self.text[self.unit.end :].strip()

    @property
    def seen(self) -> str:
        """The text without the signs of no width before it, which are kept and hide nothing."""
        return self.text.lstrip(UNSEEN)

    @property
    def goes_on(self) -> bool:
        """Whether the line begins in lower case and announces nothing, as the rest of a sentence does."""
        return self.unit is None and self.seen[:1].islower()

    @property
    def is_capital(self) -> bool:
        """Whether the line is written in capitals."""
        return _is_capital(self.text[:400])

    @property
    def is_styled(self) -> bool:
        """Whether the line looks like a heading: by its style, bold, centred or capitals."""
        return self.heading_level is not None or self.bold or self.centred or self.is_capital
