"""Comments in the margin of a Word file, added to those that are there."""

from __future__ import annotations

from collections.abc import Sequence

from lxml import etree

from consult.outline.docx.wordml import W
from consult.outline.redlining.runs import SPACE

EMPTY = f'<w:comments xmlns:w="{W[1:-1]}"/>'.encode()


class Remarks:
    """The comments of one file; `root` is those that it has."""

    def __init__(self, root: etree._Element) -> None:
        self.root = root
        known = [int(one.get(W + "id", "0")) for one in root.iterchildren(W + "comment") if _is_number(one)]
        self._last = max(known, default=-1)

    def add(self, elements: Sequence[etree._Element], author: str, date: str, lines: Sequence[str]) -> None:
        """A comment on everything from the first of `elements` to the last: runs of changes, or paragraphs."""
        self._last += 1
        identifier = {W + "id": str(self._last)}
        made = etree.SubElement(
            self.root, W + "comment", {**identifier, W + "author": author, W + "date": date, W + "initials": "YK"}
        )
        for line in lines:
            paragraph = etree.SubElement(made, W + "p")
            text = etree.SubElement(etree.SubElement(paragraph, W + "r"), W + "t")
            text.text = line
            text.set(SPACE, "preserve")
        _begin(elements[0], etree.Element(W + "commentRangeStart", identifier))
        end = etree.Element(W + "commentRangeEnd", identifier)
        reference = etree.Element(W + "r")
        etree.SubElement(reference, W + "commentReference", identifier)
        _finish(elements[-1], end, reference)


def _begin(element: etree._Element, start: etree._Element) -> None:
    if element.tag != W + "p":
        element.addprevious(start)
        return
    properties = element.find(W + "pPr")
    if properties is not None:
        properties.addnext(start)
    else:
        element.insert(0, start)


def _finish(element: etree._Element, end: etree._Element, reference: etree._Element) -> None:
    if element.tag == W + "p":
        element.append(end)
    else:
        element.addnext(end)
    end.addnext(reference)


def _is_number(comment: etree._Element) -> bool:
    return bool(comment.get(W + "id", "").isdigit())
