"""What stands below each other in the printed table: Word file, workbook and PDF go by the same rows."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from consult.exports import cell_texts
from consult.exports.cell_texts import Say
from consult.exports.lines import TableHead, TableLine
from consult.official_papers.wordml import Paragraph, Words

SHARES = {
    "mau_10": {"number": 5, "topic": 19, "contributor": 17, "opinion": 33, "answer": 31},
    cell_texts.EIA_FORM: {"number": 6, "topic": 18, "opinion": 38, "answer": 35, "contributor": 21},
}
"""How wide the columns of each form are beside each other."""


@dataclass(frozen=True)
class Placed:
    """One row: a `heading` over the whole width, a line with its `position` in its block, or neither: nothing came."""

    heading: str = ""
    line: TableLine | None = None
    position: int = 0


def shares_of(head: TableHead) -> list[int]:
    """How wide each column of the table is, in hundredths of it."""
    own = SHARES[head.form]
    whole = sum(own[column] for column in head.columns)
    found = [own[column] * 100 // whole for column in head.columns]
    found[-1] += 100 - sum(found)
    return found


def names_of(head: TableHead) -> list[str]:
    """The names of the columns as the form prints them."""
    plain = head.form == cell_texts.EIA_FORM
    return [head.headings[column] if plain else head.headings[column].upper() for column in head.columns]


def placed(head: TableHead, lines: Iterable[TableLine]) -> Iterator[Placed]:
    """The rows of the table, lines taken one by one; without any, a row that says so, and the same for every block."""
    if head.blocks:
        yield from _blocks(head, lines)
        return
    none = True
    for line in lines:
        none = False
        yield Placed(line=line)
    if none:
        yield Placed()


def words_of(said: Iterable[Paragraph]) -> str:
    """The paragraphs of a cell as its lines."""
    return "\n".join("".join(part.text for part in paragraph) for paragraph in said)


def _blocks(head: TableHead, lines: Iterable[TableLine]) -> Iterator[Placed]:
    waiting, block, position = list(head.blocks), "", 0
    for line in lines:
        while waiting and block != line.block:
            code, words = waiting.pop(0)
            yield Placed(words)
            block, position = code, 0
            if code != line.block:
                yield Placed()
        position += 1
        yield Placed(line=line, position=position)
    for _code, words in waiting:
        yield Placed(words)
        yield Placed()


@dataclass
class Cells:
    """The cells of row after row where none is merged: what an answer said before is named, and not said again."""

    head: TableHead
    say: Say
    before: TableLine | None = None
    first: int = 0

    def of(self, row: Placed, again: bool = False) -> list[list[Paragraph]]:
        """The cells of a row that has a line; `again` tells a place that goes on from one that begins."""
        line = row.line
        assert line is not None
        alike = self.before is not None and self.before.group == line.group
        same = alike and self.before is not None and line.response == self.before.response is not None
        if not same:
            self.first = line.number
        found = [self._said(column, row, again and alike, same) for column in self.head.columns]
        self.before = replace(line, text="", proposed="", reason="", quote="", answer="", change="", copies=())
        return found

    def _said(self, column: str, row: Placed, again: bool, same: bool) -> list[Paragraph]:
        line = row.line
        assert line is not None
        if column == "topic" and again:
            return cell_texts.topic(line, self.say, again)
        if column == "answer" and same:
            result = Words(f"{self.say(f'disposition.{line.disposition}')}.", "bold")
            return [[result], [Words(self.say("exports.as_answered", number=self.first), "italic")]]
        return cell_texts.cell(column, line, row.position, self.say)
