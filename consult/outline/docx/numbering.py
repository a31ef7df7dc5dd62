"""Word's automatic numbers: numbering.xml and the counters that run while a document is read.

ECMA-376 part 1, 17.9. A paragraph names a list (`w:num`), which points to an abstract list; lists of one abstract list
share their counters unless a list restarts them (`w:startOverride`).
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass

from lxml import etree

from consult.outline.docx.number_formats import format_number
from consult.outline.docx.styles import Style, Styles, font_of
from consult.outline.docx.wordml import W, number, switch, to_number, value, was_numbered_otherwise
from consult.outline.text import legacy

LEVELS = 9
_PLACEHOLDER = re.compile(r"%([1-9])")
_PRINTED_BULLETS = {"+", "*"}


@dataclass(frozen=True, slots=True)
class Level:
    """One level of a list. `font` is what the number is printed in, empty for that of its paragraph. `restart_after` is
    the level (from 1) whose number starts this one anew; 0 is never."""

    start: int = 0
    number_format: str = "decimal"
    text: str = ""
    legal: bool = False
    font: str = ""
    restart_after: int | None = None
    style: str | None = None


@dataclass(frozen=True, slots=True)
class List:
    """One `w:num`: the abstract list it counts in, its levels, and the levels it starts anew, with their numbers."""

    abstract: int
    levels: dict[int, Level]
    restarts: dict[int, int]

    def start(self, level: int) -> int:
        """The number that a level of this list begins with, the first time and whenever it starts anew."""
        return self.restarts.get(level, self.levels[level].start)


class Numbering:
    """The numbers of one document. Ask for each paragraph once, in the order of reading: asking counts."""

    def __init__(self, root: etree._Element | None, styles: Styles, doubt: Callable[[str, str], None]) -> None:
        """`doubt(code, message)` is called for formats and lists that are not understood."""
        self._doubt = doubt
        self._styles = styles
        self._counters: dict[int, list[int | None]] = {}
        self._restarted: set[tuple[int, int]] = set()
        self._lists: dict[int, List | None] = {}
        self._nums: dict[int, etree._Element] = {}
        self._abstracts: dict[int, etree._Element] = {}
        for element in () if root is None else root:
            kind, attribute = (self._nums, "numId") if element.tag == W + "num" else (self._abstracts, "abstractNumId")
            identifier = to_number(element.get(W + attribute))
            if identifier is not None:
                kind.setdefault(identifier, element)

    def marker(self, properties: etree._Element | None, style: Style, scheme: str = "") -> tuple[str, int] | None:
        """Count one paragraph and return its printed number and level (0 to 8); None when it has no number. `scheme` is
        how the letters of its words are kept, for a number of no font of its own."""
        own = None if properties is None else properties.find(W + "numPr")
        if was_numbered_otherwise(properties):
            self._doubt("tracked_changes", "the number was changed; it is read as it is now")
        list_id = number(own, "numId")
        list_id = style.list_id if list_id is None else list_id
        if not list_id:
            return None
        listed = self._list(list_id)
        if listed is None:
            self._doubt("unknown_numbering", f"list {list_id} is not defined")
            return None
        level = number(own, "ilvl")
        if level is None:
            level = _level_of_style(listed, style) if number(own, "numId") is None else 0
        level = min(max(level, 0), LEVELS - 1)
        if level not in listed.levels:
            return None
        self._count(list_id, listed, level)
        mark = None if properties is None else properties.find(W + "rPr")
        font = listed.levels[level].font or font_of(mark) or style.font or self._styles.default_font
        return self._in_unicode(self._print(listed, level), font, scheme), level

    def _in_unicode(self, printed: str, font: str, around: str) -> str:
        """A number whose letters may be of an old font, or of that of the words around it."""
        scheme = legacy.scheme_in(printed, font) or (around if legacy.is_legacy(printed, around) else "")
        # A font that draws small letters as capitals makes no other number of "a)".
        if not scheme or printed.isascii():
            return printed
        shown = legacy.to_unicode(printed, scheme)
        self._doubt("legacy_font", legacy.said_of(font or "of the words", scheme, shown))
        return shown

    def _list(self, list_id: int) -> List | None:
        if list_id not in self._lists:
            self._lists[list_id] = self._read_list(list_id)
        return self._lists[list_id]

    def _read_list(self, list_id: int) -> List | None:
        num = self._nums.get(list_id)
        if num is None:
            return None
        abstract_id, abstract = self._abstract(num)
        if abstract is None:
            return None
        levels = dict(filter(None, (_level(element) for element in abstract.iter(W + "lvl"))))
        restarts: dict[int, int] = {}
        for override in num.iter(W + "lvlOverride"):
            index = to_number(override.get(W + "ilvl"))
            start = number(override, "startOverride")
            replaced = override.find(W + "lvl")
            if index is not None and start is not None:
                restarts[index] = start
            if index is not None and replaced is not None:
                levels.update(filter(None, [_level(replaced, index)]))
        return List(abstract_id, levels, restarts)

    def _abstract(self, num: etree._Element) -> tuple[int, etree._Element | None]:
        """The abstract list of a list, through list styles (`w:numStyleLink`) as far as they lead."""
        for _ in range(10):
            identifier = number(num, "abstractNumId")
            abstract = None if identifier is None else self._abstracts.get(identifier)
            link = value(abstract, "numStyleLink")
            if identifier is None or abstract is None or link is None:
                return identifier or 0, abstract
            linked = self._nums.get(self._styles.list_id(link) or 0)
            if linked is None:
                return identifier, abstract
            num = linked
        return 0, None

    def _count(self, list_id: int, listed: List, level: int) -> None:
        counters = self._counters.setdefault(listed.abstract, [None] * LEVELS)
        # A level above that has not appeared counts as if it had: "1.1" without a "1" is followed by "2".
        for above in range(level):
            if counters[above] is None and above in listed.levels:
                counters[above] = listed.start(above)
        current = counters[level]
        if level in listed.restarts and (list_id, level) not in self._restarted:
            counters[level] = listed.restarts[level]
        elif current is None:
            counters[level] = listed.start(level)
        else:
            counters[level] = current + 1
        self._restarted.add((list_id, level))
        for deeper in range(level + 1, LEVELS):
            after = listed.levels[deeper].restart_after if deeper in listed.levels else None
            if after is None or level < after:
                counters[deeper] = None

    def _print(self, listed: List, level: int) -> str:
        """The number as printed, every placeholder %1…%9 filled with the counter of its level."""
        shown = listed.levels[level]
        if shown.number_format == "bullet":
            return shown.text if shown.text in _PRINTED_BULLETS else "-"

        def fill(match: re.Match[str]) -> str:
            index = int(match[1]) - 1
            part = listed.levels.get(index)
            if part is None or index > level:
                return ""
            counter = self._counters[listed.abstract][index]
            counter = part.start if counter is None else counter
            legal = shown.legal and part.number_format not in ("none", "bullet")
            printed, known = format_number(counter, "decimal" if legal else part.number_format)
            if not known:
                self._doubt("unknown_numbering", f"number format {part.number_format}, shown as digits")
            return printed

        return " ".join(unicodedata.normalize("NFC", _PLACEHOLDER.sub(fill, shown.text)).split())


def _level(element: etree._Element, index: int | None = None) -> tuple[int, Level] | None:
    """One `w:lvl` with its index, None when it has none that counts."""
    index = to_number(element.get(W + "ilvl")) if index is None else index
    if index is None or not 0 <= index < LEVELS:
        return None
    formats = [item for item in element.iter(W + "numFmt")]
    restart = number(element, "lvlRestart")
    return index, Level(
        start=number(element, "start") or 0,
        number_format=_format_of(formats[0]) if formats else "decimal",
        text=value(element, "lvlText") or "",
        legal=bool(switch(element, "isLgl")),
        font=font_of(element.find(W + "rPr")) or "",
        restart_after=restart,
        style=value(element, "pStyle"),
    )


def _format_of(element: etree._Element) -> str:
    """The name of a format, or for one of the author's own the example it gives: "001, 002, 003, ..."."""
    return str(element.get(W + "format" if element.get(W + "val") == "custom" else W + "val", "decimal"))


def _level_of_style(listed: List, style: Style) -> int:
    """The level a numbered style stands for: the one that names the style, or else the one the style names."""
    for identifier in style.list_styles:
        for index, level in listed.levels.items():
            if level.style == identifier:
                return index
    return style.list_level or 0
