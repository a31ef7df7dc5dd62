"""The bodies asked in writing, before and after publication."""

from uuid import UUID

from flask import Blueprint, request
from flask.typing import ResponseReturnValue

from consult.consultations.asking import forms
from consult.consultations.asking.forms import ABILITY
from consult.consultations.desk.shown_bodies import INVITATION
from consult.consultations.desk.views_frame import bodies, page, to, typed
from consult.consultations.invitations import deliveries, rules, silence
from consult.consultations.invitations import service as invitations
from consult.consultations.matter import queries
from consult.consultations.models import Consultation
from consult.errors import Invalid
from consult.policy import Action
from consult.web import context
from consult.web.guard import access

blueprint = Blueprint("bodies", __name__)
BASE = "/xu-ly/<slug>/co-quan/"


@blueprint.get(BASE)
@access(Action.INVITE_BODIES, of=queries.by_slug)
def index(consultation: Consultation) -> ResponseReturnValue:
    """Who was asked, and the form for another body."""
    return _page(consultation, {})


@blueprint.post(BASE)
@access(Action.INVITE_BODIES, of=queries.by_slug, acts_on=INVITATION)
def invite(consultation: Consultation) -> ResponseReturnValue:
    """Records a body asked, or corrects what was recorded of it."""
    try:
        new = forms.invitation(request.form, bodies())
        invitations.invite(context.session(), consultation, new, context.actor(), context.arrived_at())
    except Invalid as invalid:
        return _page(consultation, typed(), invalid.errors)
    return to("bodies.index", consultation)


@blueprint.post(BASE + "<uuid:organisation_id>/bo/")
@access(Action.INVITE_BODIES, of=queries.by_slug, acts_on=INVITATION)
def remove(consultation: Consultation, organisation_id: UUID) -> ResponseReturnValue:
    """Takes a body off the list while the matter is in preparation."""
    invitations.uninvite(context.session(), consultation, organisation_id, context.actor(), context.arrived_at())
    return to("bodies.index", consultation)


def _page(
    consultation: Consultation, form: dict[str, str], errors: dict[str, str] | None = None
) -> ResponseReturnValue:
    session = context.session()
    asked, known = (
        invitations.invitations_of(session, consultation.id),
        deliveries.by_invitation(session, consultation.id),
    )
    return page(
        "bodies",
        errors,
        ABILITY,
        consultation=consultation,
        invitations=asked,
        last={one.id: silence.newest_of(one, known.get(one.id, [])) for one in asked},
        ways=forms.ways(),
        bodies=bodies(),
        form=form,
        silence_possible=rules.silence_possible(consultation),
    )
