"""The steps of a round and what it recommends: recorded, made public, taken out."""

from flask import Blueprint, Response, request
from flask.typing import ResponseReturnValue

from consult.errors import Invalid, NotFound, Refused
from consult.policy import Action
from consult.programme import heads
from consult.programme.rounds import forms, planning, recommendations, steps
from consult.programme.rounds.models import Round, RoundStep
from consult.programme.rounds.shown import ROUND
from consult.programme.rounds.views_page import round_page
from consult.programme.views_frame import letter_file, now, to
from consult.programme.views_pictures import painted
from consult.web import context
from consult.web.files import downloads
from consult.web.guard import access

blueprint = Blueprint("steps", __name__)
BASE = "/phoi-hop/giam-sat/<slug>/<int:number>/"


@blueprint.post(f"{BASE}buoc/")
@access(Action.USE_PROGRAMME, alone="a new step of the round")
def record(slug: str, number: int) -> ResponseReturnValue:
    """One more step, which another person makes public."""
    found = _found(slug, number)
    try:
        new = forms.step(request.form, letter_file("file"), painted("pictures", steps.MOST_PICTURES))
        steps.record(context.session(), found, new, context.actor(), now())
    except (Invalid, Refused) as wrong:
        return round_page(slug, number, wrong, "step")
    return to("rounds.show", "round.step_saved", slug=slug, number=number)


@blueprint.post(f"{BASE}buoc/<int:step>/")
@access(Action.USE_PROGRAMME, acts_on=ROUND)
def decide(slug: str, number: int, step: int) -> ResponseReturnValue:
    """Makes a step public or takes it out, as the button says."""
    session, found, actor = context.session(), _found(slug, number), context.actor()
    discards = request.form.get("do") == "discard"
    try:
        (steps.discard if discards else steps.release)(session, found, step, actor, now())
    except Refused as wrong:
        return round_page(slug, number, wrong)
    return to("rounds.show", "round.step_discarded" if discards else "round.step_public", slug=slug, number=number)


@blueprint.post(f"{BASE}kien-nghi/")
@access(Action.USE_PROGRAMME, alone="a new recommendation of the round")
def recommend(slug: str, number: int) -> ResponseReturnValue:
    """One more recommendation, public with the report."""
    found = _found(slug, number)
    try:
        typed = forms.recommendation(request.form)
        recommendations.recommend(context.session(), found, *typed, context.actor(), now())
    except (Invalid, Refused) as wrong:
        return round_page(slug, number, wrong, "recommendation")
    return to("rounds.show", "round.recommended", slug=slug, number=number)


@blueprint.post(f"{BASE}kien-nghi/<int:promise>/")
@access(Action.USE_PROGRAMME, acts_on=ROUND)
def take_back(slug: str, number: int, promise: int) -> ResponseReturnValue:
    """Takes out a recommendation before the report is public."""
    try:
        recommendations.take_back(context.session(), _found(slug, number), promise, context.actor(), now())
    except Refused as wrong:
        return round_page(slug, number, wrong)
    return to("rounds.show", "round.taken_back", slug=slug, number=number)


@blueprint.get(f"{BASE}buoc/<int:step>/tep/")
@access(Action.USE_PROGRAMME)
def file(slug: str, number: int, step: int) -> Response:
    """The file of a step, to be saved."""
    found = _readable(slug, number, step)
    if not found.file_hash:
        raise NotFound
    return downloads.kept(found.file_hash, found.media_type, found.file_name)


@blueprint.get(f"{BASE}buoc/<int:step>/hinh/<int:picture>/")
@access(Action.USE_PROGRAMME)
def picture(slug: str, number: int, step: int, picture: int) -> Response:
    """A picture of a visit, as it was painted anew."""
    kept = steps.picture_of(context.session(), _readable(slug, number, step), picture)
    return downloads.played(kept.file_hash, kept.media_type, kept.file_name)


def _found(slug: str, number: int) -> Round:
    session = context.session()
    found = planning.round_of(session, heads.found(session, slug), number)
    planning.require_reader(found, context.actor())
    return found


def _readable(slug: str, number: int, step: int) -> RoundStep:
    one = _found(slug, number)
    found = steps.step_of(one, step)
    if found not in planning.readable_steps(one, context.actor()):
        raise NotFound
    return found
