"""The order desk: for bodies that order, and for the party that keeps the library."""

from flask import Blueprint, request
from flask.typing import ResponseReturnValue

from consult.errors import Invalid, Refused
from consult.people.models import Organisation
from consult.policy import Action
from consult.programme import heads
from consult.programme.forms import days
from consult.programme.materials import forms, library, orders
from consult.programme.materials.shown import ORDER
from consult.programme.views_frame import Wrong, forget, now, page, page_number, to, today
from consult.web import context
from consult.web.guard import access

blueprint = Blueprint("orders", __name__)
BASE = "/phoi-hop/dat-tai-lieu/<slug>/"


@blueprint.get(BASE)
@access(Action.USE_PROGRAMME)
def index(slug: str) -> ResponseReturnValue:
    """The orders of my bodies, or all for who keeps the library; and where another is made."""
    return _index(slug)


@blueprint.post(BASE)
@access(Action.USE_PROGRAMME, alone="a new order")
def order(slug: str) -> ResponseReturnValue:
    """Orders, and has who keeps the library told."""
    session, programme = context.session(), heads.public(context.session(), slug)
    try:
        made = orders.order(session, programme, forms.order(request.form), context.actor(), now())
    except (Invalid, Refused) as wrong:
        return _index(slug, wrong)
    return to("materials.orders.show", "order.made", slug=slug, number=made.number)


@blueprint.get(f"{BASE}<int:number>/")
@access(Action.USE_PROGRAMME)
def show(slug: str, number: int) -> ResponseReturnValue:
    """One order and how it stands."""
    return _page(slug, number)


@blueprint.post(f"{BASE}<int:number>/")
@access(Action.USE_PROGRAMME, acts_on=ORDER)
def decide(slug: str, number: int) -> ResponseReturnValue:
    """Confirms, declines or records what was delivered, as the button says."""
    session, form, actor = context.session(), request.form, context.actor()
    found, does = orders.order_of(session, heads.found(session, slug), number, actor), form.get("do", "")
    try:
        if does == "deliver":
            day, told = days(form, "delivered_on")["delivered_on"], form.get("delivered", "")
            orders.deliver(session, found, day, form.get("delivered_copies", ""), told, actor, now())
        else:
            orders.answer(session, found, does == "confirm", form.get("answer", ""), actor, now())
    except (Invalid, Refused) as wrong:
        return _page(slug, number, wrong)
    return to("materials.orders.show", f"order.{found.state}", slug=slug, number=number)


def _index(slug: str, wrong: Wrong = None) -> ResponseReturnValue:
    forget(wrong)
    session, programme, actor = context.session(), heads.public(context.session(), slug), context.actor()
    number = page_number()
    found = orders.listed(session, programme, actor, orders.PAGE_SIZE + 1, (number - 1) * orders.PAGE_SIZE)
    bodies = [session.get_one(Organisation, each) for each in sorted(heads.bodies_of(actor))]
    return page(
        "programme/materials/orders.html", wrong, {"material": request.args.get("tai-lieu", "")}, "order",
        programme=programme, orders=found[: orders.PAGE_SIZE], more=len(found) > orders.PAGE_SIZE, number=number,
        keeps=orders.keeps(programme, actor), bodies=[(str(body.id), body.name) for body in bodies],
        materials=library.choices(session, programme), today=today(),
    )  # fmt: skip


def _page(slug: str, number: int, wrong: Wrong = None) -> ResponseReturnValue:
    forget(wrong)
    session, actor = context.session(), context.actor()
    programme = heads.found(session, slug)
    found = orders.order_of(session, programme, number, actor)
    return page(
        "programme/materials/order.html", wrong, {}, "order", programme=programme, order=found, today=today(),
        keeps=orders.keeps(programme, actor),
    )  # fmt: skip
