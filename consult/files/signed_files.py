"""The file of a paper that was signed elsewhere, as it is kept beside what is recorded of the paper."""

from dataclasses import dataclass

from consult import size_limits
from consult.errors import Invalid
from consult.files import attachments, kinds
from consult.files.store import FileStore


@dataclass(frozen=True)
class KeptFile:
    """A file that is in the store by now."""

    hash: str
    name: str
    media_type: str
    size: int


def keep_file(files: FileStore, data: bytes, name: str) -> KeptFile:
    """Looks into the file of a letter, PDF or DOCX, and keeps it as it came; slow, and therefore before any lock.
    Raises Invalid({"file": code})."""
    if data and kinds.kind_of(data) not in {kinds.PDF, kinds.WORD}:
        raise Invalid({"file": "not_a_letter_file"})
    found = attachments.checked(data, name, attachments.Bounds(largest=size_limits.SCAN), {kinds.PDF, kinds.WORD})
    return KeptFile(files.put(data), found.name, found.media_type, len(data))
