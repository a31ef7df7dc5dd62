"""What an Office file points to or carries beside its text: never opened, always told."""

from __future__ import annotations

from collections.abc import Iterator

from consult.outline.docx.package import Package, Relationship

_ORDINARY = ("http://", "https://", "mailto:", "tel:", "#")
_EMBEDDED = {"oleObject", "package", "control", "activeXControlBinary", "attachedToolbars", "wordVbaProject"}
_UNREAD = {"chart", "chartEx", "diagramData", "aFChunk", "subDocument"}


def doubts_of_links(package: Package) -> Iterator[tuple[str, str]]:
    """Code and message for embedded objects, for links out of the file other than web addresses, and unread parts."""
    for part, link in package.all_relationships():
        if link.external:
            if not _is_ordinary(link):
                yield "external_link", f"{part or 'package'}: {link.kind} points to {link.target[:120]!r}, not followed"
        elif link.kind in _EMBEDDED:
            yield "embedded_object", f"{part}: {link.kind} in {link.target[:120]!r}, not opened"
        elif link.kind in _UNREAD:
            yield "unsupported_part", f"{part}: {link.kind} in {link.target[:120]!r}, its text is not read"


def _is_ordinary(link: Relationship) -> bool:
    """Whether it is a hyperlink that a reader may click, to the web or a mail address."""
    return link.kind == "hyperlink" and link.target.strip().lower().startswith(_ORDINARY)
