"""Who stands in for me at the desk, and for whom I do: named for a time, and ended."""

from uuid import UUID

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from consult.administration.accounts import deputies
from consult.errors import Invalid, Refused
from consult.policy import Action
from consult.web import context
from consult.web.catalogue import say
from consult.web.guard import access
from consult.work import forms

blueprint = Blueprint("deputies", __name__)
AT = "/xu-ly/nguoi-thay/"


@blueprint.get(AT)
@access(Action.USE_DESK)
def show() -> ResponseReturnValue:
    """Who stands in for whom, and the form to name somebody."""
    return _page()


@blueprint.post(AT)
@access(Action.USE_DESK, alone="a new standing-in; the place is read again in its own transaction")
def name() -> ResponseReturnValue:
    """Names somebody for a time."""
    session, actor, now = context.session(), context.actor(), context.arrived_at()
    try:
        new = forms.deputy(request.form)
        made = deputies.name_deputy(session, new.place, new.deputy, new.first_day, new.last_day, actor, now)
    except Invalid as wrong:
        session.rollback()
        return _page(wrong)
    flash(say("work.deputy_named", name=made.user.name))
    return redirect(url_for("work.deputies.show"), 303)


@blueprint.post(f"{AT}<uuid:membership_id>/thoi/")
@access(Action.USE_DESK, alone="ended once, and read again in its own transaction")
def end(membership_id: UUID) -> ResponseReturnValue:
    """Takes the place back."""
    try:
        deputies.end_deputy(context.session(), membership_id, context.actor(), context.arrived_at())
    except Refused as refused:
        flash(say(f"reason.{refused.reason}"), "warning")
    else:
        flash(say("work.deputy_ended"))
    return redirect(url_for("work.deputies.show"), 303)


def _page(wrong: Invalid | None = None) -> ResponseReturnValue:
    session, actor, now = context.session(), context.actor(), context.arrived_at()
    places = deputies.own_places(session, actor, now)
    html = render_template(
        "work/deputies.html",
        actor=actor,
        now=now,
        places=[(str(one.id), f"{say(f'role.{one.role.value}')}, {one.organisation.name}") for one in places],
        people=[(str(one.id), one.name) for one in deputies.colleagues(session, actor, now)],
        named=deputies.named(session, actor, now),
        taken=deputies.taken(session, actor, now),
        typed=request.form,
        errors=wrong.errors if wrong else {},
        longest=deputies.MOST_DAYS,
    )
    return html, 422 if wrong else 200
