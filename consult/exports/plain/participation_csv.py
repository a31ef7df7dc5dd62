"""Who took part in a matter as CSV: a line for each number of the page; docs/open-data.md names the columns."""

import csv
from collections.abc import Callable, Iterator
from io import StringIO

from consult.exports.plain.table_csv import neutral
from consult.responses.statistics.participation import Participation
from consult.responses.statistics.suppression import LEAST, Cell
from consult.responses.words import Disposition
from consult.submissions import anchors

COLUMNS = ("breakdown", "what", "number")
Say = Callable[..., str]
Line = tuple[str, str, str]


def csv_of(told: Participation, say: Say, former: bool = False) -> bytes:
    """UTF-8 with a byte order mark, so that spreadsheets show Vietnamese. What is not told is empty, a number of people
    under five "<5". With `former` people are told by the units before, instead of those of today."""
    text = StringIO(newline="")
    writer = csv.writer(text)
    writer.writerow(COLUMNS)
    writer.writerows([neutral(value) for value in line] for line in _lines(told, say, former))
    return text.getvalue().encode("utf-8-sig")


def _lines(told: Participation, say: Say, former: bool) -> Iterator[Line]:
    yield "total", "comments", str(told.comments)
    yield "total", "joiners", str(told.joiners)
    yield from (("day", day.isoformat(), str(count)) for day, count in told.days)
    for place in told.places:
        yield "place", anchors.labels_of(place.names, say), str(place.comments)
    yield "place", "others", str(told.elsewhere)
    yield "sender", "citizens", _number(told.people)
    yield "sender", "organisations", str(told.letters)
    yield "sender", "critiques", str(told.critiques)
    yield from (("contributor", code, str(count)) for code, count in told.bodies)
    yield from (("disposition", one.value, str(told.dispositions.get(one.value, 0))) for one in Disposition)
    breakdown = "former_area" if former else "area"
    for area in (told.former if former else told.areas) or []:
        yield breakdown, area.name or "not_given", _number(area.people)


def _number(cell: Cell) -> str:
    if cell.count is not None:
        return str(cell.count)
    return f"<{LEAST}" if cell.few else ""
