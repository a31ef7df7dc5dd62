"""A DOCX file as a flat stream of paragraphs and tables, in the order of reading.

Own walk through the XML, because the text that python-docx offers lacks tracked insertions, automatic numbers, text
boxes and notes. Nothing is followed, nothing is carried out; what could not be read as text is a doubt.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from lxml import etree

from consult.outline.blocks import Block, Doubt, Paragraph, Picture, Source, Table, Unreadable
from consult.outline.docx.content import Inline
from consult.outline.docx.headers import first_of_sections, words_of_headers
from consult.outline.docx.inline import TRACKED, InlineReader
from consult.outline.docx.links import doubts_of_links
from consult.outline.docx.numbering import Numbering
from consult.outline.docx.package import Package, Relationship
from consult.outline.docx.styles import Styles
from consult.outline.docx.tables import read_table
from consult.outline.docx.wordml import MC, REMOVED, M, W, children_of, chosen, heading_level, holder_of, value

MEDIA_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
MOST_DOUBTS = 200
"""Of one kind; a document that was written over and over has more than anybody would look at."""

_PARTS = ("styles", "numbering", "footnotes", "endnotes")
_LOOSE = {W + "r", M + "oMath", M + "oMathPara"}
_LEFT_OUT = {"struck_text": "crossed out", "hidden_text": "formatted as hidden"}
_LONGEST_WORDS = 200
_PROPERTIES = {W + name for name in ("sdtPr", "sdtEndPr", "sectPr", "tcPr", "pPr", "rPr", "tblPr", "tblGrid")}


def read_docx(data: bytes) -> Source:
    """Read a DOCX file; raises `Unreadable` (`damaged`, `bomb`, `encrypted`, `part_too_large`)."""
    package = Package(data)
    main = package.main_part()
    root = package.xml(main) if main else None
    body = None if root is None else root.find(W + "body")
    if main is None or body is None:
        raise Unreadable("damaged", "the package has no document body")
    links = package.relationships(main)
    parts = {link.kind: link.target for link in links if not link.external}
    roots = {kind: package.xml(parts[kind]) for kind in _PARTS if kind in parts}
    reader = _Reader(roots, {link.identifier: link for link in links})
    reader.placed = doubts_of_links(package, main, body)
    _tell_headers(package, reader, body, links)
    return Source(tuple(reader.whole(body)), (), MEDIA_TYPE)


def _tell_headers(package: Package, reader: _Reader, body: etree._Element, links: list[Relationship]) -> None:
    """What headers and footers say is told where the part of the document begins that has them."""
    parts = {link.identifier: link.target for link in links if link.kind in ("header", "footer") and not link.external}
    begins = {parts[one]: place for place, those in first_of_sections(body) for one in reversed(those) if one in parts}
    first, told = next(body.iter(W + "p", W + "tbl"), body), set[str]()
    for target in dict.fromkeys(parts.values()):
        root = package.xml(target)
        for words in words_of_headers([reader.lines(root)] if root is not None else []):
            if words not in told:
                doubt = "header_text", f"on every page: “{words[:_LONGEST_WORDS]}”"
                reader.placed.setdefault(begins.get(target, first), []).append(doubt)
            told.add(words)


class _Reader:
    """The state of reading one document: counters, open fields, doubts."""

    def __init__(self, roots: dict[str, etree._Element | None], links: dict[str, Relationship]) -> None:
        self._doubts: list[Doubt] = []
        self._met: Counter[str] = Counter()
        self._styles = Styles(roots.get("styles"))
        self._numbering = Numbering(roots.get("numbering"), self._styles, self.doubt)
        self._inline = InlineReader(self._styles, self.doubt)
        self._inline.links = links
        self._notes = {
            (kind, note.get(W + "id", "")): note
            for kind in ("footnote", "endnote")
            for note in children_of(roots.get(kind + "s"), W + kind)
        }
        self._in_note = False
        self.placed: dict[etree._Element, list[tuple[str, str]]] = {}

    def doubt(self, code: str, message: str) -> None:
        """Remember a doubt for the place that is being read; the same one is remembered once for each."""
        found = Doubt(code, message)
        if found not in self._doubts and self._met[code] < MOST_DOUBTS:
            self._met[code] += 1
            self._doubts.append(found)

    def lines(self, part: etree._Element) -> list[str]:
        """The words of a header or footer, without pictures and doubts of their own."""
        kept, links = self._doubts, self._inline.links
        self._inline.links = {}
        found = list(_lines(self.blocks(part, "header")))
        self._doubts, self._inline.links = kept, links
        return found

    def whole(self, body: etree._Element) -> list[Block]:
        """The document, read to its end."""
        blocks = self.blocks(body)
        self._inline.close()
        for code, message in (doubt for those in self.placed.values() for doubt in those):
            self.doubt(code, message)
        return blocks + self._only_doubts("body")

    def _only_doubts(self, origin: str) -> list[Block]:
        """What is doubtful about what was read last, when no paragraph of it took that."""
        doubts, self._doubts = tuple(self._doubts), []
        return [Paragraph("", origin=origin, doubts=doubts)] if doubts else []

    def blocks(self, container: etree._Element, origin: str = "body") -> list[Block]:
        """The paragraphs and tables in a body, a cell, a note or a text box.

        A paragraph whose mark was deleted runs on into the next one and takes that one's number and style, as it
        does in Word when the change is accepted.
        """
        blocks: list[Block] = []
        carried = Inline()
        properties = None
        for element in self._elements(container):
            for code, message in self.placed.pop(element, ()):
                self.doubt(code, message)
            if element.tag == W + "tbl":
                blocks += self._finish(carried, properties, origin)
                table = self._table(element, origin)
                blocks += [table] if table.rows else []
                blocks += self._only_doubts(origin)
                carried, properties = Inline(), None
                continue
            properties = element.find(W + "pPr")
            self._inline.read(holder_of(element), self._styles.paragraph(value(properties, "pStyle")), carried)
            if not self._runs_on(properties):
                blocks += self._finish(carried, properties, origin, counts=True)
                carried, properties = Inline(), None
        return blocks + self._finish(carried, properties, origin)

    def _elements(self, container: etree._Element) -> Iterator[etree._Element]:
        """Paragraphs, tables and stray runs in `container`, also inside content controls and unknown wrappers."""
        for child in container:
            if child.tag in (W + "p", W + "tbl") or child.tag in _LOOSE:
                yield child
            elif child.tag in REMOVED:
                self.doubt("tracked_changes", TRACKED)
            elif child.tag == W + "altChunk":
                self.doubt("unsupported_part", "a piece in another format (altChunk) is not read")
            elif child.tag == MC + "AlternateContent":
                branch = chosen(child)
                if branch is not None:
                    yield from self._elements(branch)
            elif child.tag not in _PROPERTIES:
                yield from self._elements(child)

    def _runs_on(self, properties: etree._Element | None) -> bool:
        """Whether the paragraph's end does not count: its mark is deleted or moved away, or it is a drop cap."""
        if properties is None:
            return False
        mark = properties.find(W + "rPr")
        if mark is not None and any(mark.find(W + name) is not None for name in ("ins", "moveTo")):
            self.doubt("tracked_changes", TRACKED)
        if mark is not None and any(mark.find(W + name) is not None for name in ("del", "moveFrom")):
            self.doubt("tracked_changes", TRACKED)
            return True
        frame = properties.find(W + "framePr")
        return frame is not None and frame.get(W + "dropCap", "none") != "none"

    def _finish(
        self, inline: Inline, properties: etree._Element | None, origin: str, counts: bool = False
    ) -> list[Block]:
        """A paragraph and after it its text boxes; nothing for an empty one without a number.

        `counts` says that the paragraph's own mark stands, so that it takes a number even when it is empty.
        """
        if not counts and inline.is_empty() and not inline.left_out:
            return []
        style = self._styles.paragraph(value(properties, "pStyle"))
        marker, level = self._numbering.marker(properties, style, inline.scheme) or (None, None)
        text = inline.text
        for code, words in inline.left_out.items():
            self.doubt(code, f"{_LEFT_OUT[code]}: “{' … '.join(words)[:_LONGEST_WORDS]}”")
            marker = marker if text else None
        notes = tuple(filter(None, map(self._note, inline.notes)))
        doubts, self._doubts = tuple(self._doubts), []
        blocks: list[Block] = []
        if text or marker or notes or doubts:
            blocks.append(Paragraph(
                text=text, marker=marker or None, marker_level=level if marker else None, style=style.name,
                heading_level=heading_level(properties, style.heading_level), bold=bool(inline.bold),
                centred=(value(properties, "jc") == "center" if value(properties, "jc") else style.centred),
                footnotes=notes, origin=origin, doubts=doubts,
            ))  # fmt: skip
        blocks += inline.pictures
        for box in inline.boxes:
            self.doubt("text_box", "text boxes are read after the paragraph that they are anchored in")
            blocks += [Paragraph(box, origin="text_box")] if isinstance(box, str) else self.blocks(box, "text_box")
        return blocks

    def _table(self, element: etree._Element, origin: str) -> Table:
        return read_table(
            element, lambda cell: self.blocks(cell, origin), lambda: self.doubt("tracked_changes", TRACKED)
        )

    def _note(self, reference: tuple[str, str]) -> str:
        """The text of a footnote or endnote, its paragraphs on lines of their own."""
        note = self._notes.get(reference)
        if note is None or self._in_note:
            self.doubt("footnote", f"{reference[0]} {reference[1][:20]} is missing or stands inside a note")
            return ""
        self._in_note = True
        links, self._inline.links = self._inline.links, {}
        try:
            blocks = self.blocks(note, "footnote")
        finally:
            self._in_note, self._inline.links = False, links
        self._doubts += [doubt for block in blocks if isinstance(block, Paragraph) for doubt in block.doubts]
        return "\n".join(filter(None, _lines(blocks)))


def _lines(blocks: list[Block]) -> Iterator[str]:
    for block in blocks:
        if isinstance(block, Paragraph):
            yield f"{block.marker} {block.text}" if block.marker else block.text
        elif isinstance(block, Picture):
            yield block.alt
        else:
            for row in block.rows:
                yield "\t".join("\n".join(_lines(list(cell.blocks))) for cell in row)
