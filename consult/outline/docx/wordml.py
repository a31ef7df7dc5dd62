"""Names and small readings of WordprocessingML that every part of the DOCX reader needs."""

from __future__ import annotations

import re
from collections.abc import Iterator

from lxml import etree

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
M = "{http://schemas.openxmlformats.org/officeDocument/2006/math}"
V = "{urn:schemas-microsoft-com:vml}"
MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"

_WHOLE_NUMBER = re.compile(r"\s*[+-]?[0-9]{1,9}\s*")

# Elements around others that print nothing of their own; what is inside them is the document's text.
WRAPPERS = {
    W + name
    for name in ("sdt", "sdtContent", "customXml", "smartTag", "ins", "moveTo", "hyperlink", "fldSimple", "bdo", "dir")
}
REMOVED = {W + "del", W + "moveFrom"}
INSERTED = {W + "ins", W + "moveTo"}


def value(parent: etree._Element | None, name: str) -> str | None:
    """`w:val` of the child `w:name`; None when there is no child or no value."""
    child = None if parent is None else parent.find(W + name)
    return None if child is None else child.get(W + "val")


def number(parent: etree._Element | None, name: str) -> int | None:
    """`w:val` of the child `w:name` as a whole number; None when there is none or it is not a number."""
    return to_number(value(parent, name))


def to_number(text: str | None) -> int | None:
    """A whole number of at most nine digits, None for anything else."""
    return int(text) if text is not None and _WHOLE_NUMBER.fullmatch(text) else None


def switch(parent: etree._Element | None, name: str) -> bool | None:
    """An on/off property such as `w:b`: True, False, or None when it is not set here."""
    child = None if parent is None else parent.find(W + name)
    if child is None:
        return None
    return child.get(W + "val", "true").lower() not in ("0", "false", "off", "none")


def chosen(alternate: etree._Element) -> etree._Element | None:
    """The one branch of `mc:AlternateContent` to read: the first choice with text, or else the fallback.

    Both branches say the same thing for different versions of Word; reading both would double the text.
    """
    branches = [child for child in alternate if child.tag in (MC + "Choice", MC + "Fallback")]
    for branch in branches:
        if next(branch.iter(W + "t", M + "t", V + "textpath"), None) is not None:
            return branch
    return branches[0] if branches else None


def structural(parent: etree._Element, name: str) -> Iterator[etree._Element]:
    """The children `w:name` of `parent` (rows of a table, cells of a row), also inside content controls."""
    for child in parent:
        if child.tag == W + name:
            yield child
        elif child.tag in WRAPPERS:
            yield from structural(child, name)
        elif child.tag == MC + "AlternateContent":
            branch = chosen(child)
            if branch is not None:
                yield from structural(branch, name)


def holder_of(element: etree._Element) -> etree._Element:
    """The paragraph itself; for a stray run an element around a copy of it, since readers look at children."""
    if element.tag == W + "p":
        return element
    holder = etree.Element(W + "p")
    holder.append(etree.fromstring(etree.tostring(element, with_tail=False)))
    return holder


def heading_level(properties: etree._Element | None, inherited: int | None) -> int | None:
    """1 to 9 by the paragraph's own outline level, otherwise what its style says."""
    own = number(properties, "outlineLvl")
    if own is None:
        return inherited
    return own + 1 if 0 <= own <= 8 else None


def children_of(root: etree._Element | None, tag: str) -> list[etree._Element]:
    """The children of that name; none of nothing."""
    return [] if root is None else list(root.iterchildren(tag))


def was_numbered_otherwise(properties: etree._Element | None) -> bool:
    """Whether a tracked change gave the paragraph its number, took it away or made it another."""
    if properties is None:
        return False
    now, before = properties.find(W + "numPr"), properties.find(f"{W}pPrChange/{W}pPr")
    if now is not None and (now.find(W + "ins") is not None or now.find(W + "numberingChange") is not None):
        return True
    if before is None or value(properties, "pStyle") != value(before, "pStyle"):
        return False  # Another style may number as this one does.
    was = before.find(W + "numPr")
    return any((number(now, name) or 0) != (number(was, name) or 0) for name in ("numId", "ilvl"))
