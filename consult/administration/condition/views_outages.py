"""The outages of the site: seen by itself or stated by an administrator, and taken back where there was none."""

from collections.abc import Sequence
from uuid import UUID

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from consult.administration import forms
from consult.administration.condition import outages
from consult.administration.condition.shown_outages import OUTAGE
from consult.consultations.matter.calendar import last_day_of
from consult.consultations.matter.outages import OwedExtension, would_owe
from consult.consultations.models import Consultation
from consult.errors import Invalid, Refused
from consult.policy import Action
from consult.web import context, parked_answers
from consult.web.guard import access

blueprint = Blueprint("outages", __name__)
MOMENTS = ("starts", "ends")


@blueprint.get("/quan-tri/su-co/")
@access(Action.ADMINISTER)
def index() -> ResponseReturnValue:
    """All of them, and the form for one that is known of."""
    return _page({})


@blueprint.post("/quan-tri/su-co/")
@access(Action.ADMINISTER, alone="a new outage")
def state() -> ResponseReturnValue:
    """Shows what one would do, and records it once that was seen; what is wrong comes back as 422."""
    session, actor, now = context.session(), context.actor(), context.arrived_at()
    try:
        starts, ends = (forms.moment(request.form, name) for name in MOMENTS)
        evidence, looked = request.form.get("evidence", ""), f"{starts.isoformat()} {ends.isoformat()}"
        outages.check(starts, ends, evidence, now)
        if request.form.get("looked") != looked:
            shown = _page({}, looked=looked, owed=would_owe(session, starts, ends, now))
            return parked_answers.parked(shown, url_for("outages.index"), "hau-qua")
        outages.state_outage(session, starts, ends, evidence, actor, now)
    except Invalid as invalid:
        return _page(invalid.errors), 422
    flash("administration.outage_stated")
    return redirect(url_for("outages.index"), 303)


@blueprint.get("/quan-tri/su-co/<uuid:outage_id>/")
@access(Action.ADMINISTER)
def show(outage_id: UUID) -> ResponseReturnValue:
    """One of them, and the form that takes it back."""
    return _one(outage_id, {})


@blueprint.post("/quan-tri/su-co/<uuid:outage_id>/")
@access(Action.ADMINISTER, acts_on=OUTAGE)
def take_back(outage_id: UUID) -> ResponseReturnValue:
    """Says that it was none."""
    session, actor, now = context.session(), context.actor(), context.arrived_at()
    try:
        outages.take_back(session, outage_id, request.form.get("reason", ""), actor, now)
    except Invalid as invalid:
        return _one(outage_id, invalid.errors), 422
    except Refused as refused:
        flash(f"reason.{refused.reason}")
        return redirect(url_for("outages.index"), 303)
    flash("administration.outage_taken_back")
    return redirect(url_for("outages.index"), 303)


def _page(errors: dict[str, str], looked: str = "", owed: Sequence[tuple[Consultation, OwedExtension]] = ()) -> str:
    """The page; `looked` names the outage of which it shows what it would do (`owed`)."""
    rows = outages.listed(context.session())
    shown = {"rows": rows, "form": request.form, "errors": errors, "looked": looked, "owed": owed}
    return render_template("administration/outages.html", actor=context.actor(), last_day=last_day_of, **shown)


def _one(outage_id: UUID, errors: dict[str, str]) -> str:
    one = outages.outage(context.session(), outage_id)
    shown = {"one": one, "form": request.form, "errors": errors}
    return render_template("administration/outage.html", actor=context.actor(), **shown)
