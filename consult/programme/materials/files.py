"""The file of a publication, looked into as its form asks."""

from consult import size_limits
from consult.errors import Invalid
from consult.files import attachments, films, kinds
from consult.files.signed_files import KeptFile, keep_file
from consult.files.store import FileStore
from consult.programme.words import MaterialForm


def keep(files: FileStore, data: bytes, name: str, form: str) -> KeptFile:
    """The file kept by now: a sound without its tags, a film as it came, of all else a PDF or a Word file. Slow, and
    therefore before any lock. Raises Invalid({"file": code})."""
    if form == MaterialForm.FILM:
        return films.keep_film(files, data, name)
    if form != MaterialForm.SOUND:
        return keep_file(files, data, name)
    if data and kinds.kind_of(data) not in kinds.SOUNDS:
        raise Invalid({"file": "not_a_sound"})
    opened = attachments.checked(data, name, attachments.Bounds(largest=size_limits.SCAN), kinds.SOUNDS)
    return KeptFile(files.put(opened.data), opened.name, opened.media_type, len(opened.data))
