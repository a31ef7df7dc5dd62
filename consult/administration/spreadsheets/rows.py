"""What a row of a spreadsheet would do, and what is wrong with it, cell by cell."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum
from typing import Any, Protocol

from sqlalchemy.orm import Session

from consult.administration.spreadsheets.columns import coded
from consult.files.spreadsheets.days import day_in
from consult.files.spreadsheets.tables import Record, Table
from consult.policy import Actor
from consult.text import blank, one_line


class Outcome(StrEnum):
    """What a row means for the database."""

    NEW = "new"
    CHANGED = "changed"
    KNOWN = "known"
    WRONG = "wrong"


@dataclass(frozen=True)
class Problem:
    """What is wrong with a cell: its name as the program shows it, the key of its column, what stands there, and why
    it cannot (`error.<code>`, filled with `values`)."""

    cell: str
    key: str
    text: str
    code: str
    values: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class Planned:
    """A row: its number, what it is about, what it would do and with what; `problems` of one that is wrong, `changes`
    by column from what stands there now; `said` is the name in the file of what is known by its code under another."""

    number: int
    about: str
    outcome: Outcome
    what: Mapping[str, Any] = field(default_factory=dict)
    problems: tuple[Problem, ...] = ()
    changes: Mapping[str, tuple[str, str]] = field(default_factory=dict)
    said: str = ""


class Reader(Protocol):
    """Knows what the rows of one kind of spreadsheet mean."""

    def plan(self, session: Session, table: Table, actor: Actor, now: datetime) -> list[Planned]:
        """What each row would do, in a number of statements that does not grow with the rows."""
        ...

    def write(self, session: Session, rows: list[Planned], actor: Actor, now: datetime) -> dict[str, Any]:
        """Does it, inside a transaction that keeps what it touches to itself; returns what else is told of it."""
        ...


class Row:
    """A record while it is read: every wrong cell is noted, and reading goes on."""

    def __init__(self, table: Table, record: Record) -> None:
        self.table, self.record = table, record
        self.problems: list[Problem] = []
        for key, code in record.problems.items():
            self.wrong(key, code)

    def wrong(self, key: str, code: str, **values: Any) -> None:
        """Notes that a cell is wrong, once."""
        if all(one.key != key for one in self.problems):
            place = self.table.cell(self.record, key)
            self.problems.append(Problem(place, key, self.record.values.get(key, ""), code, values))

    def text(self, key: str, longest: int, needed: bool = False) -> str:
        """The words of a cell, on one line."""
        said = one_line(self.record.values.get(key, ""))
        if len(said) > longest:
            self.wrong(key, "too_long")
        if needed and blank(said):
            self.wrong(key, "required")
        return said

    def word(self, key: str, needed: bool = False) -> str | None:
        """The code of the word in a cell; None where there is none."""
        said = self.text(key, 300, needed)
        code = coded(key, said) if said else None
        if said and code is None:
            self.wrong(key, "not_in_the_list")
        return code

    def day(self, key: str, needed: bool = False) -> date | None:
        """The day in a cell; None where there is none."""
        said = self.text(key, 40, needed)
        day = day_in(said) if said else None
        if said and day is None:
            self.wrong(key, "not_a_date")
        return day

    def checked(self, key: str, check: Callable[[str], str | None], said: str) -> None:
        """Notes what `check` finds wrong with the words of a cell."""
        if said and (code := check(said)):
            self.wrong(key, code)

    def once(self, key: str, seen: dict[Any, int], what: Any) -> None:
        """Notes that an earlier row of the file says the same."""
        first = seen.setdefault(what, self.record.number)
        if first != self.record.number:
            self.wrong(key, "same_as_row", number=first)

    def planned(
        self, about: str, what: Mapping[str, Any], present: Mapping[str, str] | None, said: Mapping[str, str]
    ) -> Planned:
        """The row as it was read: new where nothing is `present`, and otherwise changed in what it says (`said`, empty
        cells say nothing) and is otherwise now."""
        if self.problems:
            return Planned(self.record.number, about, Outcome.WRONG, problems=tuple(self.problems))
        if present is None:
            return Planned(self.record.number, about, Outcome.NEW, what)
        changes = {key: (present[key], text) for key, text in said.items() if text and text != present[key]}
        outcome = Outcome.CHANGED if changes else Outcome.KNOWN
        return Planned(self.record.number, about, outcome, what, changes=changes)
