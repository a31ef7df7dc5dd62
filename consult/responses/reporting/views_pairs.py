"""Choosing what people said and what came of it, for the page of a concluded matter."""

from flask import Blueprint, request
from flask.typing import ResponseReturnValue

from consult.consultations.matter import queries
from consult.consultations.models import Consultation
from consult.errors import Invalid, Refused
from consult.policy import Action
from consult.responses.changes import pairs
from consult.responses.desk import forms
from consult.responses.reporting.shown_pairs import PAIRS
from consult.responses.views_frame import page, status_of, to, told
from consult.submissions.comments import listing
from consult.web import context
from consult.web.guard import access

blueprint = Blueprint("pairs", __name__)


@blueprint.get("/xu-ly/<slug>/noi-gi-sua-gi/")
@access(Action.CHOOSE_PAIRS, of=queries.by_slug)
def ask(consultation: Consultation) -> ResponseReturnValue:
    """The comments that may be shown, with the words that changed; those that are."""
    return _page(consultation)


@blueprint.post("/xu-ly/<slug>/noi-gi-sua-gi/")
@access(Action.CHOOSE_PAIRS, of=queries.by_slug, acts_on=PAIRS)
def choose(consultation: Consultation) -> ResponseReturnValue:
    """Shows those that were ticked, none if none is."""
    ticked = forms.numbers(request.form, "number") if "number" in request.form else []
    try:
        pairs.choose(context.session(), consultation, ticked, context.actor(), context.arrived_at())
    except (Invalid, Refused) as wrong:
        return _page(consultation, ticked, wrong)
    return to("pairs.ask", consultation, "done_choose_pairs")


def _page(
    consultation: Consultation, ticked: list[int] | None = None, wrong: Invalid | Refused | None = None
) -> ResponseReturnValue:
    session = context.session()
    found = pairs.candidates(session, consultation)
    numbers = tuple(one.number for one in found)
    comments = listing.public_comments(session, consultation, listing.Filter(numbers=numbers), limit=None)
    return page(
        "answers/pairs",
        consultation,
        status_of(wrong),
        candidates=found,
        comments={one.number: one for one in comments},
        ticked=pairs.chosen_numbers(session, consultation) if ticked is None else ticked,
        **told(wrong),
    )
