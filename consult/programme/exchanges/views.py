"""Quarterly exchanges for the people of both parties: prepared, written down, decided, agreed to."""

from typing import Any

from flask import Blueprint, Response, request
from flask.typing import ResponseReturnValue

from consult.errors import Invalid, Refused
from consult.policy import Action
from consult.programme import bodies
from consult.programme.exchanges import decisions, forms, found, paper, preparing, typed
from consult.programme.exchanges.models import Exchange
from consult.programme.exchanges.shown import EXCHANGE
from consult.programme.views_frame import Wrong, forget, now, own_programme, page, to, today
from consult.web import context
from consult.web.files import papers as paper_files
from consult.web.guard import access

blueprint = Blueprint("exchanges", __name__)
BASE = "/phoi-hop/chuong-trinh/<slug>/trao-doi/"


@blueprint.get(BASE)
@access(Action.USE_PROGRAMME)
def index(slug: str) -> ResponseReturnValue:
    """The exchanges of a programme, and where the next one is prepared."""
    return _index(slug)


@blueprint.post(BASE)
@access(Action.USE_PROGRAMME, alone="the exchange of a quarter")
def prepare(slug: str) -> ResponseReturnValue:
    """Prepares the exchange of a quarter from what is open and late."""
    programme = own_programme(slug)
    try:
        made = preparing.prepare(
            context.session(), programme, *forms.quarter(request.form), context.actor(), now()
        )  # fmt: skip
    except (Invalid, Refused) as wrong:
        return _index(slug, wrong)
    return to("exchanges.show", "exchange.prepared", slug=slug, number=made.number)


@blueprint.get(f"{BASE}<int:number>/")
@access(Action.USE_PROGRAMME)
def show(slug: str, number: int) -> ResponseReturnValue:
    """One exchange: agenda, minutes, decisions."""
    return _page(slug, number)


@blueprint.post(f"{BASE}<int:number>/")
@access(Action.USE_PROGRAMME, acts_on=EXCHANGE)
def write(slug: str, number: int) -> ResponseReturnValue:
    """Keeps what was written down, or looks again for what is open and late, as the button says."""
    session, one, actor = context.session(), _found(slug, number), context.actor()
    try:
        again = request.form.get("do") == "look_again"
        preparing.write(session, one, forms.minutes(request.form), actor, now(), again)
    except (Invalid, Refused) as wrong:
        return _page(slug, number, wrong, "minutes")
    return to("exchanges.show", "exchange.saved", slug=slug, number=number)


@blueprint.post(f"{BASE}<int:number>/quyet-dinh/")
@access(Action.USE_PROGRAMME, alone="a new decision of the exchange")
def decide(slug: str, number: int) -> ResponseReturnValue:
    """One more decision, public with the minutes."""
    one = _found(slug, number)
    try:
        decisions.decide(context.session(), one, *forms.decision(request.form), context.actor(), now())
    except (Invalid, Refused) as wrong:
        return _page(slug, number, wrong, "decision")
    return to("exchanges.show", "exchange.decided", slug=slug, number=number)


@blueprint.post(f"{BASE}<int:number>/quyet-dinh/<int:promise>/")
@access(Action.USE_PROGRAMME, acts_on=EXCHANGE)
def take_back(slug: str, number: int, promise: int) -> ResponseReturnValue:
    """Takes out a decision before the minutes are public."""
    try:
        decisions.take_back(context.session(), _found(slug, number), promise, context.actor())
    except Refused as wrong:
        return _page(slug, number, wrong)
    return to("exchanges.show", "exchange.saved", slug=slug, number=number)


@blueprint.post(f"{BASE}<int:number>/thong-nhat/")
@access(Action.USE_PROGRAMME, acts_on=EXCHANGE)
def agree(slug: str, number: int) -> ResponseReturnValue:
    """One party agrees on the minutes as they stand."""
    try:
        public = preparing.agree(context.session(), _found(slug, number), context.actor(), now())
    except Refused as wrong:
        return _page(slug, number, wrong)
    return to("exchanges.show", "exchange.public" if public else "programme.agreed", slug=slug, number=number)


@blueprint.get(f"{BASE}<int:number>/bien-ban.<{paper_files.ENDINGS}:ending>")
@access(Action.USE_PROGRAMME)
def taken_away(slug: str, number: int, ending: str) -> Response:
    """The minutes as a paper, to be signed by both sides."""
    programme = own_programme(slug)
    one = found.exchange_of(context.session(), programme, number)
    described = paper_files.described("programme/exchange_minutes", **paper.told(programme, one))
    return paper_files.answered(described, f"bien-ban-trao-doi-quy-{one.quarter}-{one.year}", ending)


def _found(slug: str, number: int) -> Exchange:
    return found.exchange_of(context.session(), own_programme(slug), number)


def _index(slug: str, wrong: Wrong = None) -> ResponseReturnValue:
    forget(wrong)
    programme = own_programme(slug)
    own = found.exchanges_of(context.session(), programme, public=False)
    return page(
        "programme/exchanges/index.html", wrong, typed.quarter(today()), programme=programme, exchanges=own,
        quarters=typed.quarters(programme, own),
    )  # fmt: skip


def _page(slug: str, number: int, wrong: Wrong = None, form: str = "") -> ResponseReturnValue:
    forget(wrong)
    session, programme = context.session(), own_programme(slug)
    one = found.exchange_of(session, programme, number)
    values: dict[str, Any] = {
        "programme": programme, "exchange": one, "today": today(),
        "owing": bodies.owing(session, programme.parties, today()),
        "communes": bodies.communes(session, today()),
        "facts": request.form if form == "minutes" and wrong is not None else typed.minutes(one),
    }  # fmt: skip
    return page("programme/exchanges/exchange.html", wrong, None, form, **values)
