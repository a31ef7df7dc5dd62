"""The text inside one Word paragraph: runs, breaks, symbols, formulas, notes, text boxes, tracked changes."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping

from lxml import etree

from consult.outline.docx.content import Inline
from consult.outline.docx.drawings import HOLDERS, A, drawn_in
from consult.outline.docx.fields import Fields
from consult.outline.docx.package import Relationship
from consult.outline.docx.printed import raise_digits
from consult.outline.docx.styles import Style, Styles, font_of, is_struck
from consult.outline.docx.symbols import symbol
from consult.outline.docx.wordml import INSERTED, MC, REMOVED, M, V, W, chosen, switch, value
from consult.outline.text.legacy import LegacyText, said_of, scheme_in, to_unicode

TRACKED = "insertions and moved text are kept, deletions are dropped"

_TEXT = {W + "t", M + "t"}
_LITERAL = {
    W + "tab": "\t", W + "ptab": "\t", W + "br": "\n", W + "cr": "\n", W + "noBreakHyphen": "-", W + "softHyphen": "",
}  # fmt: skip
# What these hold is formatting, instructions or removed text, never text of the document.
_SILENT = {
    W + name
    for name in ("pPr", "rPr", "sdtPr", "sdtEndPr", "delText", "delInstrText", "tblPr", "tblGrid", "sectPr", "rubyPr")
} | {M + name for name in ("rPr", "ctrlPr", "fPr", "sSupPr", "sSubPr", "naryPr", "dPr", "radPr", "oMathParaPr")}
_FONT_OF_SHAPE = re.compile(r"font-family:\s*[\"']?(?:&quot;)?([^;\"']+)")
_MATH_SIGNS = {M + "den": "/", M + "sup": "^", M + "sub": "_"}


class InlineReader:
    """Reads paragraphs of one document; fields run on from one paragraph to the next."""

    def __init__(self, styles: Styles, doubt: Callable[[str, str], None]) -> None:
        self._styles = styles
        self._doubt = doubt
        self._fields = Fields(doubt)
        self.links: Mapping[str, Relationship] = {}

    def read(self, paragraph: etree._Element, style: Style, into: Inline) -> None:
        """Gather what `paragraph` holds at the end of `into`."""
        self._children(paragraph, style, into)

    def close(self) -> None:
        """Say that the document has ended."""
        self._fields.close()

    def _children(self, parent: etree._Element, style: Style, into: Inline) -> None:
        for child in parent:
            self._element(child, style, into)

    def _element(self, element: etree._Element, style: Style, into: Inline) -> None:
        tag = element.tag
        if tag == W + "r":
            self._run(element, style, into)
        elif tag in _TEXT:
            self._fields.words(element.text or "")
            into.pieces.append(element.text or "")
        elif tag in _LITERAL:
            into.pieces.append(_LITERAL[tag])
        elif tag in _SILENT:
            return
        elif tag in _SPECIAL:
            _SPECIAL[tag](self, element, style, into)
        else:
            if tag in INSERTED:
                self._doubt("tracked_changes", TRACKED)
            into.pieces.append(_MATH_SIGNS.get(tag, ""))
            self._children(element, style, into)

    def _run(self, run: etree._Element, style: Style, into: Inline) -> None:
        properties = run.find(W + "rPr")
        own = self._styles.character(value(properties, "rStyle"))
        font = font_of(properties) or own.font or style.font or self._styles.default_font
        left_out = _why_left_out(properties, style, own)
        if left_out:
            apart = Inline()
            self._children(run, style, apart)
            self._mark_legacy(apart, 0, font)
            into.leave_out(left_out, apart)
            return
        before = len(into.pieces)
        self._children(run, style, into)
        if "".join(into.pieces[before:]).strip():
            raised = value(properties, "vertAlign") == "superscript"
            if raised:
                raise_digits(into.pieces, before, into.raised)
            into.raised = raised
        self._mark_legacy(into, before, font)
        if len(into.pieces) > before:
            into.close_gap(before)
        if not any(piece.strip() for piece in into.pieces[before:]):
            return
        bold = switch(properties, "b")
        if bold is None:
            bold = (style.bold != own.bold) or self._styles.default_bold
        into.bold = bold if into.bold is None else into.bold and bold
        capitals = switch(properties, "caps")
        capitals = style.capitals != own.capitals if capitals is None else capitals
        into.capitals = capitals if into.capitals is None else into.capitals and capitals

    def _mark_legacy(self, into: Inline, before: int, font: str) -> None:
        """Note that the pieces of a run are letters of an old font, where they are."""
        text = "".join(into.pieces[before:])
        if scheme := scheme_in(text, font):
            into.pieces[before:] = [LegacyText(text, scheme)]
            if (shown := to_unicode(text, scheme)) != text:
                self._doubt("legacy_font", said_of(font, scheme, shown))

    def _removed(self, element: etree._Element, style: Style, into: Inline) -> None:
        """Words that a tracked change takes away."""
        self._doubt("tracked_changes", TRACKED)

    def _drawing(self, element: etree._Element, style: Style, into: Inline) -> None:
        """Pictures, after the words in and around them; what cannot be shown is told."""
        self._children(element, style, into)
        for drawn in drawn_in(element, self.links):
            if drawn.picture is not None:
                into.pictures.append(drawn.picture)
            if drawn.trouble:
                alt = f": “{drawn.picture.alt[:200]}”" if drawn.picture is not None and drawn.picture.alt else ""
                self._doubt("picture_not_shown", f"{drawn.trouble}, not shown{alt}")

    def _symbol(self, element: etree._Element, style: Style, into: Inline) -> None:
        font = element.get(W + "font", "")
        character, known = symbol(font, element.get(W + "char", ""))
        scheme = scheme_in(character, font)
        into.pieces.append(LegacyText(character, scheme) if scheme else character)
        if not known and not scheme:
            self._doubt("symbol", f"character {element.get(W + 'char')} of the font {font} has no known equal")

    def _ruby(self, element: etree._Element, style: Style, into: Inline) -> None:
        """The base first and its reading in brackets, where the file has them the other way round."""
        for base in element.iterchildren(W + "rubyBase"):
            self._children(base, style, into)
        for reading in element.iterchildren(W + "rt"):
            into.pieces.append(" (")
            self._children(reading, style, into)
            into.pieces.append(")")

    def _alternate(self, element: etree._Element, style: Style, into: Inline) -> None:
        branch = chosen(element)
        if branch is not None:
            self._children(branch, style, into)

    def _field_mark(self, element: etree._Element, style: Style, into: Inline) -> None:
        self._fields.mark(element.get(W + "fldCharType"))

    def _instruction(self, element: etree._Element, style: Style, into: Inline) -> None:
        self._fields.instruction(element.text or "")

    def _simple_field(self, element: etree._Element, style: Style, into: Inline) -> None:
        instruction = element.get(W + "instr", "")
        self._fields.judge(instruction)
        self._fields.result(instruction, any((text.text or "").strip() for text in element.iter(W + "t")))
        self._children(element, style, into)

    def _note(self, element: etree._Element, style: Style, into: Inline) -> None:
        kind = "footnote" if element.tag == W + "footnoteReference" else "endnote"
        into.notes.append((kind, element.get(W + "id", "")))

    def _comment(self, element: etree._Element, style: Style, into: Inline) -> None:
        self._doubt("comments", "comments in the margin are not part of the text")

    def _subdocument(self, element: etree._Element, style: Style, into: Inline) -> None:
        self._doubt("unsupported_part", "a subdocument in another file is not read")

    def _box(self, element: etree._Element, style: Style, into: Inline) -> None:
        into.boxes.append(element)

    def _drawn_text(self, element: etree._Element, style: Style, into: Inline) -> None:
        """WordArt keeps its text in an attribute, drawings keep it in runs of their own."""
        drawn = Inline()
        if element.tag == V + "textpath":
            drawn.pieces.append(element.get("string", ""))
            font = _FONT_OF_SHAPE.search(element.get("style", ""))
            self._mark_legacy(drawn, 0, font[1] if font else "")
        for run in element.iter(A + "r", A + "fld"):
            properties, font = run.find(A + "rPr"), run.find(f"{A}rPr/{A}latin")
            piece = Inline(["".join(run.itertext(A + "t"))])
            self._mark_legacy(piece, 0, "" if font is None else font.get("typeface", ""))
            if properties is not None and properties.get("strike", "noStrike") != "noStrike":
                into.leave_out("struck_text", piece)
            else:
                drawn.pieces += piece.pieces
        if drawn.text:
            into.boxes.append(drawn.text)

    def _formula(self, element: etree._Element, style: Style, into: Inline) -> None:
        self._doubt("formula", "a formula is read as a line of characters")
        self._children(element, style, into)


_SPECIAL: dict[str, Callable[[InlineReader, etree._Element, Style, Inline], None]] = {
    W + "sym": InlineReader._symbol,
    W + "ruby": InlineReader._ruby,
    MC + "AlternateContent": InlineReader._alternate,
    W + "fldChar": InlineReader._field_mark,
    W + "instrText": InlineReader._instruction,
    W + "fldSimple": InlineReader._simple_field,
    W + "footnoteReference": InlineReader._note,
    W + "endnoteReference": InlineReader._note,
    W + "commentReference": InlineReader._comment,
    W + "subDoc": InlineReader._subdocument,
    W + "txbxContent": InlineReader._box,
    V + "textpath": InlineReader._drawn_text,
    A + "p": InlineReader._drawn_text,
    M + "oMath": InlineReader._formula,
    **dict.fromkeys(REMOVED, InlineReader._removed),
    **dict.fromkeys(HOLDERS, InlineReader._drawing),
}


def _why_left_out(properties: etree._Element | None, style: Style, own: Style) -> str:
    """The code of why the words of a run are not printed as text: crossed out or hidden; empty for all others."""
    struck = is_struck([properties])
    if style.struck != own.struck if struck is None else struck:
        return "struck_text"
    hidden = switch(properties, "vanish")
    return "hidden_text" if (style.hidden != own.hidden if hidden is None else hidden) else ""
