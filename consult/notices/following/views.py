"""Following without an account: what can be followed, the form, and what the mails lead to.

Opening any address of these changes nothing: programs that look through mails open them all.
"""

from typing import Any

from flask import redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from consult import clock
from consult.errors import Invalid, Refused
from consult.notices.following import followers, programme_subjects, subjects, views_feeds, views_works
from consult.notices.following.subjects import Subject
from consult.notices.following.views_frame import KINDS, blueprint, found, name_of
from consult.notices.words import OF_PROGRAMMES
from consult.people.areas import find_areas
from consult.stages import Stage, stage_of
from consult.text import one_line
from consult.web import context, limits, tickets
from consult.web.guard import public

# Its pages stand in the same blueprint from the moment they are imported.
__all__ = ["blueprint", "views_feeds", "views_works"]

OF_LINE = "60 per hour"
"""So often one line may ask for the mail that wants confirming; what one mailbox gets has its own bound."""
NO_STORE = {"Cache-Control": "no-store", "X-Robots-Tag": "noindex"}
SCOPE = "follow"
MOST_AREAS = 12
LONGEST = 254
RUNNING = frozenset({Stage.ANNOUNCED, Stage.OPEN, Stage.RESPONDING})


@blueprint.get("/theo-doi/")
@public(asks=("xa",))
def index() -> str:
    """What can be followed: matters, communes by name, fields."""
    session, now = context.session(), context.arrived_at()
    typed = one_line(request.args.get("xa", "")[:80])
    areas = find_areas(session, typed, clock.local_day(now), MOST_AREAS) if typed else []
    running = [one for one in subjects.matters_of(session, None, now) if stage_of(one, now) in RUNNING]
    return render_template(
        "notices/following/index.html",
        typed=typed,
        areas=list({area.id: (area, one.area.name if one.old else "") for one in areas for area in one.now}.values()),
        matters=running,
        fields=subjects.fields(session, now),
        programmes=programme_subjects.public_ones(session),
    )


@blueprint.get(f"/theo-doi/<{KINDS}:followed>/<path:key>/")
@public()
def ask(followed: str, key: str) -> ResponseReturnValue:
    """The form that asks for a mail address, and the addresses of the feed and the calendar."""
    return _page(found(followed, key))


@blueprint.post(f"/theo-doi/<{KINDS}:followed>/<path:key>/")
@public(alone="a mailbox that asks to follow, which it confirms itself")
def subscribe(followed: str, key: str) -> ResponseReturnValue:
    """Has the mail sent that wants confirming; whoever followed already is answered no otherwise."""
    tickets.check_origin()
    subject, typed, now = found(followed, key), request.form.get("contact", "")[: LONGEST + 1], context.arrived_at()
    try:
        tickets.read(request.form.get("ticket", ""), SCOPE, now)
        if request.form.get("website"):
            raise Invalid({"website": "leave_empty"})
        limits.hit("follow", limits.line(), OF_LINE)
        followers.subscribe(context.session(), subject, typed, context.language(), now)
    except tickets.TicketExpired:
        return _page(subject, 409, notice="follow_notice.expired", contact=typed)
    except Invalid as invalid:
        return _page(subject, 422, errors=invalid.errors, contact=typed)
    except Refused as refused:
        return _page(subject, 429, notice=f"reason.{refused.reason}", contact=typed)
    return redirect(url_for("following.asked"), 303)


@blueprint.get("/theo-doi/da-gui/")
@public()
def asked() -> ResponseReturnValue:
    """That a mail was sent which wants confirming."""
    return _answer("asked")


@blueprint.get("/theo-doi/thu/<token>/")
@public()
def show(token: str) -> ResponseReturnValue:
    """What the mail leads to: a button that confirms, or what is followed."""
    return _of_token(token)


@blueprint.post("/theo-doi/thu/<token>/")
@public(alone="whoever has the mail confirms, and twice is once")
def confirm(token: str) -> ResponseReturnValue:
    """Whoever has the mail wants to follow."""
    try:
        tickets.read(request.form.get("ticket", ""), SCOPE, context.arrived_at())
    except tickets.TicketExpired:
        return _of_token(token, 409)
    if not followers.confirm(context.session(), token, context.arrived_at()):
        return _answer("gone", 404)
    return redirect(url_for("following.show", token=token), 303)


@blueprint.get("/theo-doi/thu/<token>/thoi/")
@public()
def leaving(token: str) -> ResponseReturnValue:
    """The button that ends it; a program of mails ends it by POST to the same address."""
    return _of_token(token, leaving=True)


@blueprint.post("/theo-doi/thu/<token>/thoi/")
@public(alone="whoever has the mail ends it, and twice is once")
def leave(token: str) -> ResponseReturnValue:
    """Ends it and forgets the address. RFC 8058: a program is answered at once and led nowhere."""
    followers.end(context.session(), token, context.arrived_at())
    if request.form.get("List-Unsubscribe") == "One-Click":
        return _answer("left")
    return redirect(url_for("following.left"), 303)


@blueprint.get("/theo-doi/da-thoi/")
@public()
def left() -> ResponseReturnValue:
    """That nothing more will come, and that the address is gone."""
    return _answer("left")


def _page(subject: Subject, status: int = 200, **given: Any) -> ResponseReturnValue:
    ticket = tickets.issue(SCOPE, context.arrived_at())
    values = {"errors": {}, "notice": "", "contact": "", **given}
    return _answer("follow", status, subject=subject, name=name_of(subject), ticket=ticket, limit=LONGEST,
                   by_day=subject.kind in OF_PROGRAMMES, **values)  # fmt: skip


def _of_token(token: str, status: int = 200, leaving: bool = False) -> ResponseReturnValue:
    session = context.session()
    follower = followers.by_token(session, token)
    subject = subjects.of_follower(session, follower, context.arrived_at()) if follower is not None else None
    if follower is None or subject is None:
        return _answer("left" if leaving else "gone", 200 if leaving else 404)
    confirmed = follower.confirmed_at is not None
    values = {"token": token, "confirmed": confirmed, "leaving": leaving, "expired": status != 200}
    ticket = tickets.issue(SCOPE, context.arrived_at())
    return _answer("mailed", status, subject=subject, name=name_of(subject), ticket=ticket, **values)


def _answer(page: str, status: int = 200, **values: Any) -> ResponseReturnValue:
    return render_template(f"notices/following/{page}.html", **values), status, NO_STORE
