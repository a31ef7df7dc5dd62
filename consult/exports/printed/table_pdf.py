"""The printed table as a tagged PDF (PDF/UA-1), up to so many rows: typst holds the whole of it, a quarter of a
megabyte for each row. A longer one is for Word, which also cuts it into pages much sooner."""

from collections.abc import Callable, Iterable
from itertools import islice
from pkgutil import resolve_name
from typing import IO

from consult.exports.cell_texts import Say
from consult.exports.lines import TableHead, TableLine
from consult.exports.printed.placed import placed
from consult.exports.together.copies import Annex, merged

MOST_ROWS = 1_000


class TooLong(Exception):
    """The table has more rows than a PDF of it may have."""


def write(file: IO[bytes], head: TableHead, lines: Iterable[TableLine], say: Say) -> None:
    """Writes the PDF; `lines` are taken one by one, in the order of print. Raises TooLong, when nothing is written."""
    annex = Annex(say)
    # One more than there may be is enough to know: what comes behind is never read.
    rows = list(islice(placed(head, annex.passing(merged(lines))), MOST_ROWS + 1))
    if len(rows) > MOST_ROWS:
        raise TooLong
    # By its name: a table that is too long loads nothing of what sets a PDF.
    pdf_of: Callable[..., bytes] = resolve_name("consult.exports.printed.typeset_table:pdf_of")
    file.write(pdf_of(head, rows, annex, say))
