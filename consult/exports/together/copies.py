"""Opinions in the very same words stand in the printed table as one row; everybody else who sent them is named in an
annex. Files with a row for each comment have them all."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace

from consult.exports.cell_texts import Say, sender
from consult.exports.lines import Copy, TableLine
from consult.official_papers.wordml import Words, paragraph

ONE_BY_ONE = "comment"
"""What a body sends stands by itself, and so does a letter."""


def merged(lines: Iterable[TableLine]) -> Iterator[TableLine]:
    """The lines, taken one by one, with every copy that follows its like put into its `copies`."""
    first: TableLine | None = None
    others: list[Copy] = []
    joiners = 0
    for line in lines:
        if first is not None and _is_copy(first, line):
            others.append(Copy(line.number, line.sender, line.area, line.left))
            joiners += line.joiners
            continue
        if first is not None:
            yield _with(first, others, joiners)
        first, others, joiners = line, [], 0
    if first is not None:
        yield _with(first, others, joiners)


def _with(line: TableLine, others: list[Copy], joiners: int) -> TableLine:
    return replace(line, copies=tuple(others), joiners=line.joiners + joiners) if others else line


def _is_copy(one: TableLine, other: TableLine) -> bool:
    """Whether both say the same of the same place, in full, and have the same answer."""
    if not one.copy or _compared(one) != _compared(other):
        return False
    return all(_plain(line) for line in (one, other))


def _compared(line: TableLine) -> tuple[object, ...]:
    """What two lines in the same words have in common, to be one in print."""
    return line.copy, line.group, line.response, line.answer_state, line.quote, line.left, line.sent_place


def _plain(line: TableLine) -> bool:
    private = line.answer is None or line.change is None
    return line.visibility == "public" and line.kind == ONE_BY_ONE and not (line.organisation or line.spoken or private)


@dataclass
class Annex:
    """Who else sent what stands in the rows that passed; names alone, whatever was said."""

    say: Say
    entries: list[tuple[str, str]] = field(default_factory=list)

    def passing(self, lines: Iterable[TableLine]) -> Iterator[TableLine]:
        """The same lines; the copies of each are noted."""
        for line in lines:
            if line.copies:
                self.entries.append((self.say("exports.number", number=line.number), named(line, self.say)))
            yield line

    def paragraphs(self) -> Iterator[str]:
        """The annex behind the table; nothing where every row stands for one."""
        if not self.entries:
            return
        yield paragraph([Words(self.say("exports.annex_of_copies"), "bold")], "CellHead")
        for number, told in self.entries:
            yield paragraph([Words(number, "bold"), Words(f" {told}.")], "Cell")


def named(line: TableLine, say: Say) -> str:
    """Everybody else who sent the very same as this line, by number and as far as they are public; empty for nobody."""
    return "; ".join(_named(one, say) for one in line.copies)


def _named(one: Copy, say: Say) -> str:
    line = TableLine(one.number, "", sender=one.sender, area=one.area, left=one.left, visibility="public")
    words = " ".join(part.text for part in sender(line, say)[0])
    return say("exports.copy", number=one.number, who=words)
