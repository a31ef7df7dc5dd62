"""What a file is, decided by its content; its name is never believed.

Names matter in one place only: whether a text is Markdown (`reading`).
"""

from __future__ import annotations

import re

from consult.outline.blocks import Unreadable
from consult.outline.docx.package import Package

DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
PDF = "application/pdf"
TEXT = "text/plain"

LARGEST_FILE = 60 * 1024 * 1024  # bytes; `consult/size_limits.py` has the same, as a test says

_COMPOUND_FILE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_WORD_2_AND_95 = (b"\xdb\xa5\x2d\x00", b"\xdb\xa5\x2d\x01", b"\x31\xbe\x00\x00")
_BYTE_ORDER_MARKS = (b"\xef\xbb\xbf", b"\xff\xfe", b"\xfe\xff")
_MAIN_PARTS = {
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml",
    "application/vnd.openxmlformats-officedocument.wordprocessingml.template.main+xml",
}
_OPEN_DOCUMENTS = {
    b"application/vnd.oasis.opendocument.text",
    b"application/vnd.oasis.opendocument.text-template",
}
_MARKUP_STARTS = ("<?xml", "<!doctype", "<html", "<head", "<body", "<svg", "<script", "<w:", "<workbook", "<!--")
_TAG = re.compile(r"</?[a-z][a-z0-9:]{0,15}[\s>/]")
_BLANK = 64  # bytes before the first sign of an RTF, which Word passes over
_FEWEST_TAGS = 3  # closed ones near the beginning; a text in Markdown may begin with one
_WEB_ARCHIVE = re.compile(r"^content-type:\s*(?:multipart/related|text/html)", re.MULTILINE)


def sniff(data: bytes) -> str:
    """Return the media type of `data`: `DOCX`, `PDF` or `TEXT`.

    Raises `Unreadable` for everything else: `empty`, `too_large`, `encrypted`, `macro_document`, `wrong_type`;
    `old_word`, `open_document` and `rich_text` for what another program may turn into DOCX; and `damaged` or `bomb` for
    a torn or hostile package.
    """
    if len(data) > LARGEST_FILE:
        raise Unreadable("too_large", f"{len(data)} bytes")
    if not data.strip(b" \t\r\n\0\xef\xbb\xbf"):
        raise Unreadable("empty", f"{len(data)} bytes without content")
    if data.startswith(_COMPOUND_FILE):
        raise _refuse_compound_file(data)
    if data.startswith(_WORD_2_AND_95):
        raise Unreadable("old_word", "signature of Word before 97")
    if data.startswith(b"PK"):
        return _sniff_zip(data)
    if b"%PDF-" in data[:1024]:
        return PDF
    _refuse_other_types(data)
    return TEXT


def _refuse_compound_file(data: bytes) -> Unreadable:
    """The refusal for an OLE compound file, by the names of the streams in its directory."""

    def holds(stream: str) -> bool:
        return stream.encode("utf-16-le") in data

    if holds("EncryptedPackage") or holds("EncryptionInfo"):
        return Unreadable("encrypted", "Office package encrypted with a password")
    if holds("_VBA_PROJECT"):
        return Unreadable("macro_document", "a compound file with a VBA project")
    if holds("WordDocument"):
        return Unreadable("old_word", "binary Word document (.doc)")
    return Unreadable("wrong_type", "OLE compound file that is not a Word document")


def _sniff_zip(data: bytes) -> str:
    package = Package(data)
    if "mimetype" in package.names and package.read("mimetype").strip() in _OPEN_DOCUMENTS:
        raise _refuse_open_document(package)
    if package.has_macros():
        raise Unreadable("macro_document", "the package contains a VBA project")
    kind = package.main_content_type()
    if "macroEnabled" in kind:
        raise Unreadable("macro_document", kind)
    if kind not in _MAIN_PARTS:
        raise Unreadable("wrong_type", f"zip archive, main part {kind[:100] or 'unknown'}")
    return DOCX


def _refuse_open_document(package: Package) -> Unreadable:
    """The refusal for an OpenDocument text, which only a program that knows it can read."""
    manifest = package.read("meta-inf/manifest.xml") if "meta-inf/manifest.xml" in package.names else b""
    if b"encryption-data" in manifest:
        return Unreadable("encrypted", "OpenDocument with a password")
    if any(name.startswith(("basic/", "scripts/")) for name in package.names):
        return Unreadable("macro_document", "OpenDocument with macros")
    return Unreadable("open_document", "OpenDocument text (.odt)")


def _refuse_other_types(data: bytes) -> None:
    """Raise `Unreadable` unless the bytes can be a plain text."""
    if data[:_BLANK].lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"{\\rtf"):
        raise Unreadable("rich_text", "RTF")
    has_mark = data.startswith(_BYTE_ORDER_MARKS)
    start = data[:4096]
    if has_mark and not data.startswith(b"\xef\xbb\xbf"):
        start = start[: len(start) // 2 * 2].decode("utf-16", "replace").encode("utf-8", "replace")
    if b"\0" in (start if has_mark else data):
        raise Unreadable("wrong_type", "binary data")
    controls = sum(byte < 32 and byte not in b"\t\n\r\f\v\x1a\x1b" for byte in start)
    if controls > 2 + len(start) // 50:
        raise Unreadable("wrong_type", "binary data")
    beginning = start.removeprefix(b"\xef\xbb\xbf").decode("latin-1").lstrip().lower()
    if beginning.startswith(_MARKUP_STARTS) or (_TAG.match(beginning) and beginning.count("</") >= _FEWEST_TAGS):
        raise Unreadable("wrong_type", "HTML or XML")
    if "mime-version:" in beginning and _WEB_ARCHIVE.search(beginning):
        raise Unreadable("wrong_type", "a web page saved in one file (MHTML)")
