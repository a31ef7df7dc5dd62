"""What was issued in the end: the newest text with its number and day."""

from flask import Blueprint, flash, request
from flask.typing import ResponseReturnValue

from consult.consultations.desk import forms
from consult.consultations.desk.shown_issuing import ISSUED
from consult.consultations.desk.views_frame import page, to, typed
from consult.consultations.matter import queries
from consult.consultations.models import Consultation
from consult.consultations.preparation import issuing
from consult.errors import Invalid
from consult.policy import Action
from consult.web import context
from consult.web.guard import access

blueprint = Blueprint("issuing", __name__)


@blueprint.get("/xu-ly/<slug>/ban-hanh/")
@access(Action.ISSUE_TEXT, of=queries.by_slug)
def ask(consultation: Consultation) -> ResponseReturnValue:
    """The form, with what was recorded before."""
    found = issuing.issued_of(context.session(), consultation)
    kept = {}
    if found is not None:
        in_force = found.in_force_on.isoformat() if found.in_force_on else ""
        kept = {"number": found.number, "issued_on": found.issued_on.isoformat(), "in_force_on": in_force}
    return _page(consultation, kept)


@blueprint.post("/xu-ly/<slug>/ban-hanh/")
@access(Action.ISSUE_TEXT, of=queries.by_slug, acts_on=ISSUED)
def record(consultation: Consultation) -> ResponseReturnValue:
    """Records it."""
    try:
        number, day, in_force = forms.issued(request.form)
        now = context.arrived_at()
        issuing.record_issued(context.session(), consultation, number, day, context.actor(), now, in_force)
    except Invalid as invalid:
        return _page(consultation, typed(), invalid.errors)
    flash("preparation.issued")
    return to("issuing.ask", consultation)


def _page(
    consultation: Consultation, form: dict[str, str], errors: dict[str, str] | None = None
) -> ResponseReturnValue:
    newest = queries.current_revision(context.session(), consultation.id)
    return page("publication/issue", errors, consultation=consultation, form=form, newest=newest)
