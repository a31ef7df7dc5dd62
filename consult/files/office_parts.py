"""The parts of an Office file by their names, kinds and first bytes: what Word writes, and nothing else. Sandbox only.

A name is compared as readers compare it: decoded, without regard to case.
"""

from __future__ import annotations

import re
import unicodedata
import zipfile
from collections.abc import Collection
from urllib.parse import unquote

from consult.files.rejection import FileRejected

XML = frozenset({"xml", "rels", "vml", "psmdcp", "psdsxs"})
"""Endings of parts that are read through; the last two are those of .NET, for properties and signatures."""
PACKAGES = frozenset({"xlsx", "docx", "pptx", "sldx", "vsdx"})
"""The figures behind a chart, a page or a drawing: looked into as the file itself is, but for further packages."""
_PICTURES = {
    "png", "jpg", "jpeg", "jpe", "jfif", "gif", "bmp", "dib", "tif", "tiff", "emf", "wmf", "emz", "wmz", "svg", "webp",
    "wdp", "jxr", "ico", "pict", "pct", "tmp",
}  # fmt: skip
_FONTS = {"odttf", "ttf", "otf", "fntdata"}
_SIGNATURES = {"sigs", "psdsor", "cer"}
_PLAIN = XML | _PICTURES | _FONTS | _SIGNATURES | {"bin"}
"""Without packages. What has the ending .bin (settings of printers, pictures) is taken by its first bytes alone."""

_MACROS = ("vbaproject", "vbadata", "activex")
_TRASH = re.compile(r"\[trash\]/[0-9]+\.dat")
"""Where Office leaves what it has crossed out."""
_UNTRUE = re.compile(r"[. ](/|$)|^/|//|:|[\x00-\x1f]|%[0-9a-f]{2}")
"""What no name of a part has: steps up or on the spot, a beginning at the root, a drive, signs that are not seen, and
after decoding nothing to decode."""
_ACTING = (b"\xd0\xcf\x11\xe0", b"MZ", b"\x7fELF", b"L\0\0\0\x01\x14\x02\0", b"{\\rt", b"%PDF", b"PK\x03\x04")
"""Objects and programs of Windows, programs of Linux, shortcuts, and files of other kinds."""
LONGEST_BEGINNING = 8


def plain_name(part: zipfile.ZipInfo) -> str:
    """The name of a part as it is compared. `orig_filename` is the name with what follows a zero byte, at which
    `zipfile` cuts it off."""
    return unicodedata.normalize("NFC", unquote(part.orig_filename).replace("\\", "/")).lower()


def ending(name: str) -> str:
    """What stands behind the last full stop of a name; nothing where there is none."""
    return name.rpartition("/")[2].rpartition(".")[2]


def check_names(parts: Collection[zipfile.ZipInfo], packages: bool) -> None:
    """Each part has a name of its own inside the file, of a kind that Word writes; `packages` among them or not.
    Raises FileRejected."""
    names = [plain_name(part) for part in parts]
    if any(word in name for name in names for word in _MACROS):
        raise FileRejected("with_macros")
    if len(set(names)) < len(names) or any(_UNTRUE.search(name) for name in names):
        raise FileRejected("with_untrue_parts")
    kinds = _PLAIN | PACKAGES if packages else _PLAIN
    for part, name in zip(parts, names, strict=True):
        folder = name.endswith("/") and part.file_size == 0
        if not (folder or ending(name) in kinds or _TRASH.fullmatch(name)):
            raise FileRejected("with_files_inside")


def check_beginning(first: bytes, package: bool) -> None:
    """Raises FileRejected for the first bytes of what is no picture and no font, nor a package where one may be."""
    if first.startswith(_ACTING) and not (package and first.startswith(b"PK\x03\x04")):
        raise FileRejected("with_files_inside")


class Types:
    """Reads what a package says its parts are. `words` tells whether one of them is a Word document."""

    def __init__(self) -> None:
        self.words = False

    def begins(self, _element: str, told: dict[str, str]) -> None:
        """An element with its attributes. Raises FileRejected for macros, and for XML that does not bear its name."""
        kind = told.get("ContentType", "").strip().lower()
        named = unquote(told.get("PartName", "")) or f".{told.get('Extension', '')}"
        if "macroenabled" in kind:
            raise FileRejected("with_macros")
        if kind.endswith("xml") and kind != "image/svg+xml" and ending(named.lower()) not in XML:
            raise FileRejected("with_untrue_parts")
        self.words = self.words or "wordprocessingml" in kind
