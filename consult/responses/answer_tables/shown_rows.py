"""What the page of a table shows of its rows."""

from collections.abc import Sequence
from dataclasses import dataclass

from consult.comparison import Piece
from consult.responses.answer_tables.codes import ANSWER, COMMENT
from consult.responses.answer_tables.planning import Plan, PlannedRow
from consult.responses.answer_tables.service import MOST_SAVED
from consult.responses.answer_tables.words import NOTHING_TO_DO, RowOutcome
from consult.shown import digest
from consult.submissions.receiving.clause_wording import redline

PAGE_SIZE = 25
_FIRST = (RowOutcome.CONFLICT, RowOutcome.NO_RESULT)


@dataclass(frozen=True)
class RowsPage:
    """One page of the rows that can be saved: what needs a decision first, then as they stand in the file."""

    rows: Sequence[PlannedRow]
    total: int
    page: int
    pages: int


def page_of(plan: Plan, page: int) -> RowsPage:
    """The rows of one page."""
    savable = sorted((one for one in plan.rows if one.savable), key=lambda one: one.outcome not in _FIRST)
    pages = max(1, -(-len(savable) // PAGE_SIZE))
    page = min(page, pages)
    return RowsPage(savable[(page - 1) * PAGE_SIZE : page * PAGE_SIZE], len(savable), page, pages)


@dataclass(frozen=True)
class WholeTable:
    """All rows that need no decision, to be saved in one press: how many, the comments by what they are warned of, and
    a word that is another one as soon as one of them would do something else."""

    count: int
    warned: dict[str, list[int]]
    version: str


def whole(plan: Plan) -> WholeTable:
    """So many of the first of them as one act saves."""
    rows = ready_rows(plan)
    warned: dict[str, list[int]] = {}
    for one in rows:
        for code in one.warnings:
            warned.setdefault(code, []).extend(one.numbers)
    return WholeTable(len(rows), warned, digest(*(f"{one.key}:{one.version}" for one in rows)))


def ready_rows(plan: Plan) -> list[PlannedRow]:
    """The rows themselves."""
    return [one for one in plan.rows if one.ready][:MOST_SAVED]


def differences(rows: Sequence[PlannedRow]) -> dict[str, Sequence[Piece]]:
    """Of rows that change an answer the words that differ, by their keys; none where too little is left of it."""
    changed = [(one.key, one.answer.latest.text, one.said.text) for one in rows if one.answer and not one.theirs]
    return {key: found for key, before, after in changed if (found := redline(before, after))}


def wrong(plan: Plan) -> list[PlannedRow]:
    """The rows that cannot be saved, and would have something to say."""
    return [one for one in plan.rows if not one.savable and one.outcome not in NOTHING_TO_DO]


def gone(plan: Plan, told: str) -> tuple[list[str], list[str]]:
    """The numbers of comments and of answers that the file left with, and that have no row in it any more."""
    there = {name for one in plan.rows for name in one.key.split("+")}
    missing = [name for name in told.split()[:5_000] if name not in there]
    return _numbers(missing, COMMENT), _numbers(missing, ANSWER)


def _numbers(names: Sequence[str], kind: str) -> list[str]:
    return [name.removeprefix(kind) for name in names if name.startswith(kind) and name[len(kind) :].isdigit()]
