"""What each row of a spreadsheet says, and what is wrong with it, cell by cell; nothing is written here."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date

from consult.collections.clause_list import Clause
from consult.collections.inputs import NewGathering, NewOpinion
from consult.collections.recording import checking
from consult.collections.spreadsheet import columns
from consult.collections.words import Gathered, WayIn
from consult.errors import NotFound
from consult.files.spreadsheets.days import day_in
from consult.files.spreadsheets.tables import Record, Table
from consult.outline import citations
from consult.submissions import anchors, clause_codes
from consult.text import blank, folded, one_line, stored

_CODED = re.compile(r".*\[([^\[\]]+)\]\s*", re.DOTALL)
_NUMBER = re.compile(r"\d{1,6}")
_WAYS = frozenset({"how", "place", "held_on", "people"})


@dataclass
class Row:
    """A row: its number as the program shows it, its cells by column, what they say, its hidden key, and the codes of
    what is wrong with them."""

    number: int
    cells: Mapping[str, str]
    gathering: NewGathering
    opinion: NewOpinion
    key: str
    problems: dict[str, str] = field(default_factory=dict)

    @property
    def of(self) -> tuple[Gathered, str, date | None]:
        """Which gathering it belongs to: place and day say which."""
        return self.gathering.how, folded(self.gathering.place), self.gathering.held_on


class WhichDraft(NotFound):
    """A number is another clause in another draft, and the cell does not say which draft is meant."""


class Clauses:
    """The clauses of the matter, by every way in which a cell may name one."""

    def __init__(self, clauses: Sequence[Clause]) -> None:
        whole = [(one.words, one.anchor) for one in clauses]
        self.named = citations.by_words(whole + [(words.partition(":")[0], anchor) for words, anchor in whole])
        self.without_draft: dict[str, set[str]] = {}
        for one in clauses:
            if one.bare:
                for key in (*citations.keys_of(one.bare), one.anchor.rpartition("/")[2]):
                    self.without_draft.setdefault(key, set()).add(one.anchor)

    def anchor(self, cell: str) -> str:
        """The anchor that a cell names: in brackets, in words, or as the code on paper. Raises NotFound, and WhichDraft
        for a number that several drafts have for different clauses."""
        said = one_line(cell)
        if not said:
            return ""
        if (coded := _CODED.fullmatch(said)) is not None:
            anchors.parse(coded[1])
            return coded[1]
        if found := self._without_draft(said) or citations.meant(said, self.named):
            return found
        code = clause_codes.read(said)
        if code.revision:
            return anchors.written(code.document, code.revision, code.path)
        return self._without_draft(code.path) or code.path

    def _without_draft(self, words: str) -> str:
        found: set[str] = next(
            (self.without_draft[one] for one in citations.keys_of(words) if one in self.without_draft), set()
        )
        if len(found) > len({one.rpartition("/")[0] for one in found}):
            raise NotFound
        if len(found) > 1:
            raise WhichDraft
        return next(iter(found), "")


def read(table: Table, clauses: Sequence[Clause], today: date) -> list[Row]:
    """Every row of the table that says anything. Where nothing tells of which gathering a row is, it is of the same as
    the row above, as people leave it out and as cells that were merged come."""
    known, found = Clauses(clauses), []
    above: Mapping[str, str] = {}
    for record in table.records:
        cells = {key: stored(value) for key, value in record.values.items()}
        # A formula whose result nobody stored says something, though no word of it is here.
        if not record.problems and all(blank(cells.get(key)) for key in columns.KEYS if key != "row_key"):
            continue
        if all(blank(cells.get(key)) for key in columns.OF_THE_GATHERING):
            cells |= {key: above.get(key, "") for key in columns.OF_THE_GATHERING}
        elif blank(cells.get("how")):
            cells["how"] = above.get("how", "")
        above = cells
        found.append(_row(record, cells, known, today))
    return found


def _row(record: Record, cells: Mapping[str, str], known: Clauses, today: date) -> Row:
    problems = dict(record.problems)
    gathering = _gathering(cells, problems)
    row = Row(record.number, cells, gathering, _opinion(cells, known, problems), one_line(cells.get("row_key", "")))
    wrong = checking.of_gathering(gathering, today)
    named = {name.rpartition(".")[2]: code for name, code in wrong.items()}
    row.problems = {**{key: code for key, code in named.items() if key in _WAYS}, **problems}
    return row


def _gathering(cells: Mapping[str, str], problems: dict[str, str]) -> NewGathering:
    how = columns.how(cells.get("how", ""))
    if how is None:
        problems.setdefault("how", "required" if blank(cells.get("how")) else "not_on_the_list")
    day = day_in(cells.get("held_on", ""))
    if day is None and not blank(cells.get("held_on")):
        problems.setdefault("held_on", "not_a_date")
    # Without a way to gather nothing more is asked of place and day.
    return NewGathering(
        Gathered(how) if how else Gathered.PAPER,
        WayIn.SPREADSHEET,
        one_line(cells.get("place", "")),
        day,
        _number(cells, "people", 0, problems),
    )


def _opinion(cells: Mapping[str, str], known: Clauses, problems: dict[str, str]) -> NewOpinion:
    stance = columns.stance(cells["stance"]) if not blank(cells.get("stance")) else ""
    if stance is None:
        problems.setdefault("stance", "not_on_the_list")
    differing = columns.yes(cells["differing"]) if not blank(cells.get("differing")) else False
    if differing is None:
        problems.setdefault("differing", "not_on_the_list")
    one = NewOpinion(
        text=cells.get("text", ""),
        stance=stance or "",
        proposed=cells.get("proposed", ""),
        reason=cells.get("reason", ""),
        differing=bool(differing),
        people=_number(cells, "sharing", 1, problems),
        person_name=cells.get("person_name", ""),
        contact=cells.get("contact", ""),
    )
    try:
        return replace(one, anchor=known.anchor(cells.get("anchor", "")))
    except WhichDraft:
        problems.setdefault("anchor", "which_draft")
    except NotFound:
        problems.setdefault("anchor", "unknown_place")
    return one


def _number(cells: Mapping[str, str], key: str, empty: int, problems: dict[str, str]) -> int:
    said = one_line(cells.get(key, "")).replace(".", "").replace(" ", "")
    if not said:
        return empty
    if not _NUMBER.fullmatch(said):
        problems.setdefault(key, "not_a_number")
        return empty
    return int(said)
