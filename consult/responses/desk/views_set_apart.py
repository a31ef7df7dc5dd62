"""Opening a text that is set apart: who reads it is recorded, and only then is it shown."""

from flask import Blueprint
from flask.typing import ResponseReturnValue

from consult.consultations.matter import queries
from consult.consultations.models import Consultation
from consult.policy import Action
from consult.responses.desk import set_apart
from consult.responses.views_frame import to
from consult.web import context
from consult.web.guard import access

blueprint = Blueprint("set_apart", __name__)


@blueprint.post("/xu-ly/<slug>/y-kien/<int:number>/doc/")
@access(Action.TRIAGE, of=queries.by_slug, alone="reads; that it was read is recorded")
def read(consultation: Consultation, number: int) -> ResponseReturnValue:
    """Opens the text for an hour to who asks."""
    set_apart.open_text(context.session(), consultation, number, context.actor(), context.arrived_at())
    return to("comment", consultation, number=number)
