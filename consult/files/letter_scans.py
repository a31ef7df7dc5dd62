"""What may be attached to a letter: a scan or a photograph, told by its content and never by its name.

It stands for a signed paper and is kept byte for byte. Since an officer will open it, a PDF is looked into like any
other that a stranger sends; a picture is only handed on.
"""

import importlib.util
import logging
from dataclasses import dataclass
from typing import Any

from consult import sandbox, size_limits
from consult.errors import Invalid
from consult.files import attachments, kinds, virus_scanner
from consult.files.kinds import FileKind
from consult.sandbox import SandboxFailure

LARGEST_SCAN = size_limits.SCAN
log = logging.getLogger(__name__)
_ENDS = {kinds.PDF: (b"%%EOF", 2048), kinds.JPEG: (b"\xff\xd9", 2048), kinds.PNG: (b"IEND", 64)}


@dataclass(frozen=True)
class Scan:
    """A file as it was checked; `name` is only for people, with the ending of what it is."""

    name: str
    media_type: str
    data: bytes


def checked(data: bytes, name: str) -> Scan:
    """A PDF, JPEG or PNG of at most 20 MiB, whole from its beginning to its end.

    Raises Invalid({"scan": code}): `empty_file`, `scan_too_large`, `not_a_scan`, and what `attachments.examined`
    raises.
    """
    if not data:
        raise Invalid({"scan": "empty_file"})
    if len(data) > LARGEST_SCAN:
        raise Invalid({"scan": "scan_too_large"})
    kind = kinds.kind_of(data)
    end, within = _ENDS.get(kind, (b"", 0)) if kind else (b"", 0)
    if kind is None or not end or end not in data[-within:]:
        raise Invalid({"scan": "not_a_scan"})
    _look_into(data, kind)
    return Scan(kinds.named(name, kind, "scan"), kind.media_type, data)


def signatures(scan: Scan) -> list[dict[str, str]] | None:
    """The electronic signatures in a PDF, as `pdf_signatures.examine` tells them; None where they were not looked at:
    for another kind of file, without the optional package, or when it could not be read for them."""
    if scan.media_type != kinds.PDF.media_type or importlib.util.find_spec("pyhanko") is None:
        return None
    try:
        told: Any = sandbox.run("consult.files.pdf_signatures:examine", data=scan.data)
    except SandboxFailure:
        log.warning("the signatures of a PDF could not be looked at", exc_info=True)
        return None
    return list(told)


def _look_into(data: bytes, kind: FileKind) -> None:
    try:
        if kind is kinds.PDF:
            attachments.examined(data, kind, 0)
        else:
            virus_scanner.scan(data)
    except Invalid as invalid:
        raise Invalid({"scan": invalid.errors["file"]}) from invalid
