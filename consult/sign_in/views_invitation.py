"""The page behind a link by which a person sets the first password, or a new one."""

from flask import Blueprint, render_template, request
from flask.typing import ResponseReturnValue

from consult.errors import Invalid, Refused
from consult.sign_in import factors, invitations, sessions
from consult.sign_in.known_devices import Entry
from consult.sign_in.views_session import enter, site_names
from consult.sign_in.words import Way
from consult.web import context, sign_in_log, tickets
from consult.web.guard import public

blueprint = Blueprint("invitation", __name__)

SCOPE = "invitation"
PER_LINK = "20 per 15 minutes"


@blueprint.get("/dang-nhap/loi-moi/<token>/")
@public()
def show(token: str) -> ResponseReturnValue:
    """The page of an invitation, where its person sets a password. Raises Refused for a link that opens nothing."""
    return _page(token, {})


@blueprint.post("/dang-nhap/loi-moi/<token>/")
@public(alone="one's own first password: the link opens once")
def accept(token: str) -> ResponseReturnValue:
    """Sets it and signs in; who has a second factor signs in with that. What is wrong comes back as 422."""
    tickets.check_origin()
    sign_in_log.counted("invitation", token, PER_LINK)
    given = (request.form.get("password", ""), request.form.get("again", ""))
    secrets, now = context.secrets(), context.arrived_at()
    try:
        tickets.read(request.form.get("ticket", ""), SCOPE, now)
        user = invitations.accept(context.session(), token, *given, secrets, now, site_names())
    except tickets.TicketExpired:
        return _page(token, {"password": "page_expired"}), 422
    except Invalid as invalid:
        return _page(token, invalid.errors), 422
    except Refused:
        sign_in_log.tell("invitation_refused")
        raise
    sign_in_log.tell("invitation_used", user.id)
    if factors.has_second(context.session(), user):
        return render_template("sign_in/password_set.html")
    return enter(user, sessions.fingerprint(user), entry=Entry(Way.PASSWORD))


def _page(token: str, errors: dict[str, str]) -> str:
    now = context.arrived_at()
    try:
        user = invitations.read(context.session(), token, context.secrets(), now)
    except Refused:
        sign_in_log.tell("invitation_refused")
        raise
    return render_template(
        "sign_in/invitation.html", user=user, ticket=tickets.issue(SCOPE, now), token=token, errors=errors
    )
