"""A spreadsheet of a branch from the moment it is chosen until its rows are written: kept as text, looked at as often
as anybody likes, and written once, as it was seen."""

import secrets
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import asdict
from datetime import datetime, timedelta
from uuid import UUID

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from consult.collections.clause_list import Clause
from consult.collections.models import Branch, Gathering
from consult.collections.recording import service as recording
from consult.collections.spreadsheet.columns import columns
from consult.collections.spreadsheet.models import BranchSpreadsheet, SpreadsheetRow
from consult.collections.spreadsheet.planning import Outcome, Plan, Planned, plan_of
from consult.collections.words import WayIn
from consult.db import Lock, new_id, writing
from consult.errors import NotFound, Refused
from consult.files.spreadsheets import tables
from consult.files.spreadsheets.private import without_private
from consult.files.spreadsheets.sheets import Line, Sheet
from consult.submissions.inputs import Codes
from consult.text import folded, one_line

KEPT_FOR = timedelta(days=30)
ALL, RIGHT = "all", "right"
"""What is written: everything, or expressly the rows that are right, while the others stay to be taken away."""
ADD, LEAVE = "add", "leave"
"""What becomes of rows whose key came before with other words: opinions of their own, or left."""


def keep(
    session: Session, branch: Branch, name: str, sheets: Sequence[Sheet], by_id: UUID | None, now: datetime
) -> BranchSpreadsheet:
    """Keeps the sheets of a file to be looked at; after a month they are let go. Raises Invalid({"file": …}) when no
    table of opinions is in it."""
    tables.table(sheets, columns())
    branch_id = branch.id
    with writing(session, Lock.COLLECTIONS):
        old = BranchSpreadsheet.at < now - KEPT_FOR
        session.execute(update(BranchSpreadsheet).where(old).values(sheets=[], left=[]))
        kept = BranchSpreadsheet(
            id=new_id(), branch_id=branch_id, name=one_line(name)[:200], at=now, by_id=by_id,
            sheets=[asdict(sheet) for sheet in without_private(sheets)], mapped={}, written={}, left=[],
        )  # fmt: skip
        session.add(kept)
    return kept


def find(session: Session, branch: Branch, spreadsheet_id: UUID) -> BranchSpreadsheet:
    """A spreadsheet of a branch. Raises NotFound."""
    found = session.get(BranchSpreadsheet, spreadsheet_id)
    if found is None or found.branch_id != branch.id:
        raise NotFound
    return found


def say_where(session: Session, kept: BranchSpreadsheet, mapped: Mapping[str, int]) -> None:
    """Notes at which index columns stand that bear other names."""
    kept_id = kept.id
    with writing(session, Lock.COLLECTIONS):
        held = session.get_one(BranchSpreadsheet, kept_id)
        held.mapped = {**held.mapped, **mapped}


def plan(session: Session, kept: BranchSpreadsheet, clauses: Sequence[Clause], now: datetime) -> Plan:
    """What a file would do as things stand. Raises Refused: `spreadsheet_written`, `spreadsheet_gone`."""
    if kept.written_at is not None:
        raise Refused("spreadsheet_written")
    if not kept.sheets:
        raise Refused("spreadsheet_gone")
    sheets = [Sheet(one["name"], [_line(row) for row in one["lines"]]) for one in kept.sheets]
    found = tables.table(sheets, columns(), {key: int(at) for key, at in kept.mapped.items()})
    return plan_of(session, kept.branch, found, clauses, now)


def write(
    session: Session,
    kept: BranchSpreadsheet,
    clauses: Sequence[Clause],
    seen: str,
    how: tuple[str, str],
    codes: Codes,
    now: datetime,
) -> BranchSpreadsheet:
    """Writes the rows of a file as they were seen (`Plan.version`), in one transaction. `how` is what is written (ALL
    or RIGHT) and what becomes of rows that came before with other words (ADD or LEAVE).

    Raises Refused as `plan` and `recording.record`; `spreadsheet_changed` when the rows would do something else by now,
    `spreadsheet_rows_wrong`, `spreadsheet_otherwise` when nobody said what becomes of them, and `spreadsheet_nothing`.
    """
    kept_id = kept.id
    with writing(session, Lock.COLLECTIONS):
        held = session.get_one(BranchSpreadsheet, kept_id)
        planned = plan(session, held, clauses, now)
        rows = _chosen(planned, seen, how)
        gatherings = _record(session, held, rows, codes, now)
        taken = {one.row.number for one in rows}
        left = [one for one in planned.rows if one.row.number not in taken and one.outcome is not Outcome.KNOWN]
        held.written_at, held.sheets = now, []
        held.written = {"rows": len(rows), "known": planned.counts["known"], "gatherings": sorted(gatherings)}
        held.left = [_left(one) for one in left]
    return held


def _chosen(planned: Plan, seen: str, how: tuple[str, str]) -> list[Planned]:
    which, other = how
    counts = Counter(row.outcome for row in planned.rows)
    if planned.version != seen:
        raise Refused("spreadsheet_changed")
    if planned.table.missing or (counts[Outcome.WRONG] and which != RIGHT):
        raise Refused("spreadsheet_rows_wrong")
    if counts[Outcome.OTHERWISE] and other not in {ADD, LEAVE}:
        raise Refused("spreadsheet_otherwise")
    wanted = {Outcome.NEW} | ({Outcome.OTHERWISE} if other == ADD else set())
    rows = [row for row in planned.rows if row.outcome in wanted]
    if not rows:
        raise Refused("spreadsheet_nothing")
    return rows


def _record(
    session: Session, held: BranchSpreadsheet, rows: Sequence[Planned], codes: Codes, now: datetime
) -> set[int]:
    """Writes them by the gathering that each belongs to: into the one that an earlier file made, or a new one."""
    together: dict[object, list[Planned]] = defaultdict(list)
    for one in rows:
        together[one.row.of].append(one)
    there = _gatherings(session, held.branch_id)
    numbers: set[int] = set()
    for of, several in together.items():
        opinions, key = [one.row.opinion for one in several], secrets.token_hex(16)
        before = there.get(of)
        if before is not None:
            done = recording.add_opinions(session, before, opinions, key, held.by_id, codes, now)
        else:
            gathering = max((one.row.gathering for one in several), key=lambda one: one.people)
            done = recording.record(session, held.branch, gathering, opinions, key, held.by_id, codes, now)
        numbers.add(done.gathering)
        session.add_all(
            SpreadsheetRow(
                id=new_id(), branch_id=held.branch_id, row_hash=one.row_hash, content_hash=one.content_hash,
                keyed=one.keyed, opinion=number,
            )
            for one, number in zip(several, done.numbers, strict=True)
        )  # fmt: skip
    return numbers


def _gatherings(session: Session, branch_id: UUID) -> dict[object, Gathering]:
    rows = session.scalars(
        select(Gathering)
        .where(
            Gathering.branch_id == branch_id,
            Gathering.way_in == WayIn.SPREADSHEET,
            Gathering.withdrawn_at.is_(None),
        )
        .order_by(Gathering.number)
    )
    return {(one.how, folded(one.place), one.held_on): one for one in rows}


def _left(one: Planned) -> dict[str, object]:
    return {"cells": dict(one.row.cells), "why": dict(one.row.problems) or {"row_key": "came_otherwise"}}


def _line(row: Mapping[str, object]) -> Line:
    problems = {int(index): code for index, code in row["problems"].items()}  # type: ignore[attr-defined]
    return Line(row["number"], row["cells"], problems)  # type: ignore[arg-type]
