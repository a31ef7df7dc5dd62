"""The leader's page of figures: every number leads to the list that it counts."""

from flask import Blueprint
from flask.typing import ResponseReturnValue

from consult.consultations.matter import queries
from consult.consultations.models import Consultation
from consult.policy import Action
from consult.responses.figures.matter import figures
from consult.responses.statistics import bodies, charts
from consult.responses.views_frame import knows_senders, page, place_of, term, today
from consult.responses.words import Disposition
from consult.submissions.comments.outcome import Outcome
from consult.submissions.words import Stance
from consult.web import context
from consult.web.catalogue import say
from consult.web.guard import access

blueprint = Blueprint("figures", __name__)


@blueprint.get("/xu-ly/<slug>/so-lieu/")
@access(Action.SEE_COMMENTS, of=queries.by_slug)
def show(consultation: Consultation) -> ResponseReturnValue:
    """By outcome, day, clause, kind and level of who spoke, disposition, stance and unit."""
    told = figures(context.session(), consultation, term(consultation), today())
    return page(
        "figures/matter", consultation, told=told, days=charts.columns(told.days), outcomes=list(Outcome),
        dispositions=list(Disposition), stances=[*Stance, None], today=today(), senders=knows_senders(consultation),
        bodies=[(code, bodies.named(code, say), counted) for code, counted in told.bodies],
        places=[(place_of(one.place), one.at, one.counted) for one in told.places],
    )  # fmt: skip
