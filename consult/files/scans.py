"""What may be attached to a letter: a scan or a photograph, told by its content and never by its name.

It stands for a signed paper and is kept byte for byte; it is never opened here, only handed on as a download.
"""

from dataclasses import dataclass

from consult.errors import Invalid
from consult.files import kinds

LARGEST_SCAN = 20 * 1024 * 1024
_ENDS = {kinds.PDF: (b"%%EOF", 2048), kinds.JPEG: (b"\xff\xd9", 2048), kinds.PNG: (b"IEND", 64)}


@dataclass(frozen=True)
class Scan:
    """A file as it was checked; `name` is only for people, with the ending of what it is."""

    name: str
    media_type: str
    data: bytes


def checked(data: bytes, name: str) -> Scan:
    """A PDF, JPEG or PNG of at most 20 MiB, whole from its beginning to its end.

    Raises Invalid({"scan": code}): `empty_file`, `too_large`, `not_a_scan`.
    """
    if not data:
        raise Invalid({"scan": "empty_file"})
    if len(data) > LARGEST_SCAN:
        raise Invalid({"scan": "too_large"})
    kind = kinds.kind_of(data)
    end, within = _ENDS.get(kind, (b"", 0)) if kind else (b"", 0)
    if kind is None or not end or end not in data[-within:]:
        raise Invalid({"scan": "not_a_scan"})
    return Scan(kinds.named(name, kind, "scan"), kind.media_type, data)
