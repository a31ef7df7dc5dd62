"""Campaigns under a programme: for who prepares them, and for bodies that take part."""

from typing import Any

from flask import Blueprint, request
from flask.typing import ResponseReturnValue

from consult.errors import Invalid, Refused
from consult.people.words import OrganisationKind
from consult.policy import Action
from consult.programme import bodies, heads
from consult.programme.campaigns import forms, listing, planning, typed
from consult.programme.campaigns.models import Campaign
from consult.programme.campaigns.shown import CAMPAIGN
from consult.programme.campaigns.views_results import blueprint as counted
from consult.programme.campaigns.views_results import result_values
from consult.programme.views_frame import Wrong, forget, now, page, page_number, to, today
from consult.web import context
from consult.web.guard import access

blueprint = Blueprint("campaigns", __name__)
blueprint.register_blueprint(counted)
BASE = "/phoi-hop/chien-dich/<slug>/"


@blueprint.get(BASE)
@access(Action.USE_PROGRAMME)
def index(slug: str) -> ResponseReturnValue:
    """The campaigns, and for the parties where another is prepared."""
    return _index(slug)


@blueprint.post(BASE)
@access(Action.USE_PROGRAMME, alone="a new campaign")
def begin(slug: str) -> ResponseReturnValue:
    """Prepares one; nobody outside sees it yet."""
    session = context.session()
    try:
        new = forms.campaign(request.form)
        made = planning.begin(session, heads.found(session, slug), new, context.actor(), now())
    except (Invalid, Refused) as wrong:
        return _index(slug, wrong)
    return to("campaigns.show", "campaign.saved", slug=slug, number=made.number)


@blueprint.get(f"{BASE}<int:number>/")
@access(Action.USE_PROGRAMME)
def show(slug: str, number: int) -> ResponseReturnValue:
    """One campaign with what was counted, as far as somebody may read it."""
    return _page(slug, number)


@blueprint.post(f"{BASE}<int:number>/")
@access(Action.USE_PROGRAMME, acts_on=CAMPAIGN)
def change(slug: str, number: int) -> ResponseReturnValue:
    """Corrects the campaign, makes it or its correction public, or takes that out, as the button says."""
    session, actor, does = context.session(), context.actor(), request.form.get("do", "")
    found = _found(slug, number)
    try:
        if does == "release":
            planning.release(session, found, actor, now())
        elif does == "discard" and planning.discard(session, found, actor):
            return to("campaigns.index", "campaign.discarded", slug=slug)
        elif does != "discard":
            planning.correct(session, found, forms.campaign(request.form), actor, now())
    except (Invalid, Refused) as wrong:
        return _page(slug, number, wrong, "" if does else "facts")
    told = {"release": "campaign.public", "discard": "campaign.discarded"}.get(does, "campaign.saved")
    return to("campaigns.show", told, slug=slug, number=number)


def _found(slug: str, number: int) -> Campaign:
    session = context.session()
    return planning.own_campaign(session, heads.found(session, slug), number, context.actor())


def _choices() -> dict[str, Any]:
    session = context.session()
    return {
        "organisations": bodies.of_kinds(session, frozenset(OrganisationKind), today()),
        "communes": bodies.communes(session, today()),
    }


def _index(slug: str, wrong: Wrong = None) -> ResponseReturnValue:
    forget(wrong)
    session, actor, number = context.session(), context.actor(), page_number()
    programme = heads.found(session, slug)
    if programme.public_at is None:
        heads.require_party(programme, actor)
    offset = (number - 1) * listing.PAGE_SIZE
    found = listing.of_programme(session, programme, actor, listing.PAGE_SIZE + 1, offset)
    return page(
        "programme/campaigns/work_index.html", wrong, None, "campaign", programme=programme, number=number,
        campaigns=found[: listing.PAGE_SIZE], more=len(found) > listing.PAGE_SIZE, today=today(),
        organises=planning.organises(programme, actor), waits=planning.waiting,
        readable=listing.readable_of(session, programme, found, actor),
        facts=_typed() if wrong is not None else typed.NEW, **_choices(),
    )  # fmt: skip


def _page(slug: str, number: int, wrong: Wrong = None, form: str = "") -> ResponseReturnValue:
    forget(wrong)
    session, actor, found = context.session(), context.actor(), _found(slug, number)
    waits = planning.waiting(found)
    came_back, choices = wrong is not None and form == "facts", _choices()
    begun = typed.campaign(found, (waits or found.versions[-1]).facts)
    values: dict[str, Any] = {
        "programme": found.programme, "campaign": found, "waits": waits,
        "organises": planning.organises(found.programme, actor),
        "facts": _typed() if came_back else begun,
        "recorded": bodies.recorded(session, begun, *choices.values()),
    } | result_values(session, found, actor) | choices  # fmt: skip
    return page("programme/campaigns/work.html", wrong, None, form, **values)


def _typed() -> dict[str, Any]:
    chosen = {name: request.form.getlist(name) for name in ("bodies", "areas")}
    return {**request.form.to_dict(), **chosen}
