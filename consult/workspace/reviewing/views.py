"""The reviewer of a body reads a draft, leaves remarks, and agrees or gives it back."""

from uuid import UUID

from flask import Blueprint, flash, redirect, request, url_for
from flask.typing import ResponseReturnValue

from consult.consultations.matter import queries
from consult.consultations.models import Consultation
from consult.policy import Action
from consult.web import context
from consult.web.guard import access
from consult.workspace import forms
from consult.workspace.reviewing import notes, review
from consult.workspace.shown import TO_SEND

blueprint = Blueprint("reviewing", __name__)
AGREED = {"agree": True, "return": False}


@blueprint.post("/to-chuc/<slug>/ban-soan/<uuid:draft_id>/duyet/")
@access(Action.USE_WORKSPACE, of=queries.by_slug, acts_on=TO_SEND)
def answer(consultation: Consultation, draft_id: UUID) -> ResponseReturnValue:
    """Keeps the remarks, and then what the reviewer says, if they say it."""
    session, actor, now = context.session(), context.actor(), context.arrived_at()
    notes.add(session, consultation, draft_id, forms.notes(request.form), actor, now)
    said = request.form.get("do", "")
    if said in AGREED:
        review.answer(session, consultation, draft_id, AGREED[said], actor, now)
    flash("workspace.reviewed" if said in AGREED else "workspace.noted")
    return redirect(url_for("workspace.sending.check", slug=consultation.slug, draft_id=draft_id), 303)
