"""The rows of a table in a spreadsheet, by the names of its columns.

People put a title above the head, merge cells over two lines, rename columns, move them, and add their own. The line
that names most of the columns is the head; what it does not tell is asked for (`mapped`).
"""

import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from consult.errors import Invalid
from consult.files.spreadsheets.sheets import Sheet
from consult.text import one_line, searched

HEAD_WITHIN = 30
"""Lines of a sheet among which its head is looked for."""
LINES_OF_A_HEAD = 3
_WORDS = re.compile(r"[^\W_]+")


@dataclass(frozen=True)
class Column:
    """A column by the key of what stands in it, with every name it may bear; the first is that of the template."""

    key: str
    names: tuple[str, ...]
    needed: bool = False

    @property
    def title(self) -> str:
        """What the template calls it."""
        return self.names[0]


@dataclass(frozen=True)
class Record:
    """One row: its number as the program shows it, what it says by the key of each column found, and the codes of what
    is wrong with cells before anything is asked of them."""

    number: int
    values: Mapping[str, str]
    problems: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Table:
    """A table found in a sheet: where each column stands, what stands there that nobody asked for, and its rows."""

    sheet: str
    head: int
    places: Mapping[str, int]
    others: Mapping[int, str]
    missing: tuple[str, ...]
    records: tuple[Record, ...]

    def cell(self, record: Record, key: str) -> str:
        """The name of a cell as the program shows it: `C17`; only the row where the column is not there."""
        return f"{letters(self.places[key])}{record.number}" if key in self.places else str(record.number)


def table(sheets: Sequence[Sheet], columns: Sequence[Column], mapped: Mapping[str, int] | None = None) -> Table:
    """The table that has most of `columns`, in whichever sheet; `mapped` says of some at which index they stand.

    Raises Invalid({"file": "no_such_table"}) when no line names two of them: it is another sheet. Columns that are
    needed and not found are `missing`, and nothing is concluded about rows until somebody says where they stand.
    """
    best = max(
        ((sheet, index, _named(sheet, index, columns)) for sheet in sheets for index in _heads(sheet)),
        key=lambda one: len(one[2]),
        default=None,
    )
    if best is None or len(best[2]) < min(2, len(columns)):
        raise Invalid({"file": "no_such_table"})
    sheet, index, found = best
    said = _titles(sheet, index)
    places = _with(found, mapped or {}, said)
    others = {at: title for at, title in said.items() if at not in places.values()}
    missing = tuple(one.key for one in columns if one.needed and one.key not in places)
    return Table(sheet.name, sheet.lines[index].number, places, others, missing, tuple(_records(sheet, index, places)))


def letters(index: int) -> str:
    """The name of the column at `index`, from 0: A, B, …, Z, AA."""
    name, rest = "", index + 1
    while rest:
        rest, digit = divmod(rest - 1, 26)
        name = chr(ord("A") + digit) + name
    return name


def _heads(sheet: Sheet) -> range:
    return range(min(HEAD_WITHIN, len(sheet.lines)))


def _titles(sheet: Sheet, index: int) -> dict[int, str]:
    """What stands above each column: in the line of the head or, where cells are merged over several lines, above."""
    above = range(max(0, index - LINES_OF_A_HEAD + 1), index + 1)
    near = [sheet.lines[at] for at in above if sheet.lines[index].number - sheet.lines[at].number < LINES_OF_A_HEAD]
    said: dict[int, str] = {}
    for line in near:
        said.update({at: one_line(cell) for at, cell in enumerate(line.cells) if one_line(cell)})
    return said


def _named(sheet: Sheet, index: int, columns: Sequence[Column]) -> dict[str, int]:
    """Which columns a line names, each at the first place that bears one of its names; none when the line itself, not
    only those above it, names nothing."""
    own = {bare(cell) for cell in sheet.lines[index].cells}
    names = {bare(name): one.key for one in reversed(columns) for name in reversed(one.names)}
    if not own & names.keys():
        return {}
    found: dict[str, int] = {}
    for at, title in sorted(_titles(sheet, index).items()):
        key = names.get(bare(title))
        if key is not None:
            found.setdefault(key, at)
    return found


def _with(found: Mapping[str, int], mapped: Mapping[str, int], said: Collection[int]) -> dict[str, int]:
    """The places found, and over them those that somebody named; two columns never stand at one place."""
    named = {key: at for key, at in mapped.items() if at in said}
    return {**{key: at for key, at in found.items() if key not in named and at not in named.values()}, **named}


def bare(title: str) -> str:
    """A title as it is compared: without accents, case, signs, and what stands in brackets behind it."""
    return " ".join(_WORDS.findall(searched(re.sub(r"\([^()]*\)", " ", title))))


def _records(sheet: Sheet, index: int, places: Mapping[str, int]) -> Iterator[Record]:
    head = [bare(cell) for cell in sheet.lines[index].cells]
    for line in sheet.lines[index + 1 :]:
        if _says_again(line.cells, head):
            continue  # As printed on each page.
        values = {key: line.cells[at] if at < len(line.cells) else "" for key, at in places.items()}
        problems = {key: line.problems[at] for key, at in places.items() if at in line.problems}
        if any(value.strip() for value in values.values()) or problems:
            yield Record(line.number, values, problems)


def _says_again(cells: Sequence[str], head: Sequence[str]) -> bool:
    """Whether a line is the head once more; nearly all are told apart by their first cell."""
    return len(cells) == len(head) and all(bare(cell) == title for cell, title in zip(cells, head, strict=True))
