"""Files of a pile: scans and photographs as offices and telephones make them, told by their content."""

from consult import size_limits
from consult.errors import Invalid
from consult.files import kinds, letter_scans, virus_scanner
from consult.files.store import FileStore

Row = tuple[str, str, str, int]
"""Hash, name, media type, size."""


def kept(files: FileStore, data: bytes, name: str) -> Row:
    """Puts a PDF, JPEG, PNG or TIFF into the store. Raises Invalid({"scans": code})."""
    kind = kinds.kind_of(data)
    if kind is kinds.TIFF and len(data) <= size_limits.SCAN:
        try:
            virus_scanner.scan(data)
        except Invalid as wrong:
            raise Invalid({"scans": wrong.errors["file"]}) from wrong
        return files.put(data), kinds.named(name, kind, "scan"), kind.media_type, len(data)
    try:
        scan = letter_scans.checked(data, name)
    except Invalid as wrong:
        raise Invalid({"scans": wrong.errors["scan"]}) from wrong
    return files.put(scan.data), scan.name, scan.media_type, len(scan.data)
