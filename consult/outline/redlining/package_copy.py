"""A DOCX written anew with other words in some of its parts; every other part as it was, byte for byte."""

from __future__ import annotations

import posixpath
import zipfile
from io import BytesIO

from lxml import etree

from consult.outline.docx.package import Package

_TYPES = "{http://schemas.openxmlformats.org/package/2006/content-types}"
_RELATIONS = "http://schemas.openxmlformats.org/package/2006/relationships"
_COMMENTS_RELATION = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/comments"
_COMMENTS_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.comments+xml"
_TYPES_PART = "[content_types].xml"


def comments_part(package: Package, main: str) -> str:
    """The name of the part with the comments, in lower case; where there is none, of the one that will be."""
    known = [one.target for one in package.relationships(main) if one.kind == "comments" and not one.external]
    return known[0].lower() if known else posixpath.join(posixpath.dirname(main), "comments.xml")


def with_parts(data: bytes, package: Package, main: str, parts: dict[str, etree._Element]) -> bytes:
    """The file with these parts (names in lower case) in the place of its own; a new one, the comments, is made known
    to it."""
    changed = dict(parts)
    for name in parts:
        if name not in package.names:
            _make_known(package, main, name, changed)
    made = BytesIO()
    with zipfile.ZipFile(BytesIO(data)) as old, zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as new:
        for entry in old.infolist():
            part = changed.pop(entry.filename.replace("\\", "/").lstrip("/").lower(), None)
            new.writestr(entry.filename, package.read(entry.filename) if part is None else _bytes(part))
        for name, part in changed.items():
            new.writestr(name, _bytes(part))
    return made.getvalue()


def _make_known(package: Package, main: str, name: str, changed: dict[str, etree._Element]) -> None:
    types = package.xml(_TYPES_PART)
    relations_part = posixpath.join(posixpath.dirname(main), "_rels", posixpath.basename(main) + ".rels")
    relations = package.xml(relations_part)
    if types is not None:
        etree.SubElement(types, _TYPES + "Override", {"PartName": f"/{name}", "ContentType": _COMMENTS_TYPE})
        changed[_TYPES_PART] = types
    if relations is None:
        relations = etree.Element(f"{{{_RELATIONS}}}Relationships", nsmap={None: _RELATIONS})
    taken = {one.get("Id") for one in relations}
    identifier = next(f"rIdC{number}" for number in range(len(taken) + 1) if f"rIdC{number}" not in taken)
    target = posixpath.relpath(name, posixpath.dirname(main) or ".")
    etree.SubElement(
        relations,
        f"{{{_RELATIONS}}}Relationship",
        {"Id": identifier, "Type": _COMMENTS_RELATION, "Target": target},
    )
    changed[relations_part] = relations


def _bytes(root: etree._Element) -> bytes:
    return bytes(etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True))
