"""What the rows of a spreadsheet would do: which are new, which came before, which are wrong."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import datetime
from enum import StrEnum
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from consult import clock
from consult.collections.clause_list import Clause
from consult.collections.inputs import MOST_OPINIONS
from consult.collections.models import Branch, CollectedOpinion, Gathering
from consult.collections.recording import checking
from consult.collections.spreadsheet import rows as reading
from consult.collections.spreadsheet.models import SpreadsheetRow
from consult.collections.spreadsheet.rows import Row
from consult.errors import Invalid
from consult.files.spreadsheets.tables import Table
from consult.shown import digest
from consult.text import folded


class Outcome(StrEnum):
    """What a row means: an opinion to be written, one that came before, one that is wrong, or one that came before and
    is another thing by now: its key came with other words, or its opinion was withdrawn since. A person says whether
    such a row is an opinion of its own."""

    NEW = "new"
    KNOWN = "known"
    WRONG = "wrong"
    OTHERWISE = "otherwise"


@dataclass(frozen=True)
class Planned:
    """A row with what it would do, and what will be kept of it; `opinion` is the number of the one that came before."""

    row: Row
    outcome: Outcome
    row_hash: str = ""
    content_hash: str = ""
    keyed: bool = False
    opinion: int = 0


@dataclass(frozen=True)
class Plan:
    """The table that was found in a file, and each of its rows."""

    table: Table
    rows: Sequence[Planned]

    @property
    def counts(self) -> Mapping[str, int]:
        """How many rows of each outcome there are."""
        counted = Counter(row.outcome.value for row in self.rows)
        return {one.value: counted[one.value] for one in Outcome}

    @property
    def version(self) -> str:
        """A text that is another one when any row would do something else."""
        return digest([(one.row.number, one.outcome.value, one.content_hash) for one in self.rows])


class _Before:
    """The rows of a branch that were written, and which of them this file has met again. A row whose opinion was
    withdrawn and that was written once more is known by its last one."""

    def __init__(self, session: Session, branch_id: UUID) -> None:
        found = session.scalars(select(SpreadsheetRow).where(SpreadsheetRow.branch_id == branch_id)).all()
        self.by_hash = {one.row_hash: one for one in found}
        self.left: dict[str, list[SpreadsheetRow]] = {}
        for one in found:
            self.left.setdefault(one.content_hash, []).append(one)
        self.taken: set[str] = set()
        of_branch = CollectedOpinion.gathering_id.in_(select(Gathering.id).where(Gathering.branch_id == branch_id))
        gone = select(CollectedOpinion.number).where(of_branch, CollectedOpinion.withdrawn_at.is_not(None))
        self.withdrawn = set(session.scalars(gone))

    def exact(self, row_hash: str, content_hash: str) -> SpreadsheetRow | None:
        """The one with this key and content."""
        found = self.by_hash.get(row_hash)
        if found is None or found.content_hash != content_hash or row_hash in self.taken:
            return None
        return self._last(found)

    def same_words(self, content_hash: str, keyless: bool) -> SpreadsheetRow | None:
        """One with this content that no row of this file is yet; with `keyless` only one that had no key."""
        for one in self.left.get(content_hash, ()):
            if one.row_hash not in self.taken and not (keyless and one.keyed):
                return self._last(one)
        return None

    def _last(self, found: SpreadsheetRow) -> SpreadsheetRow:
        self.taken.add(found.row_hash)
        while (later := self.by_hash.get(again(found))) is not None:
            found = later
            self.taken.add(found.row_hash)
        return found


def again(before: SpreadsheetRow) -> str:
    """What a row is known by that is written once more, since the opinion that it was before was withdrawn."""
    return digest("again", before.opinion)


def plan_of(session: Session, branch: Branch, table: Table, clauses: Sequence[Clause], now: datetime) -> Plan:
    """What each row would do. Columns that are needed and not found leave the table without rows."""
    if table.missing:
        return Plan(table, ())
    found = reading.read(table, clauses, clock.local_day(now))
    if len(found) > MOST_OPINIONS:
        raise Invalid({"file": "too_many_opinions"})
    _check(session, branch, found)
    before = _Before(session, branch.id)
    planned: dict[int, Planned] = {}
    keys = Counter[str]()
    # Rows with a key first: what has none is whatever is left of the same words.
    for index, row in sorted(enumerate(found), key=lambda one: not one[1].key):
        keys[row.key] += bool(row.key)
        planned[index] = _planned(row, before, keyed=keys[row.key] == 1)
    return Plan(table, [planned[index] for index in range(len(found))])


def _check(session: Session, branch: Branch, found: Sequence[Row]) -> None:
    try:
        checking.opinions(session, branch.collection, [row.opinion for row in found])
    except Invalid as wrong:
        for name, code in wrong.errors.items():
            _opinions, index, key = name.split(".")
            found[int(index)].problems.setdefault("sharing" if key == "people" else key, code)


def _planned(row: Row, before: _Before, keyed: bool) -> Planned:
    if row.problems:
        return Planned(row, Outcome.WRONG)
    content = _content(row)
    own = digest("key", row.key) if keyed else ""
    if keyed:
        for row_hash in (own, digest("key", row.key, content)):
            if (same := before.exact(row_hash, content)) is not None:
                return _known(row, before, same)
        if (other := before.by_hash.get(own)) is not None:
            row_hash = digest("key", row.key, content)
            return Planned(row, Outcome.OTHERWISE, row_hash, content, True, other.opinion)
    if (same := before.same_words(content, keyless=keyed)) is not None:
        return _known(row, before, same)
    return Planned(row, Outcome.NEW, own or _of_words(before, content), content, keyed)


def _known(row: Row, before: _Before, same: SpreadsheetRow) -> Planned:
    if same.opinion not in before.withdrawn:
        return Planned(row, Outcome.KNOWN, opinion=same.opinion)
    return Planned(row, Outcome.OTHERWISE, again(same), same.content_hash, same.keyed, same.opinion)


def _of_words(before: _Before, content: str) -> str:
    """What a row without a key is known by: its words, and the how manieth of the same it is."""
    place = 0
    while (row_hash := digest("words", content, place)) in before.by_hash or row_hash in before.taken:
        place += 1
    before.taken.add(row_hash)
    return row_hash


def _content(row: Row) -> str:
    said = {**asdict(row.opinion), "person_name": folded(row.opinion.person_name)}
    return digest([str(one) for one in row.of], said)
