"""The first page of who works at a desk: what waits for them over all matters; and handing over all work of one."""

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from consult import clock
from consult.consultations.matter import overview
from consult.errors import Invalid
from consult.people.words import Role
from consult.policy import Action
from consult.web import context
from consult.web.catalogue import say
from consult.web.guard import access
from consult.work import forms, queues
from consult.work import hand_over as handing_over
from consult.work.views_addresses import address_of
from consult.work.views_deputies import blueprint as deputies

blueprint = Blueprint("work", __name__)
blueprint.register_blueprint(deputies)
ASSIGNS = (Role.OFFICER, Role.LEADER)


@blueprint.get("/xu-ly/")
@access(Action.USE_DESK)
def index() -> ResponseReturnValue:
    """What waits for me, and the matters of my bodies."""
    session, actor, now = context.session(), context.actor(), context.arrived_at()
    return render_template(
        "work/index.html",
        actor=actor,
        now=now,
        today=clock.local_day(now),
        waiting=queues.waiting(session, actor, now),
        matters=overview.matters(session, actor, now),
        address_of=address_of,
        hands_over=actor.holds(*ASSIGNS),
    )


@blueprint.get("/xu-ly/ban-giao/")
@access(Action.USE_DESK)
def hand_over_form() -> ResponseReturnValue:
    """Whose work goes to whom."""
    return _form()


@blueprint.post("/xu-ly/ban-giao/")
@access(Action.USE_DESK, alone="each matter is read again in its own transaction")
def hand_over() -> ResponseReturnValue:
    """Hands it over, matter by matter."""
    giver, taker = (forms.person(request.form, name) for name in ("giver", "taker"))
    try:
        given, left = handing_over.hand_over(context.session(), giver, taker, context.actor(), context.arrived_at())
    except Invalid as invalid:
        return _form(invalid)
    flash(say("work.handed_over", count=sum(map(len, given.values())), matters=len(given)))
    for matter in left:
        flash(say("work.not_handed_over", matter=matter.full_name), "warning")
    return redirect(url_for("work.index"), 303)


def _form(wrong: Invalid | None = None) -> ResponseReturnValue:
    session, actor, now = context.session(), context.actor(), context.arrived_at()
    people, givers = (
        [(str(one.id), one.name) for one in found(session, actor, now)]
        for found in (handing_over.people, handing_over.givers)
    )
    errors = wrong.errors if wrong else {}
    html = render_template(
        "work/hand_over.html", actor=actor, now=now, people=people, givers=givers, typed=request.form, errors=errors
    )
    return html, 422 if wrong else 200
