"""The zip package of an Office file, opened with suspicion.

Only the parts that carry text are ever unpacked. Sizes are checked against the directory before a single byte is
inflated, and `zipfile` never inflates more than the directory announces.
"""

from __future__ import annotations

import posixpath
import re
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from io import BytesIO
from urllib.parse import unquote

from lxml import etree

from consult.outline.blocks import Unreadable

LARGEST_TOTAL = 200 * 1024 * 1024  # bytes, all parts unpacked
LARGEST_PART = 64 * 1024 * 1024  # bytes, one XML part unpacked
LARGEST_RATIO = 100  # unpacked to packed, for parts above the next number
RATIO_MATTERS_ABOVE = 1024 * 1024  # bytes
MOST_ENTRIES = 10_000

_UNTRUE = re.compile(r"(^|/)\.{1,2}(/|$)|//|:|[\x00-\x1f]|%[0-9a-f]{2}")  # of a decoded name
_LOCAL_HEADER = 30  # bytes of a zip local header without name and extra field
_RELATIONSHIP = "{http://schemas.openxmlformats.org/package/2006/relationships}Relationship"
_CONTENT_TYPES = "{http://schemas.openxmlformats.org/package/2006/content-types}"
# Word's "strict" files say the same things in other namespaces; read them as the ordinary ones.
_STRICT = b"http://purl.oclc.org/ooxml/"
_STRICT_TO_ORDINARY = (
    (b"http://purl.oclc.org/ooxml/officeDocument/relationships",
     b"http://schemas.openxmlformats.org/officeDocument/2006/relationships"),
    (b"http://purl.oclc.org/ooxml/officeDocument/math",
     b"http://schemas.openxmlformats.org/officeDocument/2006/math"),
    (b"http://purl.oclc.org/ooxml/wordprocessingml/main",
     b"http://schemas.openxmlformats.org/wordprocessingml/2006/main"),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Relationship:
    """One link from a part to another part (`target` is its name) or, if `external`, to somewhere outside."""

    identifier: str
    kind: str
    target: str
    external: bool


class Package:
    """The parts of one Office file. Raises `Unreadable`: `damaged`, `encrypted` or `bomb`."""

    def __init__(self, data: bytes) -> None:
        try:
            self._archive = zipfile.ZipFile(BytesIO(data))
        except (zipfile.BadZipFile, ValueError, OSError, NotImplementedError, IndexError) as error:
            raise Unreadable("damaged", f"zip directory: {type(error).__name__}") from error
        entries = self._archive.infolist()
        _refuse_bombs(entries)
        self._entries: dict[str, zipfile.ZipInfo] = {}
        for entry in entries:
            name = unquote(entry.orig_filename).replace("\\", "/").lstrip("/").lower()
            if name in self._entries:
                raise Unreadable("damaged", "two parts of one name")
            if _UNTRUE.search(name):
                raise Unreadable("damaged", "a part whose name leads out of the file")
            self._entries[name] = entry

    @property
    def names(self) -> list[str]:
        """The names of all parts, in lower case and without a leading slash, in the order of the directory."""
        return list(self._entries)

    def has_macros(self) -> bool:
        """Whether a VBA project lies in the package, whatever its content types say."""
        return any("vbaproject" in name or "vbadata" in name for name in self._entries)

    def read(self, name: str) -> bytes:
        """The unpacked bytes of a part; raises `KeyError` when there is none, `Unreadable` when it cannot be had."""
        entry = self._entries[name.lower()]
        if entry.file_size > LARGEST_PART:
            raise Unreadable("part_too_large", f"part {name}: {entry.file_size} bytes")
        try:
            return self._archive.read(entry)
        except (zipfile.BadZipFile, zlib.error, EOFError, OSError, NotImplementedError, RuntimeError) as error:
            raise Unreadable("damaged", f"part {name}: {type(error).__name__}") from error

    def xml(self, name: str) -> etree._Element | None:
        """The root element of an XML part, None when there is no such part."""
        if name.lower() not in self._entries:
            return None
        return parse_xml(self.read(name), name)

    def main_content_type(self) -> str:
        """The content type of the main part, "" when the package does not say."""
        types = self.xml("[content_types].xml")
        main = self.main_part()
        if types is None or main is None:
            return ""
        default = ""
        for element in types:
            if element.tag == _CONTENT_TYPES + "Override":
                if element.get("PartName", "").lstrip("/").lower() == main:
                    return str(element.get("ContentType", ""))
            elif main.endswith("." + element.get("Extension", "/").lower()):
                default = str(element.get("ContentType", ""))
        return default

    def main_part(self) -> str | None:
        """The name of the main part (`word/document.xml` as a rule), None when there is none."""
        for relationship in self.relationships(""):
            if relationship.kind == "officeDocument" and not relationship.external:
                return relationship.target.lower()
        return None

    def relationships(self, part: str) -> list[Relationship]:
        """What `part` links to; for "" what the package itself links to."""
        folder, base = posixpath.split(part)
        root = self.xml(posixpath.join(folder, "_rels", base + ".rels"))
        if root is None:
            return []
        return [_relationship(element, folder) for element in root.iter(_RELATIONSHIP)]

    def all_relationships(self) -> Iterator[tuple[str, Relationship]]:
        """Every relationship of every part, with the name of the part it starts from."""
        for name in self._entries:
            folder, base = posixpath.split(name)
            if base.endswith(".rels") and posixpath.basename(folder) == "_rels":
                part = posixpath.join(posixpath.dirname(folder), base.removesuffix(".rels"))
                for relationship in self.relationships(part):
                    yield part, relationship


def parse_xml(data: bytes, name: str) -> etree._Element:
    """Parse an XML part without entities, network or document type; raises `Unreadable`: `bomb` or `damaged`."""
    if b"<!DOCTYPE" in data or b"<!DOCTYPE" in data[:65536].replace(b"\0", b""):
        raise Unreadable("bomb", f"part {name}: a document type, which Office never writes")
    if _STRICT in data:
        for strict, ordinary in _STRICT_TO_ORDINARY:
            data = data.replace(strict, ordinary)
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False, remove_comments=True, remove_pis=True
    )
    try:
        root = etree.fromstring(data, parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        if getattr(error, "code", None) == etree.ErrorTypes.ERR_NO_MEMORY:
            raise MemoryError from error
        raise Unreadable("damaged", f"part {name}: not well-formed XML") from error
    if root.getroottree().docinfo.internalDTD is not None:
        raise Unreadable("bomb", f"part {name}: a document type, which Office never writes")
    return root


def _relationship(element: etree._Element, folder: str) -> Relationship:
    external = element.get("TargetMode", "").lower() == "external"
    target = element.get("Target", "")
    if not external:
        target = unquote(target)
        target = target.lstrip("/") if target.startswith("/") else posixpath.normpath(posixpath.join(folder, target))
    kind = element.get("Type", "").rstrip("/").rsplit("/", 1)[-1]
    return Relationship(element.get("Id", ""), kind, target, external)


def _refuse_bombs(entries: list[zipfile.ZipInfo]) -> None:
    """Raise `Unreadable` for archives built to hurt: too many, too large, too dense or overlapping entries."""
    if len(entries) > MOST_ENTRIES:
        raise Unreadable("bomb", f"{len(entries)} entries")
    if sum(entry.file_size for entry in entries) > LARGEST_TOTAL:
        raise Unreadable("bomb", "more than 200 MiB unpacked")
    for entry in entries:
        if entry.flag_bits & 0x1:
            raise Unreadable("encrypted", "zip entries with a password")
        if entry.file_size > RATIO_MATTERS_ABOVE and entry.file_size > LARGEST_RATIO * max(1, entry.compress_size):
            raise Unreadable("bomb", f"one entry unpacks to {entry.file_size} bytes from {entry.compress_size}")
    end = 0
    for entry in sorted(entries, key=lambda entry: entry.header_offset):
        if entry.header_offset < end:
            raise Unreadable("bomb", "overlapping entries")
        end = entry.header_offset + _LOCAL_HEADER + entry.compress_size
