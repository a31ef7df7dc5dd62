"""Everything that says nothing, on one page: proposed in one press, and confirmed in one by another person."""

from flask import Blueprint, request
from flask.typing import ResponseReturnValue

from consult.consultations.matter import queries
from consult.consultations.models import Consultation
from consult.errors import NotFound, Refused
from consult.policy import Action
from consult.responses.blanks import service
from consult.responses.desk import forms
from consult.responses.desk.shown_comments import COMMENTS
from consult.responses.views_frame import handler, page, status_of, tell_taken, to, today, told
from consult.web import context
from consult.web.guard import access

blueprint = Blueprint("blanks", __name__)
ACTS = {"propose": service.propose, "confirm": service.confirm}


@blueprint.get("/xu-ly/<slug>/de-trong/")
@access(Action.TRIAGE, of=queries.by_slug)
def show(consultation: Consultation) -> ResponseReturnValue:
    """What would be proposed, all of it ticked, and what waits for another person."""
    return _page(consultation)


@blueprint.post("/xu-ly/<slug>/de-trong/")
@access(Action.TRIAGE, of=queries.by_slug, acts_on=COMMENTS)
def decide(consultation: Consultation) -> ResponseReturnValue:
    """Proposes or confirms all that are ticked."""
    act = request.form.get("act", "")
    if act not in ACTS:
        raise NotFound
    try:
        numbers = forms.numbers(request.form)
        done = ACTS[act](context.session(), consultation, numbers, context.actor(), context.arrived_at())
    except Refused as refused:
        context.session().rollback()
        return _page(consultation, refused)
    tell_taken(done, f"done_blank_{act}")
    return to("blanks.show", consultation)


def _page(consultation: Consultation, wrong: Refused | None = None) -> ResponseReturnValue:
    found = service.blanks(context.session(), consultation, handler(consultation), today())
    own = [line for line, act in found.proposed if act.by_id == context.actor().user_id]
    others = [line for line, act in found.proposed if act.by_id != context.actor().user_id]
    return page("blanks/index", consultation, status_of(wrong), found=found, own=own, others=others, **told(wrong))
