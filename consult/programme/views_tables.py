"""Lists as files for programs: what is read is read at once, and leaves line by line, so that the first byte of a long
one does not wait for the last."""

import csv
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from io import StringIO
from itertools import islice

from flask import Response

from consult.exports.plain.table_csv import neutral
from consult.programme.views_frame import NO_STORE
from consult.text import one_line
from consult.web.files import downloads

AT_ONCE = 500
KNOWN = 5_000
"""Cells that are told again and again: names, days, kinds."""


def table(columns: Sequence[str], lines: Iterable[Sequence[str]], name: str) -> Response:
    """A CSV of these columns as a file to be saved. `lines` are cells as they are known, and read no database any
    more; they are cleaned as a spreadsheet needs it."""
    made = Response(_written(columns, iter(lines)), mimetype="text/csv", headers=NO_STORE)
    return downloads.attached(made, name)


def _written(columns: Sequence[str], lines: Iterator[Sequence[str]]) -> Iterator[str]:
    yield "\ufeff" + _rows([columns])
    while some := list(islice(lines, AT_ONCE)):
        yield _rows([_cell(value) for value in line] for line in some)


def _rows(lines: Iterable[Sequence[str]]) -> str:
    text = StringIO(newline="")
    csv.writer(text).writerows(lines)
    return text.getvalue()


@lru_cache(maxsize=KNOWN)
def _cell(value: str) -> str:
    return neutral(one_line(value))
