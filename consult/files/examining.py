"""Opens a stranger's file and gives back what may be kept of it. Runs in the sandbox only; see `attachments`."""

from __future__ import annotations

import base64
import io
import re
import zipfile
import zlib
from collections.abc import Callable
from xml.parsers import expat

import pypdfium2
from PIL import Image, ImageOps

from consult.files import kinds, lengths, sounds, webm
from consult.files.refusing import Unfit

MOST_PAGES = 5_000
MOST_PARTS = 2_000
LARGEST_UNPACKED = 100 * 1024 * 1024
LARGEST_PART = 60 * 1024 * 1024
QUALITY = 90
_FORMATS = {"image/jpeg": ("JPEG", "MPO"), "image/png": ("PNG",), "image/webp": ("WEBP",)}
_SOUNDS = {
    "audio/mpeg": sounds.mp3,
    "audio/ogg": sounds.ogg,
    "audio/wav": sounds.wav,
    "audio/mp4": sounds.m4a,
    "audio/amr": sounds.amr,
}
_MACROS = ("vbaproject", "vbadata", "activex")
_FETCHED = frozenset({"attachedtemplate", "oleobject", "frame", "subdocument", "afchunk"})
_OWN_DISK = re.compile(r"file:///[a-z](?::|%3a)")
_TYPES, _DOCUMENT = "[Content_Types].xml", "word/document.xml"
_MODES = {"image/jpeg": ("RGB", "L"), "image/png": ("RGB", "RGBA", "L", "LA", "1"), "image/webp": ("RGB", "RGBA")}


def examine(data: bytes, media_type: str, most_pixels: int) -> dict[str, str]:
    """What may be kept of a file that begins like one of `media_type`: `data` in base64 when it is not the same bytes,
    and the `seconds` of a sound.

    Raises Unfit.
    """
    if media_type in _FORMATS:
        return _kept(_image(data, media_type, most_pixels))
    if media_type == kinds.PDF.media_type:
        _pdf(data)
        return {}
    if media_type == kinds.DOCX:
        _docx(data)
        return {}
    sound = webm.webm(data) if media_type == kinds.WEBM.media_type else _SOUNDS[media_type](data)
    return {**_kept(sound), "seconds": f"{lengths.seconds(sound, media_type):.1f}"}


def _kept(data: bytes) -> dict[str, str]:
    return {"data": base64.b64encode(data).decode()}


def _image(data: bytes, media_type: str, most_pixels: int) -> bytes:
    """The picture painted anew, upright: nothing of the file is left but what can be seen."""
    Image.MAX_IMAGE_PIXELS = None
    try:
        image: Image.Image = Image.open(io.BytesIO(data), formats=_FORMATS[media_type])
        if image.width * image.height > most_pixels:
            raise Unfit("too_many_pixels")
        image.load()
        ImageOps.exif_transpose(image, in_place=True)
        modes = _MODES[media_type]
        if image.mode not in modes:
            see_through = "RGBA" in modes and (image.mode in {"PA", "La"} or "transparency" in image.info)
            image = image.convert("RGBA" if see_through else "RGB")
        return _painted(image, _FORMATS[media_type][0])
    except (OSError, SyntaxError, ValueError, EOFError) as error:
        raise Unfit("damaged_file") from error


def _painted(image: Image.Image, format_name: str) -> bytes:
    # What was read beside the picture (a comment, a colour profile, a place) would be written out again.
    image.info.clear()
    written = io.BytesIO()
    image.save(written, format_name, quality=QUALITY, exif=b"")
    return written.getvalue()


def _pdf(data: bytes) -> None:
    """Opens, and has pages. It is kept as it is: a signature in it must stay true."""
    try:
        document = pypdfium2.PdfDocument(data)
        if not 0 < len(document) <= MOST_PAGES:
            raise Unfit("damaged_file")
        document[0].get_size()
    except pypdfium2.PdfiumError as error:
        raise Unfit("locked_file" if "assword" in str(error) else "damaged_file") from error


def _docx(data: bytes) -> None:
    """A Word file that is nothing else: it begins with its first part, has no macros, fetches nothing that could have
    some when it is opened, and unpacks within bounds."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as package:
            _check_parts(package.infolist())
            types = _part(package, _TYPES)
            if b"macroEnabled" in types:
                raise Unfit("with_macros")
            if b"wordprocessingml" not in types:
                raise Unfit("not_an_attachment")
            _part(package, _DOCUMENT)
            for name in package.namelist():
                if name.lower().endswith(".rels"):
                    _part(package, name, _check_link)
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


def _check_link(_element: str, told: dict[str, str]) -> None:
    """Raises Unfit when this is a link to a template, a document or an object that Word would fetch from elsewhere.
    A template on the writer's own disk is where Word says that every file comes from."""
    kind = told.get("Type", "").rpartition("/")[2].lower()
    target = told.get("Target", "").strip().replace("\\", "/").lower()
    if kind in _FETCHED and told.get("TargetMode") == "External" and "//" in target and not _OWN_DISK.match(target):
        raise Unfit("with_remote_parts")


def _part(package: zipfile.ZipFile, name: str, element: Callable[[str, dict[str, str]], None] | None = None) -> bytes:
    """A part of the file, as XML without a document type; what its directory says of its size is not believed.
    `element` is told every element that begins."""
    with package.open(name) as file:
        content = file.read(LARGEST_PART + 1)
    if len(content) > LARGEST_PART:
        raise Unfit("too_large_inside")
    parser = expat.ParserCreate()
    parser.StartDoctypeDeclHandler = _refuse_doctype
    parser.StartElementHandler = element
    try:
        parser.Parse(content, True)
    except expat.ExpatError as error:
        raise Unfit("damaged_file") from error
    return content


def _refuse_doctype(*_told: object) -> None:
    raise Unfit("damaged_file")
