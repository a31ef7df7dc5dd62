"""Everything that only agrees, on one page, noted in one press."""

from flask import Blueprint, request
from flask.typing import ResponseReturnValue

from consult.consultations.matter import queries
from consult.consultations.models import Consultation
from consult.errors import Refused
from consult.policy import Action
from consult.responses.agreement.found import agreeing
from consult.responses.agreement.service import note_agreement
from consult.responses.desk import forms
from consult.responses.desk.shown_comments import COMMENTS
from consult.responses.views_frame import handler, page, status_of, tell_taken, to, today, told
from consult.web import context
from consult.web.guard import access

blueprint = Blueprint("agreement", __name__)


@blueprint.get("/xu-ly/<slug>/dong-tinh/")
@access(Action.DRAFT_ANSWER, of=queries.by_slug)
def show(consultation: Consultation) -> ResponseReturnValue:
    """What would be noted, all of it ticked."""
    return _page(consultation)


@blueprint.post("/xu-ly/<slug>/dong-tinh/")
@access(Action.DRAFT_ANSWER, of=queries.by_slug, acts_on=COMMENTS)
def note(consultation: Consultation) -> ResponseReturnValue:
    """Notes all that are ticked."""
    try:
        numbers = forms.numbers(request.form)
        done = note_agreement(context.session(), consultation, numbers, context.actor(), context.arrived_at())
    except Refused as refused:
        context.session().rollback()
        return _page(consultation, refused)
    tell_taken(done, "done_noted")
    return to("agreement.show", consultation)


def _page(consultation: Consultation, wrong: Refused | None = None) -> ResponseReturnValue:
    found = agreeing(context.session(), consultation, handler(consultation), today())
    chosen = [str(line.number) for line in found.lines] if wrong is None else request.form.getlist("comment")
    return page("agreement/index", consultation, status_of(wrong), found=found, chosen=chosen, **told(wrong))
