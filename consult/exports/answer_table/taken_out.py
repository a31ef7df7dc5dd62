"""What a table that leaves says of itself, in the property that nobody sees: by it a row that was deleted is missed."""

from collections.abc import Iterable
from xml.sax.saxutils import escape

from consult.responses.answer_tables.codes import RowCode
from consult.responses.answer_tables.words import PROPERTY

PART = "docProps/custom.xml"
MEDIA_TYPE = "application/vnd.openxmlformats-officedocument.custom-properties+xml"
RELATED = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/custom-properties"
_PROPERTIES = "http://schemas.openxmlformats.org/officeDocument/2006"
_FORMAT = "{D5CDD505-2E9C-101B-9397-08002B2CF9AE}"


def names(codes: Iterable[RowCode]) -> str:
    """The rows by their names, in the order of the file."""
    return " ".join(code.name for code in codes)


def custom_properties(told: str) -> str:
    """The part of a Word file that holds it."""
    return (
        '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
        f'<Properties xmlns="{_PROPERTIES}/custom-properties" xmlns:vt="{_PROPERTIES}/docPropsVTypes">'
        f'<property fmtid="{_FORMAT}" pid="2" name="{PROPERTY}"><vt:lpwstr>{escape(told)}</vt:lpwstr></property>'
        "</Properties>"
    )
