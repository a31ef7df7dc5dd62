"""Word's styles: what a paragraph or run inherits from its style and the styles that one is based on."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TypeVar

from lxml import etree

from consult.outline.docx.wordml import W, number, switch, value

Found = TypeVar("Found")

_LONGEST_CHAIN = 50  # styles based on each other in a circle end here
_HEADING_NAME = re.compile(r"heading ([1-9])$", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Style:
    """What one style gives in the end, inheritance included. `list_level` and `list_id` are its numbering."""

    name: str = ""
    heading_level: int | None = None
    centred: bool = False
    bold: bool = False
    hidden: bool = False
    struck: bool = False
    capitals: bool = False
    font: str = ""
    list_id: int | None = None
    list_level: int | None = None
    list_styles: tuple[str, ...] = ()


class Styles:
    """The styles of one document, read once, resolved on demand."""

    def __init__(self, root: etree._Element | None) -> None:
        self._elements: dict[str, etree._Element] = {}
        self._resolved: dict[str, Style] = {}
        self._default = ""
        self.default_bold = False
        self.default_font = ""
        if root is None:
            return
        for element in root.iter(W + "style"):
            identifier = element.get(W + "styleId", "")
            self._elements.setdefault(identifier, element)
            if element.get(W + "type") == "paragraph" and element.get(W + "default") in ("1", "true", "on"):
                self._default = self._default or identifier
        defaults = root.find(f"{W}docDefaults/{W}rPrDefault/{W}rPr")
        self.default_bold = bool(switch(defaults, "b"))
        self.default_font = font_of(defaults) or ""

    def paragraph(self, identifier: str | None) -> Style:
        """The style of a paragraph; None or an unknown identifier gives the document's default style."""
        return self._resolve(identifier if identifier in self._elements else self._default)

    def character(self, identifier: str | None) -> Style:
        """The style of a run; None or an unknown identifier gives an empty style."""
        return self._resolve(identifier) if identifier in self._elements else Style()

    def list_id(self, identifier: str) -> int | None:
        """The numbering a list style stands for (`w:numStyleLink`)."""
        return self._resolve(identifier).list_id if identifier in self._elements else None

    def _chain(self, identifier: str) -> list[tuple[str, etree._Element]]:
        chain: list[tuple[str, etree._Element]] = []
        seen: set[str] = set()
        while identifier in self._elements and identifier not in seen and len(chain) < _LONGEST_CHAIN:
            seen.add(identifier)
            element = self._elements[identifier]
            chain.append((identifier, element))
            identifier = value(element, "basedOn") or ""
        return chain

    def _resolve(self, identifier: str | None) -> Style:
        identifier = identifier or ""
        if identifier not in self._resolved:
            self._resolved[identifier] = _combine(self._chain(identifier))
        return self._resolved[identifier]


def _combine(chain: list[tuple[str, etree._Element]]) -> Style:
    """Lay the styles of a chain over each other; the first of the chain speaks first."""
    if not chain:
        return Style()
    paragraphs = [element.find(W + "pPr") for _, element in chain]
    runs = [element.find(W + "rPr") for _, element in chain]
    numberings = [None if properties is None else properties.find(W + "numPr") for properties in paragraphs]
    outline = _first(number(properties, "outlineLvl") for properties in paragraphs)
    if outline is None:
        named = _HEADING_NAME.match(value(chain[0][1], "name") or "")
        outline = int(named[1]) - 1 if named else None
    return Style(
        name=value(chain[0][1], "name") or chain[0][0],
        heading_level=outline + 1 if outline is not None and 0 <= outline <= 8 else None,
        centred=_first(value(properties, "jc") for properties in paragraphs) == "center",
        bold=bool(_first(switch(properties, "b") for properties in runs)),
        hidden=bool(_first(switch(properties, "vanish") for properties in runs)),
        struck=is_struck(runs) or False,
        capitals=bool(_first(switch(properties, "caps") for properties in runs)),
        font=_first(font_of(properties) for properties in runs) or "",
        list_id=_first(number(numbering, "numId") for numbering in numberings),
        list_level=_first(number(numbering, "ilvl") for numbering in numberings),
        list_styles=tuple(identifier for identifier, _ in chain),
    )


def is_struck(properties: Sequence[etree._Element | None]) -> bool | None:
    """Whether words are crossed out, by one line or two; None where none of the `w:rPr` says it."""
    lines = [_first(switch(one, name) for one in properties) for name in ("strike", "dstrike")]
    return None if lines == [None, None] else any(lines)


def font_of(properties: etree._Element | None) -> str | None:
    """The font that `w:rPr` names for Latin letters; None when it names none."""
    fonts = None if properties is None else properties.find(W + "rFonts")
    return None if fonts is None else fonts.get(W + "ascii") or fonts.get(W + "hAnsi")


def _first(values: Iterable[Found | None]) -> Found | None:
    return next((item for item in values if item is not None), None)
