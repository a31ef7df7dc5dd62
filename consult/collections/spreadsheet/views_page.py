"""The steps of a spreadsheet, for the branch itself and for the level above: choosing it, looking at it, writing it,
taking away what was not written."""

from collections.abc import Callable, Sequence
from typing import Any
from uuid import UUID

from flask import Response, redirect, request
from flask.typing import ResponseReturnValue

from consult.collections import clause_list
from consult.collections.clause_list import Clause
from consult.collections.models import Branch, Gathering
from consult.collections.recording import same_meeting
from consult.collections.spreadsheet import service
from consult.collections.spreadsheet.blank import workbook
from consult.collections.spreadsheet.columns import KEYS, NOT_READ, title
from consult.collections.spreadsheet.models import BranchSpreadsheet
from consult.collections.spreadsheet.planning import Outcome, Planned
from consult.collections.words import WayIn
from consult.errors import Invalid, Refused
from consult.files.spreadsheets import tables
from consult.files.spreadsheets.upload import LARGEST, sheets
from consult.submissions.views_frame import site_codes
from consult.web import context
from consult.web.catalogue import say
from consult.web.files import downloads

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
MOST_SHOWN = 50
"""Rows to be written that the page shows; those that are wrong are shown all."""
Page = Callable[..., ResponseReturnValue]
To = Callable[[BranchSpreadsheet], str]


def blank(branch: Branch) -> Response:
    """The spreadsheet to fill in."""
    made = workbook(branch.collection.title, clauses(branch), context.language())
    name = f"{say('collected_sheet.file_name')}-{branch.collection.number}-{branch.number}.xlsx"
    return downloads.attached(Response(made, mimetype=XLSX), name)


def choose(branch: Branch, by_id: UUID | None, page: Page, to: To) -> ResponseReturnValue:
    """Reads a file and leads to what it would do; one that cannot be read comes back as 422."""
    file = request.files.get("file")
    try:
        data = file.read(LARGEST + 1) if file else b""
        if not data:
            raise Invalid({"file": "empty_file" if file and file.filename else "required"})
        name = (file.filename if file else "") or ""
        kept = service.keep(context.session(), branch, name, sheets(data), by_id, context.arrived_at())
    except Invalid as invalid:
        return page("index", branch, 422, errors=invalid.errors)
    return redirect(to(kept), 303)


def show(branch: Branch, spreadsheet_id: UUID, page: Page, status: int = 200, refusal: str = "") -> ResponseReturnValue:
    """What a file would do, row by row; of one that was written, what it did."""
    kept = service.find(context.session(), branch, spreadsheet_id)
    if kept.written_at is not None or not kept.sheets:
        return page("upload", branch, status, upload=kept, plan=None, refusal=refusal)
    try:
        values = _planned(branch, kept)
    except Invalid as invalid:
        return page("index", branch, 422, errors=invalid.errors)
    return page("upload", branch, status, upload=kept, refusal=refusal, **values)


def act(branch: Branch, spreadsheet_id: UUID, page: Page, to: To) -> ResponseReturnValue:
    """Says where columns stand, or writes the rows as they were seen."""
    session = context.session()
    kept = service.find(session, branch, spreadsheet_id)
    if request.form.get("do") == "columns":
        given = {key: request.form.get(f"column-{key}", "") for key in KEYS}
        service.say_where(session, kept, {key: int(at) for key, at in given.items() if at.isdecimal()})
        return redirect(to(kept), 303)
    how = request.form.get("do", ""), request.form.get("otherwise", "")
    try:
        service.write(
            session, kept, clauses(branch), request.form.get("seen", ""), how, site_codes(), context.arrived_at()
        )
    except Refused as refused:
        session.rollback()
        if refused.reason == "spreadsheet_written":
            return redirect(to(kept), 303)
        return show(branch, spreadsheet_id, page, 409, refused.reason)
    return redirect(to(kept), 303)


def left(branch: Branch, spreadsheet_id: UUID) -> Response:
    """The rows that were not written, each with why, to be mended and brought again."""
    kept, language = service.find(context.session(), branch, spreadsheet_id), context.language()
    rows = [{**one["cells"], "why": _why(one["why"], language)} for one in kept.left]
    made = workbook(branch.collection.title, clauses(branch), language, rows)
    return downloads.attached(Response(made, mimetype=XLSX), f"{say('collected_sheet.left_name')}-{kept.name}"[:180])


def clauses(branch: Branch) -> list[Clause]:
    """What its opinions may be about."""
    return clause_list.of_collection(context.session(), branch.collection, say)


def _why(problems: dict[str, str], language: str) -> str:
    return "; ".join(f"{title(key, language)}: {say(f'error.{code}')}" for key, code in problems.items())


def _planned(branch: Branch, kept: BranchSpreadsheet) -> dict[str, Any]:
    known = clauses(branch)
    plan = service.plan(context.session(), kept, known, context.arrived_at())
    found, draft = plan.table, known[0].anchor.rpartition("/")[0] if known else ""
    written = [one for one in plan.rows if one.outcome in {Outcome.NEW, Outcome.OTHERWISE}]
    return {
        "plan": plan,
        "titles": {key: title(key, context.language()) for key in KEYS},
        "problems": [
            {
                "cell": _cell(plan.table, one.row.number, key),
                "key": key,
                "text": one.row.cells.get(key, ""),
                "code": code,
            }
            for one in plan.rows
            for key, code in sorted(one.row.problems.items(), key=lambda said: KEYS.index(said[0]))
        ],
        "wrong": sum(one.outcome is Outcome.WRONG for one in plan.rows),
        "otherwise": [one for one in plan.rows if one.outcome is Outcome.OTHERWISE],
        "shown": written[:MOST_SHOWN],
        "more": max(0, len(written) - MOST_SHOWN),
        "again": _again(branch, written),
        "older": sum(_older(one.row.opinion.anchor, draft) for one in written),
        "unnamed": [key for key in KEYS if key != NOT_READ and key not in found.places],
        "others": [(str(at), f"{tables.letters(at)}: {words}") for at, words in found.others.items()],
    }


def _again(branch: Branch, written: Sequence[Planned]) -> list[Gathering]:
    """The meetings of these rows that were recorded in another way already."""
    keys = {same_meeting.key_of(one.row.gathering) for one in written} - {None}
    there = same_meeting.standing(context.session(), branch.id)
    return [one for one in there if one.way_in is not WayIn.SPREADSHEET and same_meeting.key_of(one) in keys]


def _older(anchor: str, draft: str) -> bool:
    return anchor.startswith("du-thao/") and not anchor.startswith(f"{draft}/")


def _cell(table: tables.Table, number: int, key: str) -> str:
    return f"{tables.letters(table.places[key])}{number}" if key in table.places else str(number)
