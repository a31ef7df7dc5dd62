"""A paper in the layout of Nghị định 30/2020/NĐ-CP, Phụ lục I, described once: what writes the Word file and what sets
the PDF read the same description, and neither knows what the paper says."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from consult.official_papers.wordml import Words


class BlockKind(StrEnum):
    """What stands below each other in a paper."""

    TO = "to"
    BASIS = "basis"
    TEXT = "p"
    ITEM = "item"
    PART = "part"
    SECTION = "section"
    LINES = "lines"
    TABLE = "table"
    ANNEX = "annex"


@dataclass(frozen=True)
class Block:
    """One paragraph with its `words`; so many blank `lines` to be written on; or a table: how wide its columns are, in
    hundredths, the names of the columns, and its rows."""

    kind: BlockKind
    words: tuple[Words, ...] = ()
    lines: int = 0
    widths: tuple[int, ...] = ()
    names: tuple[str, ...] = ()
    rows: tuple[tuple[str, ...], ...] = ()

    def to_fill_in(self, row: tuple[str, ...]) -> bool:
        """Whether a row of the table waits for somebody's hand and needs the room: its number stands alone."""
        return not any(row[1:])

    @property
    def text(self) -> str:
        """Its words without their looks."""
        return "".join(part.text for part in self.words)

    @property
    def has_address(self) -> bool:
        """Whether an address stands in it, which breaks nowhere."""
        return "://" in self.text


@dataclass(frozen=True)
class Signature:
    """Who signs: the lines above (TM., KT., TL., TUQ.) with the office, what the place is for, and the name."""

    lines: tuple[str, ...]
    hint: str
    name: str


@dataclass(frozen=True)
class Paper:
    """A whole paper. `title` is what files and readers call it; `state` and `motto` stand on every
    paper; `above` and `body` are whose it is, each of several bodies on a line; `number` its number
    line (none for minutes and for who bears none), blank until it is issued; `about` what a letter without a name of
    its own is about; `name` and `subject` what kind of paper it is, and of what."""

    title: str
    state: str
    motto: str
    above: str
    body: str
    number: str
    about: str
    place_and_day: str
    name: str
    subject: str
    blocks: tuple[Block, ...]
    signatures: tuple[Signature, ...]
    recipients: tuple[str, ...]
    annexes: tuple[Block, ...] = ()

    @property
    def section_level(self) -> int:
        """At which level the headings of sections stand, below the name where there is one: under the parts, or where
        there are none, in their place. No level is left out, which a reader aloud would take for something missing."""
        heads = (one.kind for one in self.blocks if one.kind in {BlockKind.PART, BlockKind.SECTION})
        return 2 if next(heads, None) is BlockKind.PART else 1


@dataclass(frozen=True)
class Letterhead:
    """What a template is told of whose paper it is, as far as that is known: what is not is left blank."""

    body: str
    above: str = ""
    number: str = ""
    place: str = ""
    day: date | None = None
    signing_lines: tuple[str, ...] = ()
    signatory: str = ""


@dataclass(frozen=True)
class PaperOpinion:
    """One opinion as papers print it: where, of what stance, what it says; `topic` as a code on ĐTM reports."""

    place: str
    stance: str
    text: str
    proposed: str
    reason: str
    topic: str = ""
