"""Concluding a matter: what is in the way, and the act itself."""

from flask import Blueprint, current_app
from flask.typing import ResponseReturnValue

from consult.consultations.matter import queries
from consult.consultations.models import Consultation
from consult.errors import Refused
from consult.policy import Action
from consult.responses.answers import blockers, conclusion
from consult.responses.desk.shown_answers import CONCLUSION
from consult.responses.ending import forecast, whats_left
from consult.responses.majority import tally
from consult.responses.statistics.cached_counts import kept_counts
from consult.responses.views_frame import handler, page, status_of, term, to, today
from consult.web import context
from consult.web.guard import access

blueprint = Blueprint("ending", __name__)


@blueprint.get("/xu-ly/<slug>/ket-thuc/")
@access(Action.CONCLUDE, of=queries.by_slug)
def ask(consultation: Consultation) -> ResponseReturnValue:
    """What is in the way, by number, where each term of both sums leads, and what concluding will do."""
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
    outcome, visibility = kept_counts.sums(session, consultation)
    who = handler(consultation)
    decided = [one for one in tally.tallies(session, consultation) if one.to_decide]
    return page(
        "ending/conclude",
        consultation,
        status_of(refusal),
        in_the_way=blockers.in_the_way(session, consultation.id, current_app.config["FINAL_ANSWERS_FIRST"]),
        undecided=[one for one in decided if one.decision is None],
        decided=len(decided),
        key_of=tally.key_of,
        left=whats_left.by_draft(session, consultation, who, term(consultation), today()),
        ending=forecast.forecast(session, consultation, outcome["received"]),
        outcome=outcome,
        visibility=visibility,
        refusal=refusal,
    )
