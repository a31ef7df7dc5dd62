"""The text of blocks, and an independent count of the text of a DOCX file, to compare the two."""

import unicodedata
import zipfile
from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path

from lxml import etree

from consult.outline.blocks import Block, Doubt, Paragraph, Picture, Source, Table

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
M = "{http://schemas.openxmlformats.org/officeDocument/2006/math}"
FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
# Each of these prints one character that stands in no `w:t`; those of formulas are the reader's own signs.
PRINTED_OTHERWISE = {W + "sym", W + "noBreakHyphen", M + "den", M + "sup", M + "sub"}


def walked(blocks: Iterable[Block]) -> Iterator[Block]:
    """Every block, those in tables after their table, in the order of reading."""
    for block in blocks:
        yield block
        for row in block.rows if isinstance(block, Table) else ():
            for cell in row:
                yield from walked(cell.blocks)


def paragraphs(blocks: Iterable[Block]) -> Iterator[Paragraph]:
    """Every paragraph, those in tables too, in the order of reading."""
    return (block for block in walked(blocks) if isinstance(block, Paragraph))


def pictures(blocks: Iterable[Block]) -> Iterator[Picture]:
    """Every picture, those in tables too, in the order of reading."""
    return (block for block in walked(blocks) if isinstance(block, Picture))


def texts(blocks: Iterable[Block]) -> list[str]:
    """The texts of all paragraphs, with their automatic numbers in front; one may hold doubts and no text."""
    printed = (block for block in paragraphs(blocks) if block.text or block.marker or not block.doubts)
    return [f"{block.marker} {block.text}".strip() if block.marker else block.text for block in printed]


def doubts(source: Source) -> list[Doubt]:
    """The doubts about the file and about its places, the same one once."""
    placed = [doubt for paragraph in paragraphs(source.blocks) for doubt in paragraph.doubts]
    return list(dict.fromkeys((*source.doubts, *placed)))


def characters(text: str) -> Counter[str]:
    """How often each character stands in a text, white space apart."""
    return Counter(sign for sign in unicodedata.normalize("NFC", text) if not sign.isspace())


def characters_of_docx(path: Path) -> tuple[Counter[str], int]:
    """The same count for the body of a DOCX file from its XML alone, every `w:t` that is not deleted; and how many
    characters the file prints besides."""
    with zipfile.ZipFile(path) as archive:
        root = etree.fromstring(archive.read("word/document.xml"))
    kept = [element for element in _kept(root) if element.tag in (W + "t", M + "t") or element.tag in PRINTED_OTHERWISE]
    printed = [element.text or "" for element in kept if element.tag not in PRINTED_OTHERWISE]
    return characters("".join(printed)), len(kept) - len(printed)


def _kept(element: etree._Element) -> Iterator[etree._Element]:
    """The element and all below it, save what is deleted and what is said twice."""
    if element.tag not in (W + "del", W + "moveFrom", FALLBACK):
        yield element
        for child in element.iterchildren(etree.Element):
            yield from _kept(child)
