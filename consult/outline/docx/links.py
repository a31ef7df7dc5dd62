"""What an Office file points to or carries beside its text: never opened, always told."""

from __future__ import annotations

from collections.abc import Iterator

from lxml import etree

from consult.outline.docx.package import Package, Relationship
from consult.outline.docx.wordml import W

_R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
_ORDINARY = ("http://", "https://", "mailto:", "tel:", "#")
_EMBEDDED = {"oleObject", "package", "control", "activeXControlBinary", "attachedToolbars", "wordVbaProject"}
_UNREAD = {"chart", "chartEx", "diagramData", "aFChunk", "subDocument"}


Told = tuple[str, str]


def doubts_of_links(package: Package, main: str, body: etree._Element) -> dict[etree._Element, list[Told]]:
    """Code and message for embedded objects, for links out of the file other than web addresses, and unread parts: by
    the paragraph that refers to them, or by the first one for what belongs to the file as a whole."""
    told = [(part == main and link.identifier, (code, said)) for part, link, code, said in _told(package)]
    if not told:
        return {}
    wanted = {identifier for identifier, _ in told if identifier}
    places: dict[object, etree._Element] = {}
    first = paragraph = next(body.iter(W + "p", W + "tbl"), body)
    for element in body.iter(etree.Element):
        paragraph = element if element.tag == W + "p" else paragraph
        for name, value in element.attrib.items():
            if str(name).startswith(_R) and value in wanted:
                places.setdefault(value, paragraph)
    found: dict[etree._Element, list[Told]] = {}
    for identifier, doubt in told:
        found.setdefault(places.get(identifier, first), []).append(doubt)
    return found


def _told(package: Package) -> Iterator[tuple[str, Relationship, str, str]]:
    for part, link in package.all_relationships():
        if link.external:
            if not _is_ordinary(link):
                yield (
                    part,
                    link,
                    "external_link",
                    f"{part or 'package'}: {link.kind} points to {link.target[:120]!r}, not followed",
                )
        elif link.kind in _EMBEDDED:
            yield part, link, "embedded_object", f"{part}: {link.kind} in {link.target[:120]!r}, not opened"
        elif link.kind in _UNREAD:
            yield part, link, "unsupported_part", f"{part}: {link.kind} in {link.target[:120]!r}, its text is not read"


def _is_ordinary(link: Relationship) -> bool:
    """Whether it is a hyperlink that a reader may click, to the web or a mail address."""
    return link.kind == "hyperlink" and link.target.strip().lower().startswith(_ORDINARY)
