"""A page of the table cut into the sections that the page shows: one for each place, or each block of the form."""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby

from consult.exports.lines import TableLine
from consult.exports.service import TablePage
from consult.exports.together.copies import merged


@dataclass(frozen=True)
class SectionLine:
    """A line as the page shows it: its `position` in its block, and the number of the comment before it in the same
    place that has the same answer (None: the answer stands here)."""

    line: TableLine
    position: int
    same_as: int | None


@dataclass(frozen=True)
class Section:
    """Lines under one heading."""

    heading: str
    subject: str
    lines: list[SectionLine]


def sections(sheet: TablePage) -> list[Section]:
    """The sections of a page, in order."""
    lines = list(merged(sheet.lines))
    return list(_blocks(sheet, lines) if sheet.head.blocks else _places(lines))


def _places(every: list[TableLine]) -> Iterator[Section]:
    for _group, same in groupby(every, key=lambda line: (line.group, line.place)):
        lines = list(same)
        yield Section(lines[0].place, lines[0].subject, _shown(lines))


def _blocks(sheet: TablePage, every: list[TableLine]) -> Iterator[Section]:
    words = dict(sheet.head.blocks)
    for block, same in groupby(every, key=lambda line: line.block):
        yield Section(words[block], "", _shown(list(same)))


def _shown(lines: list[TableLine]) -> list[SectionLine]:
    found: list[SectionLine] = []
    for position, line in enumerate(lines, start=1):
        before = lines[position - 2] if position > 1 else None
        same = before is not None and before.group == line.group and line.response == before.response is not None
        first = found[-1].same_as or found[-1].line.number if same else None
        found.append(SectionLine(line, position, first))
    return found
