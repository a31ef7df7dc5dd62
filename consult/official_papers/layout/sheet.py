"""What is known of how a paper is laid out, whatever file it was read from."""

from collections import Counter
from dataclasses import dataclass, field


@dataclass(frozen=True)
class Line:
    """A line as it looks: its words, the size of most of its letters in points, and their looks; `centred` None where
    the file does not tell."""

    text: str
    size: float
    bold: bool = False
    italic: bool = False
    centred: bool | None = None
    tabled: bool = False


@dataclass(frozen=True)
class Margins:
    """In millimetres; None where the file does not tell."""

    top: float | None
    bottom: float | None
    left: float | None
    right: float | None


@dataclass
class Sheet:
    """Paper in millimetres, margins, how many letters are in which font, and all lines from top to bottom.
    `pages_numbered` None where the file does not tell."""

    width: float
    height: float
    margins: Margins
    fonts: Counter[str] = field(default_factory=Counter)
    lines: list[Line] = field(default_factory=list)
    pages_numbered: bool | None = None
