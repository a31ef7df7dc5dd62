"""Which proposals the draft of a matter takes up, at the desk."""

from uuid import UUID

from flask import Blueprint, request
from flask.typing import ResponseReturnValue

from consult.consultations.matter import queries
from consult.consultations.models import Consultation
from consult.errors import Invalid, NotFound, Refused
from consult.policy import Action
from consult.responses.taken_up import service
from consult.responses.views_frame import page, status_of, to, told
from consult.web import context
from consult.web.guard import access

blueprint = Blueprint("taken_up", __name__)
BASE = "/xu-ly/<slug>/tu-kien-nghi/"


@blueprint.get(BASE)
@access(Action.REVISE_MATTER, of=queries.by_slug)
def index(consultation: Consultation) -> ResponseReturnValue:
    """Those it takes up, and the form for another."""
    return _page(consultation)


@blueprint.post(BASE)
@access(Action.REVISE_MATTER, of=queries.by_slug, alone="one more proposal; the same twice is once")
def take_up(consultation: Consultation) -> ResponseReturnValue:
    """It takes up one more."""
    session, actor, now = context.session(), context.actor(), context.arrived_at()
    typed = request.form.get("number", "").strip()
    number = int(typed) if typed.isascii() and typed.isdigit() and len(typed) < 9 else 0
    try:
        service.take_up(session, consultation, _key(request.form.get("proposals", "")), number, actor, now)
    except (Invalid, Refused) as wrong:
        return _page(consultation, wrong)
    return to("taken_up.index", consultation, "done_taken_up")


def _key(typed: str) -> UUID | None:
    try:
        return UUID(typed)
    except ValueError:
        return None


def _page(consultation: Consultation, wrong: Invalid | Refused | None = None) -> ResponseReturnValue:
    if not consultation.kind.has_draft:
        raise NotFound
    session = context.session()
    if wrong is not None:
        session.rollback()
    matters = service.matters_of_proposals(session, context.arrived_at())
    return page(
        "taken_up/index", consultation, status_of(wrong), found=service.of_draft(session, consultation),
        matters=[(str(one.id), one.title) for one in matters], form=request.form if wrong else {}, **told(wrong),
    )  # fmt: skip
