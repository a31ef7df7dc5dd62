"""Choosing a spreadsheet, looking at what it would do, and writing it."""

from typing import Any
from uuid import UUID

from flask import Blueprint, Response, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from consult.administration.models import SpreadsheetUpload, UploadKind
from consult.administration.spreadsheets import service
from consult.administration.spreadsheets.columns import KEYS, headings, title
from consult.administration.spreadsheets.rows import Outcome
from consult.administration.spreadsheets.shown import INVITING, UPLOAD, WRITING
from consult.administration.views_confirmations import done_already
from consult.errors import Invalid, NotFound, Refused
from consult.files.spreadsheets import tables
from consult.files.spreadsheets.template import template
from consult.files.spreadsheets.upload import LARGEST, sheets
from consult.policy import Action
from consult.web import context
from consult.web.catalogue import say
from consult.web.files.downloads import attached
from consult.web.guard import access

blueprint = Blueprint("spreadsheets", __name__)
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
MOST_SHOWN = 300
"""New and changed rows that the page lists; those that are wrong are listed all."""
CONFLICT = 409


@blueprint.get("/quan-tri/bang-tinh/")
@access(Action.ADMINISTER)
def index() -> ResponseReturnValue:
    """Each kind of spreadsheet, with its template and where it is chosen."""
    return _index("", {})


@blueprint.get("/quan-tri/bang-tinh/<kind>/mau.xlsx")
@access(Action.ADMINISTER)
def template_file(kind: str) -> ResponseReturnValue:
    """The template of a kind: columns, lists to choose from, and a sheet that explains."""
    one, language = _kind(kind), context.language()
    guide = say(f"sheet.guide.{one.value}").split("\n")
    made = template(say(f"upload_kind.{one.value}"), headings(one, language), say("sheet.guide"), guide)
    return attached(Response(made, mimetype=XLSX), f"mau-{one.value}.xlsx")


@blueprint.post("/quan-tri/bang-tinh/<kind>/")
@access(Action.ADMINISTER, alone="a file to be looked at; nothing of it is written")
def choose(kind: str) -> ResponseReturnValue:
    """Reads a file and leads to what it would do; one that cannot be read comes back as 422."""
    one, file = _kind(kind), request.files.get("file")
    try:
        data = file.read(LARGEST + 1) if file else b""
        if not data:
            raise Invalid({"file": "empty_file" if file and file.filename else "required"})
        name = file.filename if file and file.filename else kind
        kept = service.keep(context.session(), one, name, sheets(data), context.actor(), context.arrived_at())
    except Invalid as invalid:
        return _index(one.value, invalid.errors), 422
    return redirect(url_for("spreadsheets.show", upload_id=kept.id), 303)


@blueprint.get("/quan-tri/bang-tinh/<uuid:upload_id>/")
@access(Action.ADMINISTER)
def show(upload_id: UUID) -> ResponseReturnValue:
    """What a file would do, row by row; of one that was written, what it did."""
    kept = service.upload(context.session(), upload_id)
    return _preview(kept) if kept.written_at is None and kept.sheets else _page(kept)


@blueprint.post("/quan-tri/bang-tinh/<uuid:upload_id>/cot/")
@access(Action.ADMINISTER, acts_on=UPLOAD)
def say_where(upload_id: UUID) -> ResponseReturnValue:
    """Says under which other name a column stands."""
    kept = service.upload(context.session(), upload_id)
    given = {key: request.form.get(f"column-{key}", "") for key in KEYS[kept.kind]}
    service.say_where(context.session(), upload_id, {key: int(at) for key, at in given.items() if at.isdecimal()})
    return redirect(url_for("spreadsheets.show", upload_id=upload_id), 303)


@blueprint.post("/quan-tri/bang-tinh/<uuid:upload_id>/ghi/")
@access(Action.ADMINISTER, acts_on=WRITING)
def write(upload_id: UUID) -> ResponseReturnValue:
    """Writes every row, as it was seen."""
    session, back = context.session(), url_for("spreadsheets.show", upload_id=upload_id)
    kept = service.upload(session, upload_id)
    if kept.written_at is not None:
        return done_already("upload_written", back)
    try:
        service.write(session, upload_id, request.form.get("seen", ""), context.actor(), context.arrived_at())
    except Refused as refused:
        if refused.reason != "rows_changed":
            raise
        session.rollback()
        return _preview(service.upload(session, upload_id), changed=True), CONFLICT
    flash("administration.upload_written")
    return redirect(back, 303)


@blueprint.post("/quan-tri/bang-tinh/<uuid:upload_id>/moi/")
@access(Action.ADMINISTER, acts_on=INVITING)
def invite(upload_id: UUID) -> ResponseReturnValue:
    """Invites by mail everybody whose account the file made."""
    back = url_for("spreadsheets.show", upload_id=upload_id)
    try:
        service.invite(context.session(), upload_id, context.actor(), context.arrived_at())
    except Refused as refused:
        if refused.reason != "invited_already":
            raise
        return done_already(refused.reason, back)
    flash("administration.many_invited")
    return redirect(back, 303)


def _kind(word: str) -> UploadKind:
    try:
        return UploadKind(word)
    except ValueError as bad:
        raise NotFound from bad


def _index(wrong: str, errors: dict[str, str]) -> str:
    kinds = [(kind.value, say(f"upload_kind.{kind.value}")) for kind in UploadKind]
    shown: dict[str, Any] = {"kinds": kinds, "wrong": wrong, "errors": errors}
    return render_template("administration/spreadsheets/index.html", actor=context.actor(), **shown)


def _preview(kept: SpreadsheetUpload, changed: bool = False) -> str:
    planned = service.plan(context.session(), kept, context.actor(), context.arrived_at())
    language = context.language()
    found = planned.table
    rows = [row for row in planned.rows if row.outcome in {Outcome.NEW, Outcome.CHANGED}]
    return _page(
        kept,
        changed=changed,
        plan=planned,
        problems=[one for row in planned.rows for one in row.problems],
        rows=rows[:MOST_SHOWN],
        more=max(0, len(rows) - MOST_SHOWN),
        titles={key: title(key, language) for key in KEYS[kept.kind]},
        unnamed=[key for key in KEYS[kept.kind] if key not in found.places],
        others=[(str(at), f"{tables.letters(at)}: {words}") for at, words in found.others.items()],
    )


def _page(kept: SpreadsheetUpload, **shown: Any) -> str:
    values = {"plan": None, "changed": False, **shown}
    return render_template("administration/spreadsheets/upload.html", actor=context.actor(), upload=kept, **values)
