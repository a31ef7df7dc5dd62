"""Films, told by how their content begins and kept as they came: nothing here looks into one, so that it is only ever
given out to be saved."""

from consult import size_limits
from consult.errors import Invalid
from consult.files import virus_scanner
from consult.files.kinds import HEIC_BRANDS, FileKind, named
from consult.files.signed_files import KeptFile
from consult.files.store import FileStore

MP4 = FileKind("video/mp4", (".mp4", ".m4v", ".mov"))
WEBM = FileKind("video/webm", (".webm",))
NOT_FILMS = HEIC_BRANDS | {b"avif", b"avis", b"hevs", b"hevm", b"M4A ", b"M4B ", b"M4P "}
"""Pictures and sounds in the same container: a picture of a telephone says where it was taken."""
HEAD = 64
"""Bytes within which a WebM file names its kind; other files of that container name another."""


def keep_film(files: FileStore, data: bytes, name: str) -> KeptFile:
    """Keeps a film as it came. The scanner is asked first, if the site has one. Raises Invalid({"file": code}):
    `empty_file`, `file_too_large`, `not_a_film`, `infected`, `scanner_silent`."""
    if not data:
        raise Invalid({"file": "empty_file"})
    if len(data) > size_limits.DRAFT:
        raise Invalid({"file": "file_too_large"})
    kind = _kind_of(data)
    if kind is None:
        raise Invalid({"file": "not_a_film"})
    virus_scanner.scan(data)
    return KeptFile(files.put(data), named(name, kind, "phim"), kind.media_type, len(data))


def _kind_of(data: bytes) -> FileKind | None:
    if data[4:8] == b"ftyp":
        return None if data[8:12] in NOT_FILMS else MP4
    return WEBM if data.startswith(b"\x1a\x45\xdf\xa3") and b"webm" in data[:HEAD] else None
