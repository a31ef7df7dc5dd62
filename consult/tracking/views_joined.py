"""Status by code of who joined a comment: its state and answer; with the secret number they may take it back, and have
forgotten how to reach them."""

from typing import Any

from flask import render_template, request
from flask.typing import ResponseReturnValue

from consult.errors import Refused
from consult.policy import ANYBODY, Action, decide
from consult.submissions import anchors
from consult.submissions.joining import service as joining
from consult.submissions.models import Joiner
from consult.submissions.receiving import lookup_codes
from consult.tracking import lookup, passes
from consult.tracking import service as tracking
from consult.web import context, tickets
from consult.web.catalogue import say

SCOPE = "status"


def page(joiner: Joiner, code: str, status_code: int = 200, **given: Any) -> ResponseReturnValue:
    """The comment joined as anybody may know it, and where the secret number is typed."""
    session = context.session()
    consultation = lookup.matter_of(session, joiner)
    values = {"secret": "", "wrong": "", "notice": "", "refused": None, "error": "", **given}
    body = render_template(
        "tracking/joined.html",
        consultation=consultation,
        joiner=joiner,
        code=lookup_codes.shown(lookup_codes.typed(code)),
        comments=tracking.of_joiner(session, consultation, joiner),
        ticket=tickets.issue(SCOPE, context.arrived_at()),
        open=decide(ANYBODY, Action.SEND_COMMENT, consultation, context.arrived_at()) is None,
        label=lambda one: anchors.label_of(one, say),
        **values,
    )
    return body, status_code


def own(joiner: Joiner, code: str, notice: str = "", status_code: int = 200, **given: Any) -> ResponseReturnValue:
    """The same for who has the secret number, with the way to take it back and the receipt file."""
    secret = passes.issue(lookup_codes.typed(code), context.arrived_at())
    return page(joiner, code, status_code, secret=secret, notice=notice, **given)


def forget(joiner: Joiner, code: str, expired: bool) -> ResponseReturnValue | None:
    """Forgets how to reach them; gives the page that says why not, None when it is done."""
    if expired:
        return own(joiner, code, "expired", 409)
    joining.forget_contact(context.session(), joiner, context.arrived_at())
    return None


def leave(joiner: Joiner, code: str, expired: bool) -> ResponseReturnValue | None:
    """Takes the joining back, for good; gives the page that says why not, None when it is done."""
    if expired:
        return own(joiner, code, "expired", 409)
    if request.form.get("chac_chan") != "1":
        return own(joiner, code, status_code=422, error="not_sure")
    try:
        joining.leave(context.session(), joiner, context.arrived_at(), context.arrived_at())
    except Refused as refused:
        return own(joiner, code, status_code=409, refused=refused)
    return None
