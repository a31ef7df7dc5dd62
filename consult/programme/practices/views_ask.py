"""Where a body asks to copy a public model, and then reads whom to call."""

from flask import Blueprint, request
from flask.typing import ResponseReturnValue

from consult.errors import Invalid
from consult.people.models import Organisation
from consult.policy import Action
from consult.programme import heads
from consult.programme.forms import key
from consult.programme.practices import acts, registry
from consult.programme.views_frame import Wrong, forget, now, page, to
from consult.web import context
from consult.web.guard import access

blueprint = Blueprint("asking", __name__)
BASE = "/phoi-hop/mo-hinh/<slug>/<int:number>/lam-theo/"


@blueprint.get(BASE)
@access(Action.USE_PROGRAMME)
def show(slug: str, number: int) -> ResponseReturnValue:
    """What helps to copy it; for the people of bodies that asked also the contact."""
    return _page(slug, number)


@blueprint.post(BASE)
@access(Action.USE_PROGRAMME, alone="a body asks by itself")
def ask(slug: str, number: int) -> ResponseReturnValue:
    """Asks, and has the body that leads the model told."""
    session, actor = context.session(), context.actor()
    found = registry.public_practice(session, heads.public(session, slug), number)
    try:
        acts.ask(session, found, request.form.get("text", ""), key(request.form, "body"), actor, now())
    except Invalid as wrong:
        return _page(slug, number, wrong)
    return to("practices.asking.show", "practice.asked", slug=slug, number=number)


def _page(slug: str, number: int, wrong: Wrong = None) -> ResponseReturnValue:
    forget(wrong)
    session, actor = context.session(), context.actor()
    programme = heads.public(session, slug)
    found, own = registry.public_practice(session, programme, number), heads.bodies_of(actor)
    free = own - {found.lead_id, *(each.body_id for each in found.requests)}
    asking = [(str(body.id), body.name) for body in (session.get_one(Organisation, each) for each in sorted(free))]
    return page(
        "programme/practices/ask.html", wrong, {}, "ask", programme=programme, practice=found, asking=asking,
        asked=[each for each in found.requests if each.body_id in own], reads=acts.may_read_contact(found, actor),
    )  # fmt: skip
