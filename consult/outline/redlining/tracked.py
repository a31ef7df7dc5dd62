"""Tracked changes written into a document: `w:ins`, `w:del`, and ends of paragraphs that come and go."""

from __future__ import annotations

from collections.abc import Sequence
from copy import deepcopy
from dataclasses import dataclass, field

from lxml import etree

from consult.outline.docx.wordml import W
from consult.outline.redlining.characters import Character, WordParagraph, following
from consult.outline.redlining.edits import SOFT, Edit
from consult.outline.redlining.paragraph_properties import empty_like, is_numbered, mark_of, take_number_off
from consult.outline.redlining.runs import SPACE, looks_of, run_after, split

_NS = {"w": W[1:-1]}


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
        pattern = looks_of(characters, edit)
        if edit.joins:
            mark_of(paragraph.element).insert(0, self._new("del", mark))
            mark.elements.append(paragraph.element)
        after = split(paragraph.element, characters, edit.end)
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
        run = split(paragraph, characters, edit.start) if edit.start < edit.end else after
        while run is not None and run is not after:
            following = run_after(run, paragraph)
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
        made = empty_like(like)
        properties = made.find(W + "pPr")
        numbered = properties is not None and is_numbered(properties)
        if properties is not None and numbered:
            for old in properties.findall(W + "numPr"):
                properties.remove(old)
            take_number_off(properties)
        mark_of(made).insert(0, self._new("ins", mark))
        self._put_in(made, words, pattern, None, mark)
        return made

    def _divide(
        self, paragraph: etree._Element, lines: Sequence[str], pattern: etree._Element | None,
        before: etree._Element | None, mark: Marked,
    ) -> None:  # fmt: skip
        """A paragraph that is cut in two, with lines between: its own end stays with the second half."""
        head = empty_like(paragraph)
        for child in list(paragraph):
            if child is before:
                break
            if child.tag != W + "pPr":
                head.append(child)
        mark_of(head).insert(0, self._new("ins", mark))
        self._put_in(head, lines[0], pattern, None, mark)
        paragraph.addprevious(head)
        for line in lines[1:-1]:
            paragraph.addprevious(self._line(paragraph, line, pattern, mark))
        self._put_in(paragraph, lines[-1], pattern, before, mark)
        mark.elements.append(head)

    def _new(self, name: str, mark: Marked) -> etree._Element:
        self._last += 1
        return etree.Element(W + name, {W + "id": str(self._last), W + "author": mark.author, W + "date": mark.date})
