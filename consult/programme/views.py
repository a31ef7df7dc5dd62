"""The year's plan of critiques at the Front: its lines, each adjusted where it stands, made public, taken away."""

from datetime import datetime
from typing import Any
from uuid import UUID

from flask import Blueprint, Response, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from consult import clock
from consult.errors import Invalid, Refused
from consult.people.models import Organisation
from consult.policy import Action
from consult.programme import choices, forms, paper, plans
from consult.programme.shown import PLAN
from consult.web import context
from consult.web.files import papers as paper_files
from consult.web.guard import access

blueprint = Blueprint("plans", __name__)
BASE = "/to-chuc/ke-hoach-phan-bien/<uuid:organisation_id>/<int:year>/"


@blueprint.get("/to-chuc/ke-hoach-phan-bien/<uuid:organisation_id>/")
@access(Action.USE_WORKSPACE)
def newest(organisation_id: UUID) -> ResponseReturnValue:
    """The plan that is being worked on: in the last quarter that of the next year."""
    return _to(organisation_id, choices.working_year(clock.local_day(context.arrived_at())))


@blueprint.get(BASE)
@access(Action.USE_WORKSPACE)
def plan(organisation_id: UUID, year: int) -> ResponseReturnValue:
    """All of a plan, with the form for another line."""
    return _page(_body(organisation_id), year)


@blueprint.post(BASE)
@access(Action.USE_WORKSPACE, alone="a new line of the plan")
def add(organisation_id: UUID, year: int) -> ResponseReturnValue:
    """One more line."""
    body, new = _body(organisation_id), forms.line(request.form)
    try:
        plans.add(context.session(), body, year, new, context.actor(), _now())
    except (Invalid, Refused) as wrong:
        return _page(body, year, wrong=wrong)
    return _to(organisation_id, year, "plan.saved")


@blueprint.get(f"{BASE}<uuid:line_id>/")
@access(Action.USE_WORKSPACE)
def line(organisation_id: UUID, year: int, line_id: UUID) -> ResponseReturnValue:
    """One line, to be adjusted."""
    return _page(_body(organisation_id), year, line_id)


@blueprint.post(f"{BASE}<uuid:line_id>/")
@access(Action.USE_WORKSPACE, acts_on=PLAN)
def change(organisation_id: UUID, year: int, line_id: UUID) -> ResponseReturnValue:
    """Adjusts a line or takes it out, as the button says."""
    body, session, actor = _body(organisation_id), context.session(), context.actor()
    try:
        if request.form.get("do") == "remove":
            plans.remove(session, body, year, line_id, request.form.get("reason", ""), actor, _now())
        else:
            plans.change(session, body, year, line_id, forms.line(request.form), actor, _now())
    except (Invalid, Refused) as wrong:
        return _page(body, year, line_id, wrong)
    return _to(organisation_id, year, "plan.saved")


@blueprint.post(f"{BASE}cong-bo/")
@access(Action.USE_WORKSPACE, acts_on=PLAN)
def publish(organisation_id: UUID, year: int) -> ResponseReturnValue:
    """Makes it public, or keeps the number and day that its paper got."""
    body = _body(organisation_id)
    try:
        number, day = request.form.get("number", ""), forms.issued_on(request.form)
        plans.publish(context.session(), body, year, number, day, context.actor(), _now())
    except (Invalid, Refused) as wrong:
        return _page(body, year, wrong=wrong, issuing=True)
    return _to(organisation_id, year, "plan.published")


@blueprint.get(f"{BASE}ke-hoach.<{paper_files.ENDINGS}:ending>")
@access(Action.USE_WORKSPACE)
def taken_away(organisation_id: UUID, year: int, ending: str) -> Response:
    """The plan as a paper, while it is written and afterwards."""
    body = _body(organisation_id)
    described = paper_files.described("plan", **paper.told(context.session(), body, year))
    return paper_files.answered(described, f"ke-hoach-phan-bien-{year}", ending)


def _body(organisation_id: UUID) -> Organisation:
    return plans.front_of(context.session(), organisation_id, context.actor())


def _now() -> datetime:
    return context.arrived_at()


def _to(organisation_id: UUID, year: int, told: str = "") -> ResponseReturnValue:
    if told:
        flash(told)
    return redirect(url_for("plans.plan", organisation_id=organisation_id, year=year), 303)


def _page(
    body: Organisation,
    year: int,
    line_id: UUID | None = None,
    wrong: Invalid | Refused | None = None,
    issuing: bool = False,
) -> ResponseReturnValue:
    session = context.session()
    if wrong is not None:
        session.rollback()
    plan = plans.plan_of(session, body.id, year)
    chosen = plans.line_of(session, plan, line_id) if line_id else None
    errors = wrong.errors if isinstance(wrong, Invalid) else {}
    values: dict[str, Any] = {
        "body": body, "year": year, "plan": plan, "lines": plans.lines_of(plan), "chosen": chosen,
        "changes": choices.changes_of(session, plan), "errors": errors, "issuing": issuing,
        "refusal": wrong.reason if isinstance(wrong, Refused) else "",
        "typed": request.form if wrong is not None else choices.typed_of(chosen),
        **choices.of_line(session, body, chosen, clock.local_day(_now())),
    }  # fmt: skip
    html = render_template("programme/plan.html", actor=context.actor(), now=_now(), **values)
    return html, 200 if wrong is None else 422 if errors else 409, {"Cache-Control": "no-store"}
