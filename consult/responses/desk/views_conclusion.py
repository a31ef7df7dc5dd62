"""Concluding a matter: what is in the way, and the act itself."""

from flask import Blueprint, current_app
from flask.typing import ResponseReturnValue

from consult.consultations.matter import queries
from consult.consultations.models import Consultation
from consult.errors import Refused
from consult.policy import Action
from consult.responses.answers import blockers, conclusion, public_sums
from consult.responses.desk.shown_answers import CONCLUSION
from consult.responses.views_frame import page, status_of, to
from consult.web import context
from consult.web.guard import access

blueprint = Blueprint("ending", __name__)


@blueprint.get("/xu-ly/<slug>/ket-thuc/")
@access(Action.CONCLUDE, of=queries.by_slug)
def ask(consultation: Consultation) -> ResponseReturnValue:
    """What is in the way, by number, and both sums."""
    return _page(consultation)


@blueprint.post("/xu-ly/<slug>/ket-thuc/")
@access(Action.CONCLUDE, of=queries.by_slug, acts_on=CONCLUSION)
def conclude(consultation: Consultation) -> ResponseReturnValue:
    """Concludes the matter."""
    try:
        session, first = context.session(), current_app.config["FINAL_ANSWERS_FIRST"]
        conclusion.conclude(session, consultation, context.actor(), context.arrived_at(), final_answers=first)
    except Refused as refused:
        return _page(consultation, refused)
    return to("index", consultation, "done_conclude")


def _page(consultation: Consultation, refusal: Refused | None = None) -> ResponseReturnValue:
    session = context.session()
    outcome, visibility = public_sums.told(session, consultation.id)
    return page(
        "answers/conclude",
        consultation,
        status_of(refusal),
        in_the_way=blockers.in_the_way(session, consultation.id, current_app.config["FINAL_ANSWERS_FIRST"]),
        outcome=outcome,
        visibility=visibility,
        refusal=refusal,
    )
