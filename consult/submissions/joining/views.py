"""Joining a public comment: a page of its own, the receipt at once, and the count of now for pages that are kept."""

from typing import Any
from uuid import UUID

from flask import Blueprint, redirect, render_template, request
from flask.typing import ResponseReturnValue

from consult.consultations.matter import policy_facts, queries
from consult.consultations.matter.policy_facts import PolicyFacts
from consult.consultations.models import Consultation
from consult.errors import Invalid, NotFound, Refused
from consult.policy import Action
from consult.submissions import anchors
from consult.submissions.comments import comment_state, listing
from consult.submissions.comments.public_view import PublicComment
from consult.submissions.inputs import SHORT_LIMIT
from consult.submissions.joining import service as joining
from consult.submissions.joining.service import NewJoining
from consult.submissions.joining.shown import JOINED
from consult.submissions.views_frame import AGAIN, receipt_address, site_codes
from consult.text import stored
from consult.web import context, flood_control, tickets
from consult.web.arrival import resubmission
from consult.web.catalogue import say
from consult.web.guard import public

blueprint = Blueprint("joining", __name__)
NO_STORE = {"Cache-Control": "no-store"}


@blueprint.get("/lay-y-kien/<slug>/y-kien/<int(max=999999999):number>/cung-y-kien/")
@public(Action.READ_MATTER, of=queries.by_slug)
def ask(consultation: Consultation, number: int) -> ResponseReturnValue:
    """What is counted and what is public, told before; and where to be told of the answer, for who likes."""
    comment, reason = _comment(consultation, number), _why_not(consultation, number)
    if reason is not None:
        return _page("join", consultation, comment, 409, refused=reason)
    return _page("join", consultation, comment, ticket=_new_ticket(consultation.id, number))


@blueprint.post("/lay-y-kien/<slug>/y-kien/<int(max=999999999):number>/cung-y-kien/")
@public(Action.READ_MATTER, of=policy_facts.by_slug, acts_on=JOINED)
def join(matter: PolicyFacts, number: int) -> ResponseReturnValue:
    """Takes the joining in. The ticket's random part is the key: pressing twice is joining once."""
    tickets.check_origin()
    session, ticket = context.session(), request.form.get("ticket", "")
    typed = stored(request.form.get("contact", "")[: SHORT_LIMIT + 1])
    try:
        if request.form.get("website"):
            raise Invalid({"website": "leave_empty"})
        if flood_control.too_many():
            came = resubmission.statement()
            return _again(matter, number, typed, 429, notice="crowded", ticket=ticket, arrived=came)
        key = tickets.read(ticket, _scope(matter.id, number), context.arrived_at()).key
        new = NewJoining(key, context.arrived_at(), typed, context.language())
        signer, codes = context.signer(), site_codes()
        receipt = joining.join(session, matter, number, new, context.arrived_at(), signer, codes)
    except tickets.TicketExpired:
        return _again(matter, number, typed, 409, notice="expired")
    except Invalid as invalid:
        return _again(matter, number, typed, 422, errors=invalid.errors, ticket=ticket)
    except Refused as refused:
        return _again(matter, number, typed, 409, refused=refused.reason)
    how = AGAIN if receipt.repeated else ""
    return redirect(receipt_address(receipt.code, receipt.secret, context.arrived_at(), how), 303)


@blueprint.get("/lay-y-kien/<slug>/y-kien/<int(max=999999999):number>/luot/")
@public(Action.READ_MATTER, of=queries.by_slug)
def count(consultation: Consultation, number: int) -> ResponseReturnValue:
    """How many have joined a comment by now: a fragment for the page of the comment, which is kept."""
    comment = _comment(consultation, number)
    body = render_template("submissions/joining/joined_live.html", comment=comment, now=context.arrived_at())
    return body, 200, {**NO_STORE, "X-Robots-Tag": "noindex"}


def _comment(consultation: Consultation, number: int) -> PublicComment:
    found = listing.public_comment(context.session(), consultation, number)
    if found is None:
        raise NotFound
    return found


def _why_not(consultation: Consultation, number: int) -> str | None:
    """The code of the reason why a comment cannot be joined now."""
    session = context.session()
    try:
        joining.check(
            session, consultation, comment_state.read(session, consultation.id, [number])[0], context.arrived_at()
        )
    except Refused as refused:
        return refused.reason
    return None


def _again(matter: PolicyFacts, number: int, typed: str, status: int, **given: Any) -> ResponseReturnValue:
    consultation = queries.by_slug(context.session(), matter.slug)
    given.setdefault("ticket", _new_ticket(matter.id, number))
    return _page("join", consultation, _comment(consultation, number), status, contact=typed, **given)


def _page(
    name: str, consultation: Consultation, comment: PublicComment, status: int = 200, **given: Any
) -> ResponseReturnValue:
    values = {"errors": {}, "notice": "", "refused": "", "contact": "", "ticket": "", "arrived": None, **given}
    place = anchors.label_of(comment, say)
    tai = anchors.written(comment.document, comment.revision, comment.path, comment.page) if comment.document else ""
    body = render_template(
        f"submissions/joining/{name}.html", consultation=consultation, comment=comment, place=place, tai=tai,
        now=context.arrived_at(), limit=SHORT_LIMIT, **values,
    )  # fmt: skip
    return body, status, NO_STORE


def _new_ticket(consultation_id: UUID, number: int) -> str:
    return tickets.issue(_scope(consultation_id, number), context.arrived_at())


def _scope(consultation_id: UUID, number: int) -> str:
    return f"{consultation_id}:{number}"
