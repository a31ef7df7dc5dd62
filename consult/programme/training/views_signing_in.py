"""Signing in at a course by the code on the wall: the name one was signed up with, without an account or a script. No
name is shown to anybody, and those that are not found are counted."""

from typing import Any

from flask import Blueprint, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from consult.errors import Invalid, NotFound, Refused
from consult.programme.training import signing_in, sittings
from consult.programme.training.models import Sitting
from consult.programme.views_frame import now
from consult.submissions.views_frame import site_codes
from consult.web import context, limits, tickets
from consult.web.arrival.link_marks import LinkMarks
from consult.web.guard import public

blueprint = Blueprint("signing_in", __name__)
BASE = "/tap-huan/vao/<key>/"
MISSES = LinkMarks("sittings", "sitting_misses")
SCOPE = "sitting"
NAMES_OF_LINE = "60 per 10 minutes"
NAMES_OF_SITTING = "300 per hour"
"""How many names that are on no list are typed from one line, which a hall may share, and at one sitting."""
CAME = frozenset({"co", "cho"})


@blueprint.get(BASE)
@public(asks=("xong",))
def ask(key: str) -> ResponseReturnValue:
    """The form, or what came of it; outside of the hours of the sitting when it opens."""
    done = request.args.get("xong", "")
    return _page(key, done=done if done in CAME else "")


@blueprint.post(BASE)
@public(alone="that somebody is there, which is noted once")
def sign(key: str) -> ResponseReturnValue:
    """Notes that somebody is there."""
    tickets.check_origin()
    form = request.form
    try:
        tickets.read(form.get("ticket", ""), SCOPE, context.arrived_at())
        found = _signed(_found(key), form.get("name", ""), form.get("number", ""))
    except tickets.TicketExpired:
        return _page(key, 409, refusal="sitting_expired")
    except Invalid as invalid:
        return _page(key, 422, errors=invalid.errors)
    except Refused as refused:
        return _page(key, 429 if refused.reason == "too_many" else 409, refusal=refused.reason)
    return redirect(url_for("signing_in.ask", key=key, xong="co" if found else "cho"), 303)


def _signed(sitting: Sitting, name: str, number: str) -> bool:
    counted = (
        ("sitting_names", limits.line(), NAMES_OF_LINE),
        ("sitting_all_names", str(sitting.id), NAMES_OF_SITTING),
    )
    for one in counted:
        limits.require_left(*one)
    found = signing_in.sign_in(context.session(), sitting, name, number, context.arrived_at())
    for one in () if found else counted:
        limits.hit(*one)
    return found


def _found(key: str) -> Sitting:
    try:
        return MISSES.found(lambda: sittings.by_key(context.session(), key, site_codes()))
    except NotFound as unknown:
        raise Refused("sitting_key_unknown") from unknown


def _page(key: str, status: int = 200, **given: Any) -> ResponseReturnValue:
    if status != 200:
        context.session().rollback()
    sitting = _found(key)
    values = {"errors": {}, "refusal": "", "done": "", **given}
    html = render_template(
        "programme/training/sign_in.html", sitting=sitting, course=sitting.course, key=key, typed=request.form,
        open_now=sittings.is_open(sitting, now()), begins=sittings.hour(sitting.begins),
        ends=sittings.hour(sitting.ends), ticket=tickets.issue(SCOPE, context.arrived_at()), **values,
    )  # fmt: skip
    return html, status
