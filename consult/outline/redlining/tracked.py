"""Tracked changes written into a document: `w:ins`, `w:del`, and ends of paragraphs that come and go."""

from __future__ import annotations

from collections.abc import Sequence
from copy import deepcopy
from dataclasses import dataclass, field

from lxml import etree

from consult.outline.docx.wordml import W
from consult.outline.redlining.characters import Character, WordParagraph, following
from consult.outline.redlining.edits import SOFT, Edit

SPACE = "{http://www.w3.org/XML/1998/namespace}space"
_NOT_COPIED = ("rStyle", "ins", "del", "moveFrom", "moveTo", "rPrChange", "vertAlign", "webHidden", "vanish")


@dataclass(slots=True)
class Marked:
    """By whom and when, and everything in the file that one wording changed."""

    author: str
    date: str
    elements: list[etree._Element] = field(default_factory=list)


class Tracker:
    """Writes changes into the paragraphs of one document; numbers go on from `last_id`."""

    def __init__(self, paragraphs: Sequence[WordParagraph], last_id: int) -> None:
        self._paragraphs = paragraphs
        self._last = last_id

    def apply(self, edits: Sequence[tuple[Edit, Marked]]) -> None:
        """All changes, none of which touches another; each kept with its `Marked`."""
        for edit, mark in sorted(edits, key=lambda one: (one[0].paragraph, one[0].start, one[0].end), reverse=True):
            self._apply(self._paragraphs[edit.paragraph], edit, mark)

    def _apply(self, paragraph: WordParagraph, edit: Edit, mark: Marked) -> None:
        characters = paragraph.characters
        pattern = _properties(characters, edit)
        if edit.joins:
            _mark_of(paragraph.element).insert(0, self._new("del", mark))
            mark.elements.append(paragraph.element)
        after = _split(paragraph.element, characters, edit.end)
        self._take_out(paragraph.element, characters, edit, after, mark)
        rest = all(character.is_blank for character in characters[edit.end :])
        ahead = all(character.is_blank for character in characters[: edit.start]) and edit.start == edit.end
        if len(edit.lines) == 1:
            self._put_in(paragraph.element, edit.lines[0], pattern, after, mark)
        elif rest and following(paragraph.element) is not None:
            self._put_in(paragraph.element, edit.lines[0], pattern, after, mark)
            for line in reversed(edit.lines[1:]):
                paragraph.element.addnext(self._line(paragraph.element, line, pattern, mark))
        elif ahead:
            for line in edit.lines[:-1]:
                paragraph.element.addprevious(self._line(paragraph.element, line, pattern, mark))
            self._put_in(paragraph.element, edit.lines[-1], pattern, after, mark)
        else:
            self._divide(paragraph.element, edit.lines, pattern, after, mark)

    def _take_out(
        self, paragraph: etree._Element, characters: Sequence[Character], edit: Edit,
        after: etree._Element | None, mark: Marked,
    ) -> None:  # fmt: skip
        """What goes, each run by itself."""
        run = _split(paragraph, characters, edit.start) if edit.start < edit.end else after
        while run is not None and run is not after:
            following = _run_after(run, paragraph)
            if run.tag == W + "r" and len(run.xpath("w:t|w:tab|w:br|w:cr|w:ptab|w:noBreakHyphen", namespaces=_NS)):
                taken = self._new("del", mark)
                run.addprevious(taken)
                taken.append(run)
                for words in run.iterchildren(W + "t"):
                    words.tag = W + "delText"
                    words.set(SPACE, "preserve")
                mark.elements.append(taken)
            run = following

    def _put_in(
        self, paragraph: etree._Element, words: str, pattern: etree._Element | None,
        before: etree._Element | None, mark: Marked,
    ) -> None:  # fmt: skip
        """Words before an element of the paragraph, or at its end."""
        if not words:
            return
        made = self._words(words, pattern, mark)
        if before is not None:
            before.addprevious(made)
        else:
            paragraph.append(made)

    def _words(self, words: str, pattern: etree._Element | None, mark: Marked) -> etree._Element:
        made = self._new("ins", mark)
        run = etree.SubElement(made, W + "r")
        if pattern is not None:
            run.append(deepcopy(pattern))
        for number, part in enumerate(words.split(SOFT)):
            if number:
                etree.SubElement(run, W + "br")
            text = etree.SubElement(run, W + "t")
            text.text = part
            text.set(SPACE, "preserve")
        mark.elements.append(made)
        return made

    def _line(self, like: etree._Element, words: str, pattern: etree._Element | None, mark: Marked) -> etree._Element:
        """A paragraph of its own that looks like another one, without its automatic number: what is proposed has its
        number in its words."""
        made = _empty_like(like)
        properties = made.find(W + "pPr")
        numbered = properties is not None and _is_numbered(properties)
        if properties is not None and numbered:
            for old in properties.findall(W + "numPr"):
                properties.remove(old)
            _unnumbered(properties)
        _mark_of(made).insert(0, self._new("ins", mark))
        self._put_in(made, words, pattern, None, mark)
        return made

    def _divide(
        self, paragraph: etree._Element, lines: Sequence[str], pattern: etree._Element | None,
        before: etree._Element | None, mark: Marked,
    ) -> None:  # fmt: skip
        """A paragraph that is cut in two, with lines between: its own end stays with the second half."""
        head = _empty_like(paragraph)
        for child in list(paragraph):
            if child is before:
                break
            if child.tag != W + "pPr":
                head.append(child)
        _mark_of(head).insert(0, self._new("ins", mark))
        self._put_in(head, lines[0], pattern, None, mark)
        paragraph.addprevious(head)
        for line in lines[1:-1]:
            paragraph.addprevious(self._line(paragraph, line, pattern, mark))
        self._put_in(paragraph, lines[-1], pattern, before, mark)
        mark.elements.append(head)

    def _new(self, name: str, mark: Marked) -> etree._Element:
        self._last += 1
        return etree.Element(W + name, {W + "id": str(self._last), W + "author": mark.author, W + "date": mark.date})


_NS = {"w": W[1:-1]}


def _split(paragraph: etree._Element, characters: Sequence[Character], at: int) -> etree._Element | None:
    """The element of the paragraph that begins with the character `at`, once its run was cut there; None at the end.
    Characters before `at` go on naming what they stand in."""
    if at >= len(characters):
        if not characters:
            return None
        return _run_after(characters[-1].run, paragraph)
    character = characters[at]
    run, holder = character.run, character.holder
    if character.start:
        text = holder.text or ""
        rest = etree.Element(holder.tag)
        rest.text = text[character.start :]
        rest.set(SPACE, "preserve")
        holder.text = text[: character.start]
        holder.set(SPACE, "preserve")
        holder.addnext(rest)
        holder = rest
    ahead = [child for child in holder.itersiblings(preceding=True) if child.tag != W + "rPr"]
    if not ahead:
        return run
    made = etree.Element(W + "r", run.attrib)
    properties = run.find(W + "rPr")
    if properties is not None:
        made.append(deepcopy(properties))
    for child in [holder, *holder.itersiblings()]:
        made.append(child)
    run.addnext(made)
    return made


def _run_after(run: etree._Element, paragraph: etree._Element) -> etree._Element | None:
    """What follows a run: its next sibling, or that of the wrapper which it ends."""
    found: etree._Element | None = run
    while found is not None and found is not paragraph:
        following = found.getnext()
        if following is not None:
            return _first_run(following)
        found = found.getparent()
    return None


def _first_run(element: etree._Element) -> etree._Element:
    """The element itself, or what a wrapper begins with."""
    while element.tag in (W + "smartTag", W + "customXml") and len(element):
        inner = next((child for child in element if not child.tag.endswith("Pr")), None)
        if inner is None:
            break
        element = inner
    return element


def _properties(characters: Sequence[Character], edit: Edit) -> etree._Element | None:
    """How the words look in whose place others come, or beside which they come."""
    near = characters[edit.start : edit.end] or characters[max(0, edit.start - 1) : edit.start] or characters[:1]
    for character in near:
        properties = character.run.find(W + "rPr")
        if properties is None:
            return None
        kept = deepcopy(properties)
        for name in _NOT_COPIED:
            for child in kept.findall(W + name):
                kept.remove(child)
        return kept
    return None


def _empty_like(paragraph: etree._Element) -> etree._Element:
    """A paragraph with the same properties and no words; the section and the drop cap stay with the first."""
    made = etree.Element(W + "p")
    properties = paragraph.find(W + "pPr")
    if properties is not None:
        kept = deepcopy(properties)
        for name in ("sectPr", "pPrChange", "framePr"):
            for child in kept.findall(W + name):
                kept.remove(child)
        for mark in kept.findall(W + "rPr"):
            for name in ("ins", "del", "moveFrom", "moveTo", "rPrChange"):
                for child in mark.findall(W + name):
                    mark.remove(child)
        made.append(kept)
    return made


def _is_numbered(properties: etree._Element) -> bool:
    """Whether a number may be supplied: by the paragraph itself, or by its style."""
    return properties.find(W + "numPr") is not None or properties.find(W + "pStyle") is not None


_BEFORE_NUMBER = {
    W + name for name in ("pStyle", "keepNext", "keepLines", "pageBreakBefore", "framePr", "widowControl")
}


def _unnumbered(properties: etree._Element) -> None:
    """No automatic number, in the place where the schema has it."""
    numbered = etree.Element(W + "numPr")
    etree.SubElement(numbered, W + "numId", {W + "val": "0"})
    at = next((n for n, child in enumerate(properties) if child.tag not in _BEFORE_NUMBER), len(properties))
    properties.insert(at, numbered)


def _mark_of(paragraph: etree._Element) -> etree._Element:
    """The properties of the paragraph's end, made where there are none, before what the schema has after them."""
    properties = paragraph.find(W + "pPr")
    if properties is None:
        properties = etree.Element(W + "pPr")
        paragraph.insert(0, properties)
    mark = properties.find(W + "rPr")
    if mark is None:
        mark = etree.Element(W + "rPr")
        at = next(
            (n for n, child in enumerate(properties) if child.tag in (W + "sectPr", W + "pPrChange")), len(properties)
        )
        properties.insert(at, mark)
    return mark
