"""The words of a DOCX character by character, each with the place in the file where it stands.

Only what stands in the body is told, as the reader of outlines tells it: no tables, save those of one column that may
only lay out the text, no notes and text boxes, and nothing that is crossed out, hidden or already deleted.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import lru_cache

from lxml import etree

from consult.outline.docx.wordml import REMOVED, W, switch
from consult.outline.text.characters import clean

_CLUSTER = re.compile(r"[^\u0300-\u036f][\u0300-\u036f]*|[\u0300-\u036f]+")
_LITERAL = {W + "tab": "\t", W + "ptab": "\t", W + "br": "\n", W + "cr": "\n", W + "noBreakHyphen": "-"}
_PLAIN_WRAPPERS = {W + "smartTag", W + "customXml", W + "bdo", W + "dir"}
_READ_WRAPPERS = {W + "hyperlink", W + "fldSimple", W + "sdt", W + "sdtContent"}
_REVISED = {W + "ins", W + "moveTo"}
_BLOCK_WRAPPERS = {W + "sdt", W + "sdtContent", W + "customXml", W + "ins", W + "moveTo"}


@dataclass(slots=True)
class Character:
    """One character as it is read (`shown`, empty for what shows nothing), in `holder` (a `w:t`, or what stands for a
    tab or a break) from `start` to `end`; `plain` is whether words may be put in and taken out there."""

    shown: str
    holder: etree._Element
    start: int
    end: int
    plain: bool

    @property
    def is_blank(self) -> bool:
        """Whether it is white space, or nothing that is seen."""
        return not self.shown.strip()

    @property
    def run(self) -> etree._Element:
        """The run that it stands in."""
        run = self.holder.getparent()
        assert run is not None
        return run


@dataclass(slots=True)
class WordParagraph:
    """One paragraph of the body; `revised` is whether somebody's tracked changes are in it already."""

    element: etree._Element
    characters: list[Character] = field(default_factory=list)
    revised: bool = False


def paragraphs_of(body: etree._Element) -> Iterator[WordParagraph]:
    """The paragraphs of the body in the order of reading; of tables only those in one column."""
    depth = 0
    for element in _paragraphs(body):
        paragraph = WordParagraph(element)
        mark = element.find(f"{W}pPr/{W}rPr")
        paragraph.revised = mark is not None and any(
            mark.find(W + name) is not None for name in ("ins", "del", "moveFrom", "moveTo")
        )
        depth = _gather(element, paragraph, True, depth)
        yield paragraph


def _paragraphs(container: etree._Element) -> Iterator[etree._Element]:
    for child in container:
        if child.tag == W + "p":
            yield child
        elif child.tag in _BLOCK_WRAPPERS:
            yield from _paragraphs(child)
        elif child.tag == W + "tbl" and all(len(row.findall(W + "tc")) == 1 for row in child.iterchildren(W + "tr")):
            for cell in child.iterfind(f"{W}tr/{W}tc"):
                yield from _paragraphs(cell)


def _gather(parent: etree._Element, into: WordParagraph, plain: bool, depth: int) -> int:
    """Read what `parent` holds; `depth` is how many fields are open, before and after it."""
    for child in parent:
        if child.tag == W + "r":
            depth = _run(child, into, plain, depth)
        elif child.tag in REMOVED:
            into.revised = True
        elif child.tag in _REVISED:
            into.revised = True
            depth = _gather(child, into, False, depth)
        elif child.tag in _PLAIN_WRAPPERS or child.tag in _READ_WRAPPERS:
            depth = _gather(child, into, plain and child.tag in _PLAIN_WRAPPERS, depth)
    return depth


def _run(run: etree._Element, into: WordParagraph, plain: bool, depth: int) -> int:
    properties = run.find(W + "rPr")
    unseen = any(switch(properties, name) for name in ("strike", "dstrike", "vanish"))
    for child in run:
        if child.tag == W + "fldChar":
            kind = child.get(W + "fldCharType")
            depth = max(0, depth + {"begin": 1, "end": -1}.get(kind or "", 0))
        elif unseen:
            continue
        elif child.tag == W + "t":
            for found in _CLUSTER.finditer(child.text or ""):
                shown = _shown(found[0])
                into.characters.append(Character(shown, child, found.start(), found.end(), plain and not depth))
        elif child.tag in _LITERAL:
            into.characters.append(Character(_LITERAL[child.tag], child, 0, 0, plain and not depth))
    return depth


@lru_cache(maxsize=10_000)
def _shown(cluster: str) -> str:
    return " " if cluster.isspace() else clean(cluster)


_MARKS = {W + name for name in ("bookmarkStart", "bookmarkEnd", "proofErr", "commentRangeStart", "commentRangeEnd")}


def following(paragraph: etree._Element) -> etree._Element | None:
    """The paragraph that follows in the file; None where something else does."""
    found = paragraph.getnext()
    while found is not None and found.tag in _MARKS:
        found = found.getnext()
    return found if found is not None and found.tag == W + "p" else None
