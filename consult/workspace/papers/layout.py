"""Where a letter departs from the layout of Nghị định 30/2020/NĐ-CP, read in the sandbox as any stranger's file is."""

from dataclasses import dataclass
from typing import Any

from consult import sandbox, size_limits
from consult.errors import Invalid
from consult.files import attachments, kinds
from consult.files.kinds import FileKind
from consult.sandbox import Limits, SandboxFailure

_MEGABYTE = 1024 * 1024
READERS = {
    kinds.WORD: "consult.official_papers.layout.word:check",
    kinds.PDF: "consult.official_papers.layout.pdf:check",
}
_LIMITS = Limits(memory=320 * _MEGABYTE, processor_seconds=6, seconds=30.0, answer=_MEGABYTE)
_BUSY = {"no_place": "files_busy", "no_walls": "files_closed"}


@dataclass(frozen=True)
class Advice:
    """What was looked at, whether it is as the decree has it, and what is found there."""

    code: str
    state: str
    found: str


def checked(data: bytes) -> list[Advice]:
    """What there is to say of a Word file or a PDF. Nothing of it is kept.

    Raises Invalid({"file": code}): `empty_file`, `file_too_large`, `no_paper` for any other file, and what
    `attachments.examined` raises.
    """
    if not data:
        raise Invalid({"file": "empty_file"})
    if len(data) > size_limits.SCAN:
        raise Invalid({"file": "file_too_large"})
    kind = kinds.kind_of(data)
    if kind not in READERS:
        raise Invalid({"file": "no_paper"})
    attachments.examined(data, kind, 0)
    return _read(data, kind)


def readable(media_type: str) -> bool:
    """Whether there is anything to read in a file of this type."""
    return any(kind.media_type == media_type for kind in READERS)


def _read(data: bytes, kind: FileKind) -> list[Advice]:
    try:
        told: Any = sandbox.run(READERS[kind], data=data, limits=_LIMITS)
    except SandboxFailure as failure:
        raise Invalid({"file": _BUSY.get(failure.code, "damaged_file")}) from failure
    return [Advice(one["code"], one["state"], one["found"]) for one in told]
