"""The contract between reading a file and understanding its structure.

Readers (`docx`, `markdown`, `plain`, `pdf`) turn a file into a `Source`: a flat stream of paragraphs and tables in the
order of reading. The grammars turn that stream into a tree. Neither knows how the other works.
"""

from __future__ import annotations

from dataclasses import dataclass


class Unreadable(Exception):
    """A file that is refused, with the reason.

    `code` is one of `encrypted`, `damaged`, `too_large`, `part_too_large`, `too_many_pages`, `too_many_characters`,
    `bomb`, `macro_document`, `old_word`, `open_document`, `rich_text`, `wrong_type`, `empty`, `too_slow`,
    `too_much_memory`, `no_text`; its sentence for people stands in the catalogues. `detail` is technical English for
    the log and never holds text of the document.
    """

    def __init__(self, code: str, detail: str = "") -> None:
        super().__init__(f"{code}: {detail}" if detail else code)
        self.code = code
        self.detail = detail


@dataclass(frozen=True, slots=True)
class Doubt:
    """Something a person should look at; the text was read all the same.

    `code` is for instance `tracked_changes`, `embedded_object`, `external_link`, `field`, `unsupported_part`,
    `unknown_numbering`, `text_box`; `message` is technical English; `path` is the path of the provision concerned,
    empty as long as only the file has been read; `page` is the page of a PDF. What is doubtful of a text stands in its
    paragraph, what is doubtful of all of it in the first one.
    """

    code: str
    message: str
    path: str = ""
    page: int = 0


@dataclass(frozen=True, slots=True)
class Paragraph:
    """One paragraph as printed.

    `text` is NFC; a soft break is "\\n", a tab "\\t", a non-breaking space a plain space. `marker` is the number which
    Word supplies by itself, already formatted ("Điều 1.", "a)", "-"), at `marker_level` (0 is the outermost list
    level); it is None when there is none, and a typed number stays in `text`. `heading_level` is 1 to 9, from the
    outline level of the paragraph or its style. `bold` and `centred` tell of the whole visible paragraph. `footnotes`
    are the texts of the notes referred to in this paragraph, in order. `origin` is `body`, `text_box`, `header` or
    `footnote`. `page` is the number of the page on which it begins, 0 where there are none. `doubts` are about this
    place; a paragraph may hold nothing else, where all its words were left out.
    """

    text: str
    marker: str | None = None
    marker_level: int | None = None
    style: str = ""
    heading_level: int | None = None
    bold: bool = False
    centred: bool = False
    footnotes: tuple[str, ...] = ()
    origin: str = "body"
    page: int = 0
    doubts: tuple[Doubt, ...] = ()


@dataclass(frozen=True, slots=True)
class Picture:
    """What is drawn at this place: `part` is the name of the image inside the file, empty when it cannot be shown;
    `alt` is what its author says instead of it."""

    part: str = ""
    alt: str = ""


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell of a table; a cell merged downwards stands once, in its first row, with its `rowspan`."""

    blocks: tuple[Block, ...]
    colspan: int = 1
    rowspan: int = 1


@dataclass(frozen=True, slots=True)
class Table:
    """A table, row by row; its cells may hold further tables."""

    rows: tuple[tuple[Cell, ...], ...]


Block = Paragraph | Table | Picture


@dataclass(frozen=True, slots=True)
class PageText:
    """The text of one page of a PDF: `number` from 1, `width` and `height` in PDF points. `turned` is by how many
    degrees clockwise it was turned, against how its file shows it, so that its words stand upright."""

    number: int
    text: str
    width: float
    height: float
    turned: int = 0


@dataclass(frozen=True, slots=True)
class Source:
    """Everything read from one file.

    `media_type` is what the content is, whatever the file was called. `pages` is filled for a PDF only.
    """

    blocks: tuple[Block, ...]
    doubts: tuple[Doubt, ...]
    media_type: str
    pages: tuple[PageText, ...] = ()
