"""What Word knows of a paragraph beside its words: its looks, its automatic number, and its end."""

from __future__ import annotations

from copy import deepcopy

from lxml import etree

from consult.outline.docx.wordml import W


def empty_like(paragraph: etree._Element) -> etree._Element:
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


def is_numbered(properties: etree._Element) -> bool:
    """Whether a number may be supplied: by the paragraph itself, or by its style."""
    return properties.find(W + "numPr") is not None or properties.find(W + "pStyle") is not None


_BEFORE_NUMBER = {
    W + name for name in ("pStyle", "keepNext", "keepLines", "pageBreakBefore", "framePr", "widowControl")
}


def take_number_off(properties: etree._Element) -> None:
    """No automatic number, in the place where the schema has it."""
    numbered = etree.Element(W + "numPr")
    etree.SubElement(numbered, W + "numId", {W + "val": "0"})
    at = next((n for n, child in enumerate(properties) if child.tag not in _BEFORE_NUMBER), len(properties))
    properties.insert(at, numbered)


def mark_of(paragraph: etree._Element) -> etree._Element:
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
