"""The call list of a desk: whom to call, why, the sentence to say; what came of it; a number put right."""

from typing import Any
from uuid import UUID

from flask import Blueprint, current_app, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from consult.consultations.matter import queries
from consult.consultations.models import Consultation
from consult.errors import Invalid, NotFound
from consult.notices.telephone import call_list
from consult.notices.telephone.shown import NUMBER
from consult.policy import Action
from consult.responses.desk import counts
from consult.submissions.words import CallOutcome
from consult.web import context
from consult.web.guard import access

blueprint = Blueprint("calls", __name__)
MOST = 50


@blueprint.get("/xu-ly/<slug>/goi-dien/")
@access(Action.SEE_MAILS, of=queries.by_slug)
def of_matter(consultation: Consultation) -> ResponseReturnValue:
    """Everybody to call."""
    return _list(consultation)


@blueprint.post("/xu-ly/<slug>/goi-dien/")
@access(Action.SEE_MAILS, of=queries.by_slug, alone="each promise that it names is kept once")
def record(consultation: Consultation) -> ResponseReturnValue:
    """How a call ended; a note that is too long comes back as 422."""
    try:
        outcome = CallOutcome(request.form.get("outcome", ""))
        chosen = [UUID(one) for one in request.form.getlist("call")[:MOST]]
    except ValueError as bad:
        raise NotFound from bad
    if outcome is CallOutcome.SENT_AGAIN and not current_app.config["MESSAGE_URL"]:
        raise NotFound
    given = (outcome, request.form.get("note", ""), context.actor(), context.arrived_at())
    try:
        done = call_list.record(context.session(), consultation, chosen, *given)
    except Invalid as invalid:
        return _list(consultation, invalid.errors), 422
    flash(f"calls.{outcome.value}" if done else "calls.somebody_else")
    return redirect(url_for("calls.of_matter", slug=consultation.slug), 303)


@blueprint.get("/xu-ly/<slug>/goi-dien/<uuid:call_id>/so/")
@access(Action.SEE_MAILS, of=queries.by_slug)
def number(consultation: Consultation, call_id: UUID) -> ResponseReturnValue:
    """The form that puts the number of a sender right."""
    return _number(consultation, call_id, {})


@blueprint.post("/xu-ly/<slug>/goi-dien/<uuid:call_id>/so/")
@access(Action.SEE_MAILS, of=queries.by_slug, acts_on=NUMBER)
def correct_number(consultation: Consultation, call_id: UUID) -> ResponseReturnValue:
    """Puts it right; what is wrong comes back as 422."""
    given = (request.form.get("contact", ""), request.form.get("reason", ""))
    session, actor, now = context.session(), context.actor(), context.arrived_at()
    try:
        call_list.correct_number(session, consultation, call_id, *given, actor, now)
    except Invalid as invalid:
        return _number(consultation, call_id, invalid.errors), 422
    flash("calls.number_corrected")
    return redirect(url_for("calls.of_matter", slug=consultation.slug), 303)


def _list(consultation: Consultation, errors: dict[str, str] | None = None) -> str:
    session, writer = context.session(), current_app.extensions["consult.notice_writer"]
    found = call_list.persons(session, consultation, writer)
    typed = {"of": request.form.get("of", ""), "note": request.form.get("note", "")}
    sends = bool(current_app.config["MESSAGE_URL"])
    return _render("list", consultation, persons=found, errors=errors or {}, typed=typed, sends=sends)


def _number(consultation: Consultation, call_id: UUID, errors: dict[str, str]) -> str:
    now = call_list.number_of(context.session(), consultation, call_id)
    return _render("number", consultation, call_id=call_id, number=now, form=request.form.to_dict(), errors=errors)


def _render(name: str, consultation: Consultation, **values: Any) -> str:
    """A page in the frame of the desk."""
    frame = {"counts": counts.counts(context.session(), consultation), "refusal": None, "now": context.arrived_at()}
    page = f"notices/telephone/{name}.html"
    return render_template(page, actor=context.actor(), consultation=consultation, **frame, **values)
