"""Opening a year of proposals at the desk, and the next year from this one."""

from flask import Blueprint, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from consult import clock
from consult.consultations.matter import queries
from consult.consultations.matter.choices import choices
from consult.consultations.models import Consultation
from consult.consultations.words import Kind
from consult.errors import Invalid, Refused
from consult.policy import Action
from consult.programme.proposals import forms, opening
from consult.web import context
from consult.web.guard import access

blueprint = Blueprint("year_of_proposals", __name__)
NEW = "/xu-ly/dot/kien-nghi/"


@blueprint.get(NEW)
@access(Action.PREPARE_MATTER)
def new() -> ResponseReturnValue:
    """The form for a body and a year."""
    return _page({"year": str(clock.local_day(context.arrived_at()).year), "kind": Kind.PROPOSALS.value})


@blueprint.post(NEW)
@access(Action.PREPARE_MATTER, alone="a new matter")
def create() -> ResponseReturnValue:
    """A matter of proposals with its period, ready to be looked at and published."""
    session, now = context.session(), context.arrived_at()
    try:
        asked = forms.opened(request.form, choices(session, context.actor(), clock.local_day(now)))
        made = opening.open_year(session, asked, context.actor(), now)
    except (Invalid, Refused) as wrong:
        return _page(request.form.to_dict(), wrong)
    return _to_steps(made)


@blueprint.post("/xu-ly/<slug>/nam-sau/")
@access(Action.EXTEND_MATTER, of=queries.by_slug, alone="a new matter, of which this one is only the pattern")
def next_year(consultation: Consultation) -> ResponseReturnValue:
    """The matter of the year after this one."""
    made = opening.open_next(context.session(), consultation, context.actor(), context.arrived_at())
    return _to_steps(made)


def _to_steps(made: Consultation) -> ResponseReturnValue:
    return redirect(url_for("preparing.publishing.steps", slug=made.slug), 303)


def _page(typed: dict[str, str], wrong: Invalid | Refused | None = None) -> ResponseReturnValue:
    session, now = context.session(), context.arrived_at()
    if wrong is not None:
        session.rollback()
    errors = wrong.errors if isinstance(wrong, Invalid) else {}
    html = render_template(
        "programme/proposals/open.html",
        actor=context.actor(),
        now=now,
        typed=typed,
        errors=errors,
        refusal=wrong.reason if isinstance(wrong, Refused) else "",
        choices=choices(session, context.actor(), clock.local_day(now)),
    )
    return html, 200 if wrong is None else 422 if errors else 409, {"Cache-Control": "no-store"}
