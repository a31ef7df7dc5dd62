"""The few elements of WordprocessingML that papers and tables need, as text. Lengths are in twips (1/20 point)."""

from collections.abc import Iterable, Sequence
from typing import NamedTuple
from xml.sax.saxutils import escape

from consult.text import stored, unturned


class Words(NamedTuple):
    """Some words that look alike: `look` is "", "bold", "italic" or "both"."""

    text: str
    look: str = ""


Paragraph = Sequence[Words]
"""Words that follow each other; a line feed in them begins a new paragraph."""

_LOOKS = {"bold": "<w:b/>", "italic": "<w:i/>", "both": "<w:b/><w:i/>"}


def run(words: Words, size: int | None = None) -> str:
    """Some words; `size` in half points where it differs from the style's."""
    sized = f'<w:sz w:val="{size}"/><w:szCs w:val="{size}"/>' if size else ""
    properties = f"{_LOOKS.get(words.look, '')}{sized}"
    told = f"<w:rPr>{properties}</w:rPr>" if properties else ""
    return f"<w:r>{told}{_letters(words.text)}</w:r>"


def _letters(text: str) -> str:
    """The text of a run, in NFC, without what XML cannot hold; tabs are elements of their own."""
    parts = _clean(text).split("\t")
    return "<w:tab/>".join(f'<w:t xml:space="preserve">{escape(part)}</w:t>' for part in parts)


def _clean(text: str) -> str:
    """`stored` and `unturned`, with the white space around the words that separates them from their neighbours."""
    before = " " if text[:1].isspace() else ""
    after = " " if text[-1:].isspace() else ""
    return f"{before}{unturned(stored(text))}{after}"


def paragraph(words: Paragraph, style: str = "", properties: str = "", size: int | None = None) -> str:
    """One paragraph of a named style."""
    named = f'<w:pStyle w:val="{style}"/>' if style else ""
    told = f"<w:pPr>{named}{properties}</w:pPr>" if named or properties else ""
    return f"<w:p>{told}{''.join(run(each, size) for each in words if each.text)}</w:p>"


def paragraphs(said: Iterable[Paragraph], style: str) -> str:
    """Paragraphs, each broken where its words hold a line feed. A cell needs at least one."""
    made = "".join(paragraph(line, style) for words in said for line in _lines(words))
    return made or paragraph([], style)


def _lines(words: Paragraph) -> list[Paragraph]:
    lines: list[list[Words]] = [[]]
    for each in words:
        text = each.text.replace("\r\n", "\n").replace("\r", "\n")
        for index, part in enumerate(text.split("\n")):
            if index:
                lines.append([])
            if part:
                lines[-1].append(Words(part, each.look))
    filled: list[Paragraph] = [line for line in lines if any(not each.text.isspace() for each in line)]
    return filled


def cell(content: str, width: int, merge: str = "", span: int = 1) -> str:
    """A cell around its paragraphs; `merge` is `restart` or `continue` for a column merged downwards."""
    spanned = f'<w:gridSpan w:val="{span}"/>' if span > 1 else ""
    merged = f'<w:vMerge w:val="{merge}"/>' if merge else ""
    return f'<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/>{spanned}{merged}</w:tcPr>{content}</w:tc>'


def row(cells: Sequence[str], header: bool = False, height: int = 0, whole: bool = False) -> str:
    """A row, `height` at least. A header row is repeated on every page and stays whole, as does one that is to be
    `whole`; others may go on over the page."""
    told = "<w:trPr><w:cantSplit/><w:tblHeader/></w:trPr>" if header else ""
    if whole:
        told = "<w:trPr><w:cantSplit/></w:trPr>"
    if height:
        told = f'<w:trPr><w:trHeight w:val="{height}"/></w:trPr>'
    return f"<w:tr>{told}{''.join(cells)}</w:tr>"


def table_start(widths: Sequence[int], bordered: bool) -> str:
    """The beginning of a table with columns of these widths; it ends with `TABLE_END`."""
    style = "TableGrid" if bordered else "TableFrame"
    grid = "".join(f'<w:gridCol w:w="{width}"/>' for width in widths)
    return (
        f'<w:tbl><w:tblPr><w:tblStyle w:val="{style}"/><w:tblW w:w="{sum(widths)}" w:type="dxa"/>'
        f'<w:tblLayout w:type="fixed"/></w:tblPr><w:tblGrid>{grid}</w:tblGrid>'
    )


TABLE_END = "</w:tbl>"


def table(widths: Sequence[int], rows: Iterable[str]) -> str:
    """A whole small table without lines, as for the blocks of a letterhead."""
    return f"{table_start(widths, bordered=False)}{''.join(rows)}{TABLE_END}"
