"""What a stranger's PDF may hold: pages to be read, and nothing that acts. Runs in the sandbox only.

Every object of the file is looked at, whether or not anything leads to it, with names and streams as they are after
decoding: nothing can be hidden in a compressed stream, a name written in numbers, a later part of the file or behind
an empty password. What is looked for are words of the PDF language, not what they would do.
"""

from __future__ import annotations

import io
import re
import zlib
from collections.abc import Iterator

import pikepdf
import pypdfium2

from consult.files.rejection import FileRejected

MOST_PAGES = 5_000
MOST_OBJECTS = 500_000
LARGEST_STREAM = 60 * 1024 * 1024
LARGEST_UNPACKED = 600 * 1024 * 1024
_PIECE = 1024 * 1024

_REFUSED = {
    b"/JavaScript": "with_scripts", b"/JS": "with_scripts", b"/OnInstantiate": "with_scripts",
    b"/Launch": "with_programs",
    b"/EmbeddedFile": "with_files_inside", b"/EmbeddedFiles": "with_files_inside", b"/EF": "with_files_inside",
    b"/FileAttachment": "with_files_inside", b"/GoToE": "with_files_inside", b"/RF": "with_files_inside",
    b"/XFA": "with_live_form",
    b"/SubmitForm": "with_sending", b"/ImportData": "with_sending",
    b"/RichMedia": "with_media", b"/Rendition": "with_media", b"/Movie": "with_media",
    b"/RichMediaExecute": "with_media", b"/Sound": "with_media", b"/3D": "with_media", b"/GoTo3DView": "with_media",
    b"/GoToR": "with_other_files",
}  # fmt: skip
"""Names of the language, and the code under which a file that has them is not taken."""

_LEADING = {b"/URI", b"/Thread"}
"""Names of what leads somewhere: harmless, or not, by where."""
_OUT_OF_THE_FILE = ("/F", "/FFilter", "/FDecodeParms", "/Ref")
"""In the dictionary of a stream: its data, or the page it stands for, is in another file."""
_NOT_OF_THE_WEB = re.compile(r"(?:file|javascript|vbscript|data|jar|smb|search(?:-ms)?|ms-[a-z-]+):|//")
"""How an address begins, in small letters without white space, that a reader opens with something else than the web."""

_STRINGS = re.compile(rb"\((?:\\.|[^\\()])*\)", re.DOTALL)
_NAMES = re.compile(rb"/[^\x00\t\n\f\r ()<>\[\]{}/%]+")
_NUMBERED = re.compile(rb"#([0-9A-Fa-f]{2})")
_LEAST_TOLD_APART = 6
"""A shorter name occurs by chance among the bytes of a compressed picture."""
_PACKING = {"/FlateDecode", "/Fl", "/LZWDecode", "/LZW", "/RunLengthDecode", "/RL"}


def pdf(data: bytes) -> None:
    """Returns for a PDF that may be kept. It is kept as it is: its signature must stay true. Raises FileRejected."""
    try:
        with pikepdf.open(io.BytesIO(data)) as opened:
            _every_object(opened)
            if opened.get_warnings():
                # Readers mend a broken file each in their own way: one may find what another does not.
                _refuse(_raw_names(data))
    except pikepdf.PasswordError as error:
        raise FileRejected("locked_file") from error
    except (pikepdf.PdfError, pikepdf.ForeignObjectError, ValueError, TypeError, RuntimeError) as error:
        raise FileRejected("damaged_file") from error
    _has_pages(data)


def _every_object(opened: pikepdf.Pdf) -> None:
    unpacked = 0
    _refuse(_names(opened.trailer.unparse(resolved=True)))
    for place, one in enumerate(opened.objects):
        if place > MOST_OBJECTS or unpacked > LARGEST_UNPACKED:
            raise FileRejected("too_large_inside")
        if isinstance(one, pikepdf.Stream):
            told = one.stream_dict
            if any(key in told for key in _OUT_OF_THE_FILE):
                raise FileRejected("with_other_files")
            _check_dictionary(told)
            unpacked += _unpacked(one, told.get("/Filter"))
        elif isinstance(one, pikepdf.Object):
            _check_dictionary(one)


def _check_dictionary(one: pikepdf.Object) -> None:
    """An object by the names in it, and where they lead somewhere, by where. Raises FileRejected."""
    names = _names(one.unparse(resolved=True))
    _refuse(names)
    if names & _LEADING:
        for told in _dictionaries(one):
            _check_link(told)


def _dictionaries(one: pikepdf.Object) -> Iterator[pikepdf.Dictionary]:
    """The dictionaries written in an object, itself included; what it refers to is an object of its own."""
    waiting = [one]
    while waiting:
        found = waiting.pop()
        if isinstance(found, pikepdf.Dictionary):
            yield found
            inside = list(found.values())
        else:
            inside = list(found) if isinstance(found, pikepdf.Array) else []
        waiting += [part for part in inside if isinstance(part, pikepdf.Object) and not part.is_indirect]


def _check_link(told: pikepdf.Dictionary) -> None:
    address = told.get("/URI")
    if isinstance(address, pikepdf.Dictionary):
        address = address.get("/Base")
    if isinstance(address, pikepdf.String):
        plain = re.sub(r"[\x00-\x20]", "", str(address)).replace("\\", "/").lower()
        if _NOT_OF_THE_WEB.match(plain):
            raise FileRejected("with_other_files")
    if told.get("/S") == pikepdf.Name.Thread and "/F" in told:
        raise FileRejected("with_other_files")


def _names(written: bytes) -> set[bytes]:
    """The names in an object as it is written out: texts are left out, and every name is spelled plainly."""
    return set(_NAMES.findall(_STRINGS.sub(b"", written)))


def _raw_names(data: bytes) -> set[bytes]:
    """Long names among the bytes of a file, wherever they stand."""
    spelled = _NUMBERED.sub(lambda found: bytes([int(found[1], 16)]), data)
    return {name for name in _REFUSED if len(name) >= _LEAST_TOLD_APART and name in spelled}


def _refuse(names: set[bytes]) -> None:
    for name, code in _REFUSED.items():
        if name in names:
            raise FileRejected(code)


def _unpacked(stream: pikepdf.Stream, told: object) -> int:
    """How many bytes a stream unpacks to. Raises FileRejected when these are too many."""
    filters = [str(one) for one in told] if isinstance(told, pikepdf.Array) else [str(told)]
    packing = [one for one in filters if one in _PACKING]
    if len(packing) > 1:
        raise FileRejected("too_large_inside")
    if not packing:
        return 0
    size = _inflated(stream.read_raw_bytes()) if filters[0] in {"/FlateDecode", "/Fl"} else _decoded(stream)
    if size > LARGEST_STREAM:
        raise FileRejected("too_large_inside")
    return size


def _inflated(packed: bytes) -> int:
    """The size of what zlib makes of it, told in pieces and no further than matters."""
    inflating, size = zlib.decompressobj(), 0
    try:
        while packed and size <= LARGEST_STREAM:
            size += len(inflating.decompress(packed, _PIECE))
            packed = inflating.unconsumed_tail
    except zlib.error:
        pass  # A reader shows what came until here.
    return size


def _decoded(stream: pikepdf.Stream) -> int:
    """The size of what the rarer filters make of it, which takes as much memory; there is not much."""
    try:
        return len(stream.read_bytes())
    except pikepdf.PdfError:
        return 0


def _has_pages(data: bytes) -> None:
    """Opens in the reader that shows it to people here."""
    try:
        document = pypdfium2.PdfDocument(data)
        if not 0 < len(document) <= MOST_PAGES:
            raise FileRejected("damaged_file")
        document[0].get_size()
    except pypdfium2.PdfiumError as error:
        raise FileRejected("locked_file" if "assword" in str(error) else "damaged_file") from error
