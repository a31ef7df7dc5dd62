"""What a stranger's Word file may hold: words and pictures, and nothing that acts. Runs in the sandbox only."""

from __future__ import annotations

import io
import re
import zipfile
import zlib
from collections.abc import Callable
from xml.parsers import expat

from consult.files import office_parts
from consult.files.rejection import FileRejected
from consult.files.word_fields import Fields

MOST_PARTS = 2_000
MOST_PACKAGES = 200
LARGEST_UNPACKED = 100 * 1024 * 1024
LARGEST_PART = 60 * 1024 * 1024
MOST_ELEMENTS = 2_000_000
DEEPEST = 500
_PIECE = 2 * 1024 * 1024
"""What is unfinished at the end of a piece is read again with the next: large pieces keep a long attribute linear."""
_FETCHED = frozenset({"attachedtemplate", "frame", "subdocument"})
_BROUGHT = frozenset({"oleobject", "afchunk", "control"})
_OWN_DISK = re.compile(r"file:///[a-z](?::|%3a)")
_TYPES, _DOCUMENT = "[Content_Types].xml", "word/document.xml"


def docx(data: bytes) -> None:
    """A Word file that is nothing else: it begins with its first part, each of its parts has one name and is of a kind
    that Word writes, it has no macros and no other files inside, fetches nothing that could have some when it is
    opened, and unpacks within bounds. A package within it is looked at in the same way. Raises FileRejected."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as package:
            if _DOCUMENT not in package.namelist() or not _types(package).words:
                raise FileRejected("not_an_attachment")
            elements = _Elements()
            inner = _look_into(package, elements, packages=True)
            _check_inner(package, inner, elements)
    except (zipfile.BadZipFile, KeyError, OSError, RuntimeError, ValueError, EOFError, zlib.error) as error:
        raise FileRejected("damaged_file") from error


def _types(package: zipfile.ZipFile) -> office_parts.Types:
    """What the package says of its parts. Raises FileRejected when it says nothing."""
    if _TYPES not in package.namelist():
        raise FileRejected("not_an_attachment")
    types = office_parts.Types()
    _Reader(types.begins, _Elements()).read(package, package.getinfo(_TYPES))
    return types


def _look_into(package: zipfile.ZipFile, elements: _Elements, packages: bool) -> list[zipfile.ZipInfo]:
    """Looks at every part of a package, and gives the packages within, which `packages` allows. Raises FileRejected."""
    found = package.infolist()
    if len(found) > MOST_PARTS or _unpacked(package) > LARGEST_UNPACKED:
        raise FileRejected("too_large_inside")
    if min(part.header_offset for part in found) != 0:
        raise FileRejected("damaged_file")
    office_parts.check_names(found, packages)
    for part in found:
        _check_content(package, part, elements)
    return [part for part in found if _ending(part) in office_parts.PACKAGES]


def _check_content(package: zipfile.ZipFile, part: zipfile.ZipInfo, elements: _Elements) -> None:
    """A part by what it is: XML is read through, whatever it is called, and a program or an object is not taken."""
    kind = _ending(part)
    if kind in office_parts.XML:
        _Reader(_check_link if kind == "rels" else Fields().begins, elements).read(package, part)
        return
    with package.open(part) as file:
        office_parts.check_beginning(file.read(office_parts.LONGEST_BEGINNING), kind in office_parts.PACKAGES)
    try:
        _Reader(Fields().begins, elements).read(package, part)
    except FileRejected as unfit:
        if unfit.code != "damaged_file":
            raise


def _check_inner(package: zipfile.ZipFile, inner: list[zipfile.ZipInfo], elements: _Elements) -> None:
    """The figures behind a chart are a workbook within the file: taken, when it holds nothing that the file may not."""
    if len(inner) > MOST_PACKAGES or any(part.file_size > LARGEST_PART for part in inner):
        raise FileRejected("too_large_inside")
    room = LARGEST_UNPACKED
    for part in inner:
        with zipfile.ZipFile(io.BytesIO(package.read(part))) as within:
            room -= _unpacked(within)
            if room < 0:
                raise FileRejected("too_large_inside")
            if _TYPES not in within.namelist():
                raise FileRejected("with_files_inside")
            _types(within)
            _look_into(within, elements, packages=False)


def _unpacked(package: zipfile.ZipFile) -> int:
    return sum(part.file_size for part in package.infolist())


def _ending(part: zipfile.ZipInfo) -> str:
    return office_parts.ending(office_parts.plain_name(part))


def _check_link(_element: str, told: dict[str, str]) -> None:
    """Raises FileRejected when this is a link to a template or document that Word would fetch from elsewhere, or to
    anything that is brought along to be opened or run. A template on the writer's own disk is where Word says that
    every file comes from."""
    kind = told.get("Type", "").rpartition("/")[2].lower()
    target = told.get("Target", "").strip().replace("\\", "/").lower()
    remote = told.get("TargetMode") == "External" and "//" in target and not _OWN_DISK.match(target)
    if remote and kind in _FETCHED | _BROUGHT:
        raise FileRejected("with_remote_parts")
    if kind in _BROUGHT:
        raise FileRejected("with_files_inside")


class _Elements:
    """How many elements all parts of a file have together: each costs far more than its few bytes."""

    def __init__(self) -> None:
        self.met = 0

    def another(self) -> None:
        """One more. Raises FileRejected."""
        self.met += 1
        if self.met > MOST_ELEMENTS:
            raise FileRejected("too_large_inside")


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
        """To its end. Raises FileRejected."""
        size = 0
        with package.open(part) as file:
            try:
                while piece := file.read(_PIECE):
                    size += len(piece)
                    if size > LARGEST_PART:
                        raise FileRejected("too_large_inside")
                    self.parser.Parse(piece, False)
                self.parser.Parse(b"", True)
            except expat.ExpatError as error:
                raise FileRejected("damaged_file") from error

    def _begin(self, element: str, told: dict[str, str]) -> None:
        self.elements.another()
        self.depth += 1
        if self.depth > DEEPEST:
            raise FileRejected("too_large_inside")
        self.begins(element, told)

    def _end(self, _element: str) -> None:
        self.depth -= 1


def _refuse_doctype(*_told: object) -> None:
    raise FileRejected("damaged_file")
