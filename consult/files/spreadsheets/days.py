"""A day as cells of spreadsheets hold it."""

import re
from datetime import date, timedelta

from consult.text import day_of, one_line

_SERIAL = re.compile(r"[1-5]\d{4}")
"""A day between 1927 and 2064 as spreadsheets count it, where a cell shows the number."""
_EPOCH = date(1899, 12, 30)
_WITHOUT = re.compile(r"^(?:'|ng\Sy )+|[ T]\d{1,2}:\d{2}(?::\d{2}(?:\.\d+)?)?$", re.IGNORECASE)
"""What stands around a day and says nothing of it: the sign by which a cell is text, the word, the time of day."""


def day_in(cell: str) -> date | None:
    """The day in the words of a cell; None for anything else."""
    said = _WITHOUT.sub("", one_line(cell))
    return _EPOCH + timedelta(days=int(said)) if _SERIAL.fullmatch(said) else day_of(said)
