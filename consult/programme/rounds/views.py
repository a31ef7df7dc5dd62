"""Rounds of supervision, for the committee that leads them and the body that is supervised."""

from typing import Any

from flask import Blueprint, current_app, request
from flask.typing import ResponseReturnValue

from consult.errors import Invalid, Refused
from consult.policy import Action
from consult.programme import bodies, heads
from consult.programme.rounds import forms, planning, typed
from consult.programme.rounds.shown import ROUND
from consult.programme.rounds.terms import RoundTerms
from consult.programme.rounds.views_page import round_page
from consult.programme.rounds.views_papers import blueprint as papers
from consult.programme.rounds.views_steps import blueprint as steps
from consult.programme.views_frame import Wrong, forget, now, own_programme, page, to, today
from consult.web import context
from consult.web.guard import access

blueprint = Blueprint("rounds", __name__)
blueprint.register_blueprint(papers)
blueprint.register_blueprint(steps)
BASE = "/phoi-hop/giam-sat/<slug>/"


@blueprint.get(BASE)
@access(Action.USE_PROGRAMME)
def index(slug: str) -> ResponseReturnValue:
    """The rounds under a programme, and where another is planned."""
    return _index(slug)


@blueprint.post(BASE)
@access(Action.USE_PROGRAMME, alone="a new round")
def begin(slug: str) -> ResponseReturnValue:
    """Plans a round; nobody outside sees it yet."""
    try:
        new = forms.round_(request.form)
        made = planning.begin(context.session(), own_programme(slug), new, site_terms(), context.actor(), now())
    except (Invalid, Refused) as wrong:
        return _index(slug, wrong)
    return to("rounds.show", "round.saved", slug=slug, number=made.number)


@blueprint.get(f"{BASE}<int:number>/")
@access(Action.USE_PROGRAMME)
def show(slug: str, number: int) -> ResponseReturnValue:
    """One round with its steps and what it recommends."""
    return round_page(slug, number)


@blueprint.post(f"{BASE}<int:number>/")
@access(Action.USE_PROGRAMME, acts_on=ROUND)
def change(slug: str, number: int) -> ResponseReturnValue:
    """Corrects a round before its plan is public."""
    session = context.session()
    found = planning.round_of(session, heads.found(session, slug), number)
    try:
        planning.change(session, found, forms.round_(request.form), context.actor(), now())
    except (Invalid, Refused) as wrong:
        return round_page(slug, number, wrong, "facts")
    return to("rounds.show", "round.saved", slug=slug, number=number)


def site_terms() -> RoundTerms:
    """The days between the steps as this site has them."""
    config = current_app.config
    return RoundTerms(config["ROUND_PLAN_DAYS"], config["ROUND_OWN_REPORT_DAYS"], config["ROUND_REPORT_DAYS"])


def _index(slug: str, wrong: Wrong = None) -> ResponseReturnValue:
    forget(wrong)
    session, found = context.session(), own_programme(slug)
    own = heads.bodies_of(context.actor())
    values: dict[str, Any] = {
        "programme": found, "rounds": planning.listed_for(session, found, context.actor()), "terms": site_terms(),
        "leads": bodies.of_kinds(session, bodies.FRONTS, today(), own),
        "supervised": bodies.of_kinds(session, bodies.OWES, today()), "communes": bodies.communes(session, today()),
    }  # fmt: skip
    return page("programme/rounds/index.html", wrong, typed.NEW, "round", **values)
