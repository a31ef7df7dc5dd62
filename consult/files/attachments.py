"""What anybody may send with a comment: pictures, PDF, Word files and sounds, told by their content and opened in the
sandbox. Pictures are painted anew and sounds lose their tags, so that nobody tells a place without meaning to.
"""

import base64
import logging
import threading
from collections.abc import Collection
from dataclasses import dataclass
from typing import Any

from consult import sandbox
from consult.errors import Invalid
from consult.files import kinds
from consult.files.kinds import FileKind
from consult.sandbox import NO_PLACE, Limits, SandboxFailure

log = logging.getLogger(__name__)
_EXAMINE = "consult.files.examining:examine"
_LIMITS = Limits(seconds=30.0, processor_seconds=15, answer=96 * 1024 * 1024)
_IN_HAND = threading.BoundedSemaphore(3)
"""So many files are looked at, or wait for it, in one process. Each keeps one of its four threads (deploy/) from who
only reads, and a crowd with photographs must not keep them all."""

_TOO_HARD = frozenset({"too_slow", "too_much_memory", "too_large"})


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

    Raises Invalid({"file": code}): `empty_file`, `file_too_large`, `not_an_attachment`, `heic_photo`, `damaged_file`,
    `locked_file`, `with_macros`, `with_remote_parts`, `not_a_sound`, `too_many_pixels`, `too_large_inside`,
    `file_too_hard`; `files_busy` when so many are being looked at that the turn of this one did not come.
    """
    if not data:
        raise Invalid({"file": "empty_file"})
    if len(data) > bounds.largest:
        raise Invalid({"file": "file_too_large"})
    kind = kinds.kind_of(data)
    if kind is kinds.HEIC:
        raise Invalid({"file": "heic_photo"})
    if kind is None or kind not in only:
        raise Invalid({"file": "not_an_attachment"})
    kept, seconds = _in_turn(data, kind, bounds)
    return CheckedFile(kinds.named(name, kind, "tep"), kind.media_type, kept, seconds)


def _in_turn(data: bytes, kind: FileKind, bounds: Bounds) -> tuple[bytes, float]:
    if not _IN_HAND.acquire(blocking=False):
        raise Invalid({"file": "files_busy"})
    try:
        return _examined(data, kind, bounds)
    finally:
        _IN_HAND.release()


def _examined(data: bytes, kind: FileKind, bounds: Bounds) -> tuple[bytes, float]:
    try:
        told: Any = sandbox.run(_EXAMINE, kind.media_type, bounds.pixels, data=data, limits=_LIMITS)
    except SandboxFailure as failure:
        log.info("a %s was not taken: %s", kind.media_type, failure)
        if failure.detail == NO_PLACE:
            raise Invalid({"file": "files_busy"}) from failure
        code = "damaged_file" if failure.code == "damaged" else failure.code
        raise Invalid({"file": "file_too_hard" if code in _TOO_HARD else code}) from failure
    return base64.b64decode(told["data"]) if "data" in told else data, float(told.get("seconds", 0))
