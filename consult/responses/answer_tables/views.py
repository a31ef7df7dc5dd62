"""Answers written in Word or Excel: taking the table out, bringing it back, looking at what it would do, saving it."""

from collections.abc import Sequence
from uuid import UUID

from flask import Blueprint, request
from flask.typing import ResponseReturnValue

from consult.consultations.matter import queries
from consult.consultations.models import Consultation
from consult.errors import Invalid, Refused
from consult.policy import Action
from consult.responses.answer_tables import forms, service, shown_rows, upload, views_listed
from consult.responses.answer_tables.planning import PlannedRow
from consult.responses.answer_tables.upload import Brought
from consult.responses.answers import answer_state
from consult.responses.answers.answer_state import Answer
from consult.responses.desk.listing import forms_place, list_rows
from consult.responses.desk.listing.list_rows import CaseLine
from consult.responses.views_frame import knows_senders, page, status_of, tell_taken, to, today, told
from consult.web import context
from consult.web.catalogue import say
from consult.web.guard import access

blueprint = Blueprint("answer_tables", __name__)
BASE = "/xu-ly/<slug>/bang-tra-loi/"
ONE = f"{BASE}<uuid:table_id>/"
PASTED = "desk.answer_table_pasted"


@blueprint.get(BASE)
@access(Action.DRAFT_ANSWER, of=queries.by_slug)
def index(consultation: Consultation) -> ResponseReturnValue:
    """Where the table is taken out, and where a filled one is brought."""
    return _index(consultation)


@blueprint.post(BASE)
@access(Action.DRAFT_ANSWER, of=queries.by_slug, alone="a table to be looked at; no answer is written")
def bring(consultation: Consultation) -> ResponseReturnValue:
    """Reads a table, and leads to what it would do."""
    try:
        name, brought = _brought()
        kept = service.keep(
            context.session(), consultation, name, brought, context.actor(), context.arrived_at()
        )  # fmt: skip
    except (Invalid, Refused) as wrong:
        return _index(consultation, wrong)
    return to("answer_tables.show", consultation, table_id=kept.id)


@blueprint.get(ONE)
@access(Action.DRAFT_ANSWER, of=queries.by_slug)
def show(consultation: Consultation, table_id: UUID) -> ResponseReturnValue:
    """What a table would do, row by row, as things stand now."""
    return _table(consultation, table_id)


@blueprint.post(ONE)
@access(Action.DRAFT_ANSWER, of=queries.by_slug, alone="rows are saved as they were seen: the service compares each")
def save(consultation: Consultation, table_id: UUID) -> ResponseReturnValue:
    """Saves the rows that were ticked as versions of answers."""
    form = request.form
    try:
        seen = _all_seen(consultation, table_id) if form.get("act") == "all" else forms.seen(form)
        done = service.save(
            context.session(), consultation, table_id, seen, forms.chosen(form), forms.ticked(form),
            context.actor(), context.arrived_at(), say,
        )  # fmt: skip
    except (Invalid, Refused) as wrong:
        context.session().rollback()
        return _table(consultation, table_id, wrong)
    tell_taken(done, "done_answer_table")
    return to("answer_tables.show", consultation, table_id=table_id)


def _all_seen(consultation: Consultation, table_id: UUID) -> dict[str, str]:
    """Every row that needs no decision, as the page summed them up. Raises Refused("table_changed") when one of them
    would do something else by now."""
    session = context.session()
    kept = service.find(session, consultation, table_id, context.actor().user_id)
    plan = service.plan(session, consultation, kept, {}, say)
    if shown_rows.whole(plan).version != request.form.get("whole"):
        raise Refused("table_changed")
    return {one.key: one.version for one in shown_rows.ready_rows(plan)}


def _brought() -> tuple[str, Brought]:
    """The name of what came, and its rows. Raises Invalid."""
    if request.form.get("do") == "paste":
        return say(PASTED), upload.of_text(request.form.get("pasted", ""))
    file = request.files.get("file")
    data = file.read(upload.LARGEST + 1) if file else b""
    if file is None or not file.filename:
        raise Invalid({"file": "no_file"})
    return file.filename, upload.of_file(data)


def _index(consultation: Consultation, wrong: Invalid | Refused | None = None) -> ResponseReturnValue:
    session = context.session()
    if wrong is not None:
        session.rollback()
    return page(
        "answer_tables/index", consultation, status_of(wrong), total=views_listed.count(consultation),
        most=service.MOST_ROWS, tu=forms_place.query_kept(request.args), form=request.form,
        tables=service.brought_by(session, consultation, context.actor().user_id), **told(wrong),
    )  # fmt: skip


def _table(consultation: Consultation, table_id: UUID, wrong: Invalid | Refused | None = None) -> ResponseReturnValue:
    session, form = context.session(), request.form
    kept = service.find(session, consultation, table_id, context.actor().user_id)
    plan = service.plan(session, consultation, kept, forms.chosen(form), say)
    asked = shown_rows.page_of(plan, forms.page(request.args))
    ticked = set(forms.seen(form)) if wrong else {one.key for one in asked.rows if one.ready}
    return page(
        "answer_tables/table", consultation, status_of(wrong), kept=kept, plan=plan, listed=asked, ticked=ticked,
        form=form, whole=shown_rows.whole(plan), wrong_rows=shown_rows.wrong(plan),
        gone=shown_rows.gone(plan, kept.told),
        lines=_lines(consultation, asked.rows), names=answer_state.names(session, _answers(asked.rows)),
        pieces=shown_rows.differences(asked.rows), warned=sorted({code for one in asked.rows for code in one.warnings}),
        **told(wrong),
    )  # fmt: skip


def _answers(rows: Sequence[PlannedRow]) -> list[Answer]:
    return [one.answer for one in rows if one.answer is not None]


def _lines(consultation: Consultation, rows: Sequence[PlannedRow]) -> dict[int, CaseLine]:
    """What was said, of the first comment of each row."""
    numbers = [one.numbers[0] for one in rows]
    senders = knows_senders(consultation)
    found = list_rows.lines(context.session(), consultation, numbers, None, today(), senders=senders, answers=False)
    return {line.number: line for line in found}
