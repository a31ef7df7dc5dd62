"""Points pasted as a table from Word, Excel or a mail: the four columns in which an agency returns what it says (place,
wording of the draft, wording proposed, reason), with or without their head."""

from functools import cache

from consult.catalogues import sentence
from consult.errors import Invalid
from consult.files.spreadsheets import tables
from consult.files.spreadsheets.pasted import TAB, sheet
from consult.files.spreadsheets.sheets import Line, Sheet
from consult.files.spreadsheets.tables import Column

PLACE, WORDING, TEXT, PROPOSED, REASON = "place", "wording", "text", "proposed", "reason"
KEYS = (PLACE, WORDING, TEXT, PROPOSED, REASON)
FORM = {4: (PLACE, WORDING, PROPOSED, REASON), 3: (PLACE, PROPOSED, REASON), 2: (PLACE, TEXT)}
"""What stands in each column of a table without a head, by how many it has."""


def is_table(pasted: str) -> bool:
    """Whether a text was pasted from a table."""
    return TAB in pasted


def rows(pasted: str) -> list[dict[str, str]]:
    """What each row says, by `KEYS`; a place that is said once stands for the rows below it. A row that names no column
    and fits none stays whole in its text."""
    found = sheet(pasted)
    said = _named(found) or [_by_order(line) for line in _unnumbered(found).lines]
    place = ""
    for one in said:
        place = one.get(PLACE, "").strip() or place
        one[PLACE] = place
    return [one for one in said if any(one.get(key, "").strip() for key in (TEXT, PROPOSED, REASON))]


@cache
def _columns() -> tuple[Column, ...]:
    return tuple(Column(key, tuple(sentence("vi", f"pasted_table.{key}", {}).split("|"))) for key in KEYS)


def _named(found: Sheet) -> list[dict[str, str]]:
    try:
        table = tables.table([found], _columns())
    except Invalid:
        return []
    return [dict(record.values) for record in table.records]


def _unnumbered(found: Sheet) -> Sheet:
    """The rows without a first column that only counts them."""
    if not all(line.cells[0].strip().rstrip(".").isdigit() for line in found.lines):
        return found
    return Sheet(found.name, [Line(line.number, line.cells[1:]) for line in found.lines])


def _by_order(line: Line) -> dict[str, str]:
    cells = [cell.strip() for cell in line.cells]
    while cells and not cells[-1]:
        cells.pop()
    wide = max(len(cells), 2)
    if wide not in FORM:
        return {TEXT: " – ".join(filter(None, cells))}
    return dict(zip(FORM[wide], cells, strict=False))
