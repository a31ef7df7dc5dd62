"""What anybody may send with a comment: pictures, PDF, Word files and sounds, told by their content and opened in the
sandbox. Pictures are painted anew and sounds lose their tags, so that nobody tells a place without meaning to.
"""

import base64
import logging
import threading
from collections.abc import Collection
from dataclasses import dataclass, replace
from typing import Any

from consult import sandbox
from consult.errors import Invalid
from consult.files import kinds, virus_scanner
from consult.files.kinds import FileKind
from consult.sandbox import Limits, SandboxFailure

log = logging.getLogger(__name__)
_MEGABYTE = 1024 * 1024
_EXAMINERS = {
    kinds.PDF.media_type: "consult.files.inspection_pdf:pdf",
    kinds.DOCX: "consult.files.inspection_docx:docx",
}
_LIMITS = Limits(memory=320 * _MEGABYTE, processor_seconds=15, seconds=30.0, answer=48 * _MEGABYTE)
_DOCUMENTS = replace(_LIMITS, processor_seconds=6)
"""For what is only read through, whose worst file within the bounds takes half of that: nobody keeps the others' place
with one that is built to be slow."""
_AMPLE = replace(_LIMITS, memory=512 * _MEGABYTE)
"""For the few pictures that have to be turned or recoloured as a whole, and did not fit."""

_DID_NOT_FIT = frozenset({"too_much_memory", "damaged", "damaged_file"})
_IN_HAND = threading.BoundedSemaphore(3)
"""So many files are looked at, or wait for it, in one process. Each keeps one of its four threads (deploy/) from who
only reads, and a crowd with photographs must not keep them all."""

_TOLD = {
    "damaged": "damaged_file", "too_slow": "file_too_hard", "too_much_memory": "file_too_hard",
    "too_large": "file_too_hard", "no_place": "files_busy", "no_walls": "files_closed",
}  # fmt: skip


@dataclass(frozen=True)
class Bounds:
    """How much may be sent: bytes of one file, pixels of a picture, files of one submission."""

    largest: int = 10 * 1024 * 1024
    pixels: int = 50_000_000
    most: int = 5


@dataclass(frozen=True)
class CheckedFile:
    """A file ready to be kept; `name` is only for people, with the ending of what it is."""

    name: str
    media_type: str
    data: bytes
    seconds: float = 0.0
    """How long a sound is; 0 for what is none, and where its container does not tell."""


def checked(data: bytes, name: str, bounds: Bounds, only: Collection[FileKind] = kinds.ATTACHMENTS) -> CheckedFile:
    """The file as it may be kept. Slow (a process of its own opens it), and therefore never in a transaction.

    Raises Invalid({"file": code}): `empty_file`, `file_too_large`, `not_an_attachment` (`not_a_recording` where only
    sounds are taken), `heic_photo`, `damaged_file`,
    `locked_file`, `with_…` what a document must not hold, `not_a_sound`, `moving_picture`, `too_many_pixels`,
    `too_large_inside`, `file_too_hard`, `infected`; and without any fault of the file `files_busy` when so many are
    being looked at that the turn of this one did not come, `scanner_silent`, and `files_closed` when this machine
    cannot confine who looks.
    """
    if not data:
        raise Invalid({"file": "empty_file"})
    if len(data) > bounds.largest:
        raise Invalid({"file": "file_too_large"})
    kind = kinds.kind_of(data)
    if kind is kinds.HEIC:
        raise Invalid({"file": "heic_photo"})
    if kind is None or kind not in only:
        raise Invalid({"file": "not_a_recording" if kinds.SOUNDS.issuperset(only) else "not_an_attachment"})
    kept, seconds = _in_turn(data, kind, bounds)
    return CheckedFile(kinds.named(name, kind, "tep"), kind.media_type, kept, seconds)


def examined(data: bytes, kind: FileKind, pixels: int) -> dict[str, Any]:
    """What a look into a file says of it: nothing, or other bytes to keep, in base64, and the seconds of a sound.

    The scanner is asked first, if the site has one. Raises Invalid as `checked`.
    """
    virus_scanner.scan(data)
    examiner = _EXAMINERS.get(kind.media_type)
    try:
        if examiner:
            told: Any = sandbox.run(examiner, data=data, limits=_DOCUMENTS)
        else:
            told = _opened(data, kind, pixels)
    except SandboxFailure as failure:
        log.info("a %s was not taken: %s", kind.media_type, failure)
        raise Invalid({"file": _TOLD.get(failure.code, failure.code)}) from failure
    return told or {}


def _opened(data: bytes, kind: FileKind, pixels: int) -> Any:
    """A picture or a sound; a picture that does not fit has another try where more fits."""
    asked = ("consult.files.inspection:examine", kind.media_type, pixels)
    try:
        return sandbox.run(*asked, data=data, limits=_LIMITS)
    except SandboxFailure as failure:
        if not kind.image or failure.code not in _DID_NOT_FIT:
            raise
    return sandbox.run(*asked, data=data, limits=_AMPLE)


def _in_turn(data: bytes, kind: FileKind, bounds: Bounds) -> tuple[bytes, float]:
    if not _IN_HAND.acquire(blocking=False):
        raise Invalid({"file": "files_busy"})
    try:
        told = examined(data, kind, bounds.pixels)
    finally:
        _IN_HAND.release()
    return base64.b64decode(told["data"]) if "data" in told else data, float(told.get("seconds", 0))
