"""The checklist of a model residential area and the scores by it, for the people of the Front."""

from typing import Any

from flask import Blueprint, request
from flask.typing import ResponseReturnValue

from consult.errors import Invalid, NotFound, Refused
from consult.policy import Action
from consult.programme import bodies, heads
from consult.programme.head_models import Programme
from consult.programme.practices import criteria, forms, scores, typed
from consult.programme.practices.shown import CRITERIA
from consult.programme.views_frame import Wrong, forget, now, page, to, today
from consult.web import context
from consult.web.guard import access

blueprint = Blueprint("criteria", __name__)
BASE = "/phoi-hop/mo-hinh/<slug>/khu-dan-cu/<int:year>/"


@blueprint.get(BASE)
@access(Action.USE_PROGRAMME)
def show(slug: str, year: int) -> ResponseReturnValue:
    """The checklist of a year and what waits."""
    return _page(slug, year)


@blueprint.post(BASE)
@access(Action.USE_PROGRAMME, acts_on=CRITERIA)
def change(slug: str, year: int) -> ResponseReturnValue:
    """Writes the checklist, or makes the one that waits public, as the button says."""
    session, found, actor, form = context.session(), _own(slug), context.actor(), request.form
    releases = form.get("do") == "release"
    try:
        if releases:
            criteria.release_criteria(session, found, year, actor, now())
        else:
            said = form.get("checklist", ""), form.get("needed", ""), form.get("reason", "")
            criteria.set_criteria(session, found, year, *said, actor, now())
    except (Invalid, Refused) as wrong:
        return _page(slug, year, wrong, "criteria")
    return _to(slug, year, "criteria.public" if releases else "criteria.saved")


@blueprint.post(f"{BASE}cham/")
@access(Action.USE_PROGRAMME, alone="a new score of an area")
def score(slug: str, year: int) -> ResponseReturnValue:
    """The points of a residential area, which another person makes public."""
    try:
        scores.score(context.session(), _own(slug), year, forms.score(request.form), context.actor(), now())
    except (Invalid, Refused) as wrong:
        return _page(slug, year, wrong, "score")
    return _to(slug, year, "criteria.scored")


@blueprint.post(f"{BASE}<int:number>/")
@access(Action.USE_PROGRAMME, acts_on=CRITERIA)
def decide(slug: str, year: int, number: int) -> ResponseReturnValue:
    """Makes a score public or takes it out, as the button says."""
    discards = request.form.get("do") == "discard"
    try:
        scores.decide(context.session(), _own(slug), year, number, discards, context.actor(), now())
    except Refused as wrong:
        return _page(slug, year, wrong)
    return _to(slug, year, "criteria.discarded" if discards else "criteria.score_public")


def _own(slug: str) -> Programme:
    found = heads.found(context.session(), slug)
    if found.first_party_id not in heads.bodies_of(context.actor()):
        raise NotFound
    return found


def _to(slug: str, year: int, told: str) -> ResponseReturnValue:
    return to("practices.criteria.show", told, slug=slug, year=year)


def _page(slug: str, year: int, wrong: Wrong = None, form: str = "") -> ResponseReturnValue:
    forget(wrong)
    session, programme = context.session(), _own(slug)
    if not programme.valid_from.year <= year <= programme.valid_to.year:
        raise NotFound
    known = criteria.versions(session, programme, year)
    given = scores.scores(session, programme, year, public=True, limit=scores.PAGE_SIZE)
    values: dict[str, Any] = {
        "programme": programme, "year": year, "today": today(),
        "waits": next((one for one in known if one.released_at is None), None),
        "in_force": next((one for one in known if one.released_at is not None), None),
        "waiting": scores.scores(session, programme, year, public=False, limit=scores.PAGE_SIZE),
        "scores": given, "replaced": scores.replaced(session, given, today()),
        "communes": bodies.communes(session, today()),
        "facts": request.form if form == "criteria" and wrong is not None else typed.criteria(next(iter(known), None)),
    }  # fmt: skip
    return page("programme/practices/work_criteria.html", wrong, {}, form, **values)
