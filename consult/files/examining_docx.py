"""What a stranger's Word file may hold: words and pictures, and nothing that acts. Runs in the sandbox only."""

from __future__ import annotations

import io
import re
import zipfile
import zlib
from collections.abc import Callable
from xml.parsers import expat

from consult.files.fields import Fields
from consult.files.refusing import Unfit

MOST_PARTS = 2_000
LARGEST_UNPACKED = 100 * 1024 * 1024
LARGEST_PART = 60 * 1024 * 1024
MOST_ELEMENTS = 2_000_000
DEEPEST = 500
_PIECE = 2 * 1024 * 1024
"""What is unfinished at the end of a piece is read again with the next: large pieces keep a long attribute linear."""
_MACROS = ("vbaproject", "vbadata", "activex")
_FETCHED = frozenset({"attachedtemplate", "oleobject", "frame", "subdocument", "afchunk"})
_OWN_DISK = re.compile(r"file:///[a-z](?::|%3a)")
_TYPES, _DOCUMENT = "[Content_Types].xml", "word/document.xml"
_OLE, _PROGRAM, _ZIP = b"\xd0\xcf\x11\xe0", b"MZ", b"PK\x03\x04"
_UNTRUE = re.compile(r"(^|/)\.{1,2}(/|$)|^/|//|:|[\x00-\x1f]")
"""What no name of a part has: steps up or on the spot, a beginning at the root, a drive, signs that are not seen."""


def docx(data: bytes) -> None:
    """A Word file that is nothing else: it begins with its first part, each of its parts has one name, it has no macros
    and no other files inside, fetches nothing that could have some when it is opened, and unpacks within bounds.
    Raises Unfit."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as package:
            _check_parts(package.infolist())
            _check_types(package)
            elements = _Elements()
            for part in package.infolist():
                _check_content(package, part, elements)
    except (zipfile.BadZipFile, KeyError, OSError, RuntimeError, ValueError, EOFError, zlib.error) as error:
        raise Unfit("damaged_file") from error


def _check_parts(parts: list[zipfile.ZipInfo]) -> None:
    names = [part.filename for part in parts]
    if _TYPES not in names or _DOCUMENT not in names:
        raise Unfit("not_an_attachment")
    if len(parts) > MOST_PARTS or sum(part.file_size for part in parts) > LARGEST_UNPACKED:
        raise Unfit("too_large_inside")
    if min(part.header_offset for part in parts) != 0:
        raise Unfit("damaged_file")
    if any(word in name.lower() for name in names for word in _MACROS):
        raise Unfit("with_macros")
    # `orig_filename` is the name with what follows a zero byte, at which zipfile cuts it off.
    plain = [part.orig_filename.replace("\\", "/").lower() for part in parts]
    if len(set(plain)) < len(plain) or any(_UNTRUE.search(name) for name in plain):
        raise Unfit("with_untrue_parts")


def _check_types(package: zipfile.ZipFile) -> None:
    if package.getinfo(_TYPES).file_size > LARGEST_PART:
        raise Unfit("too_large_inside")
    types = package.read(_TYPES)
    if b"macroEnabled" in types:
        raise Unfit("with_macros")
    if b"wordprocessingml" not in types:
        raise Unfit("not_an_attachment")


def _check_content(package: zipfile.ZipFile, part: zipfile.ZipInfo, elements: _Elements) -> None:
    """A part by what it is: XML is read through, a package within the package is looked into, and a program or an
    object of Windows is not taken."""
    name = part.filename.lower()
    if name.endswith((".xml", ".rels")):
        _Reader(_check_link if name.endswith(".rels") else Fields().begins, elements).read(package, part)
        return
    with package.open(part) as file:
        beginning = file.read(4)
    if beginning.startswith((_OLE, _PROGRAM)):
        raise Unfit("with_files_inside")
    if beginning == _ZIP:
        _check_inner(package, part)


def _check_inner(package: zipfile.ZipFile, part: zipfile.ZipInfo) -> None:
    """The figures behind a chart are a workbook within the file: taken, when it holds nothing further."""
    if part.file_size > LARGEST_PART:
        raise Unfit("too_large_inside")
    with zipfile.ZipFile(io.BytesIO(package.read(part))) as inner:
        names = [name.lower() for name in inner.namelist()]
        if any(word in name for name in names for word in _MACROS):
            raise Unfit("with_macros")
        office = _TYPES.lower() in names
        if not office or any("embeddings/" in name or name.endswith((".exe", ".bin", ".js")) for name in names):
            raise Unfit("with_files_inside")


def _check_link(_element: str, told: dict[str, str]) -> None:
    """Raises Unfit when this is a link to a template, a document or an object that Word would fetch from elsewhere.
    A template on the writer's own disk is where Word says that every file comes from."""
    kind = told.get("Type", "").rpartition("/")[2].lower()
    target = told.get("Target", "").strip().replace("\\", "/").lower()
    if kind in _FETCHED and told.get("TargetMode") == "External" and "//" in target and not _OWN_DISK.match(target):
        raise Unfit("with_remote_parts")
    if kind == "oleobject":
        raise Unfit("with_files_inside")


class _Elements:
    """How many elements all parts of a file have together: each costs far more than its few bytes."""

    def __init__(self) -> None:
        self.met = 0

    def another(self) -> None:
        """One more. Raises Unfit."""
        self.met += 1
        if self.met > MOST_ELEMENTS:
            raise Unfit("too_large_inside")


class _Reader:
    """Reads a part as XML without a document type, piece by piece; what its directory says of its size is not believed.
    `begins` is told every element with its attributes."""

    def __init__(self, begins: Callable[[str, dict[str, str]], None], elements: _Elements) -> None:
        self.begins = begins
        self.elements = elements
        self.depth = 0
        self.parser = expat.ParserCreate()
        # Otherwise every line of a text is told by itself.
        self.parser.buffer_text = True
        self.parser.StartDoctypeDeclHandler = _refuse_doctype
        self.parser.StartElementHandler = self._begin
        self.parser.EndElementHandler = self._end
        fields = getattr(begins, "__self__", None)
        if isinstance(fields, Fields):
            self.parser.CharacterDataHandler = fields.says

    def read(self, package: zipfile.ZipFile, part: zipfile.ZipInfo) -> None:
        """To its end. Raises Unfit."""
        size = 0
        with package.open(part) as file:
            try:
                while piece := file.read(_PIECE):
                    size += len(piece)
                    if size > LARGEST_PART:
                        raise Unfit("too_large_inside")
                    self.parser.Parse(piece, False)
                self.parser.Parse(b"", True)
            except expat.ExpatError as error:
                raise Unfit("damaged_file") from error

    def _begin(self, element: str, told: dict[str, str]) -> None:
        self.elements.another()
        self.depth += 1
        if self.depth > DEEPEST:
            raise Unfit("too_large_inside")
        self.begins(element, told)

    def _end(self, _element: str) -> None:
        self.depth -= 1


def _refuse_doctype(*_told: object) -> None:
    raise Unfit("damaged_file")
