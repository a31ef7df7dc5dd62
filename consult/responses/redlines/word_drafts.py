"""Drafts as Word files that changes can be written into: the file as it was given, or what LibreOffice makes of a file
of another word processor (.doc, .rtf, .odt), as it did when that was read."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from consult.consultations.document_models import Revision
from consult.errors import Refused
from consult.files.bounded_cache import BoundedCache
from consult.files.store import FileStore
from consult.sandbox import Data, conversion

DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
CONVERTED = {media_type: code for code, (_ending, media_type, _called) in conversion.FORMATS.items()}
"""By the type of a file that is turned into DOCX first: the code that `conversion` knows it by."""


def is_word(revision: Revision) -> bool:
    """Whether changes can be written into a draft: it is a Word file, or a text that can be turned into one."""
    return revision.media_type == DOCX or is_converted(revision)


def is_converted(revision: Revision) -> bool:
    """Whether a draft was given as a file of another word processor."""
    return revision.media_type in CONVERTED


@dataclass(frozen=True)
class WordDrafts:
    """The Word files of drafts: those that were given lie in `files`, what was made of others in `converted`, from
    which it may go at any time."""

    files: FileStore
    converted: BoundedCache

    @contextmanager
    def opened(self, revision: Revision) -> Iterator[Data]:
        """The Word file of a draft. Slow where it has to be made first. Raises DamagedFile; SandboxFailure as
        `conversion.as_docx`; Refused("redline_no_converter") where the machine has no LibreOffice (any more)."""
        if not is_converted(revision):
            with self.files.opened(revision.file_hash) as file:
                yield file
            return
        yield self.converted.get(_name(revision)) or self._made(revision)

    def _made(self, revision: Revision) -> bytes:
        if conversion.program() is None:
            raise Refused("redline_no_converter")
        made = conversion.as_docx(self.files.get(revision.file_hash), CONVERTED[revision.media_type])
        self.converted.put(_name(revision), made)
        return made


def _name(revision: Revision) -> str:
    return f"{revision.file_hash}.docx"
