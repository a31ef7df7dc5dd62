"""Values of a commune, entered by one person of its bodies and confirmed by another."""

from collections.abc import Collection
from uuid import UUID

from flask import Blueprint, request
from flask.typing import ResponseReturnValue

from consult.errors import Invalid, NotFound, Refused
from consult.policy import Action
from consult.programme import heads
from consult.programme.indicators import definitions, entering, forms, where
from consult.programme.indicators.shown import RESULTS
from consult.programme.views_frame import Wrong, forget, letter_file, now, page, to, today
from consult.web import context
from consult.web.guard import access

blueprint = Blueprint("entry", __name__)
HOME = "/phoi-hop/nhap-ket-qua/"
BASE = f"{HOME}<slug>/<int:year>/"


@blueprint.get(HOME)
@access(Action.USE_PROGRAMME)
def home() -> ResponseReturnValue:
    """The years for which our commune enters values."""
    lists = where.lists_to_enter(context.session(), context.actor(), today())
    return page("programme/indicators/entry_home.html", lists=lists, programme=None)


@blueprint.get(BASE)
@access(Action.USE_PROGRAMME)
def show(slug: str, year: int) -> ResponseReturnValue:
    """What our commune entered, and the form for more."""
    return _page(slug, year)


@blueprint.post(BASE)
@access(Action.USE_PROGRAMME, alone="values of a year, each replacing what waited for the same indicator")
def enter(slug: str, year: int) -> ResponseReturnValue:
    """Takes values from one source in; another person confirms them."""
    session, programme = context.session(), heads.public(context.session(), slug)
    where.require_enters(session, forms.values(request.form, year, None).area_id, context.actor(), year, today())
    try:
        new = forms.values(request.form, year, letter_file("file"))
        entering.enter(session, programme, new, context.actor(), now())
    except (Invalid, Refused) as wrong:
        return _page(slug, year, wrong, "enter")
    return to("indicators.entry.show", "results.entered", slug=slug, year=year, xa=new.area_id)


@blueprint.post(f"{BASE}xac-nhan/")
@access(Action.USE_PROGRAMME, acts_on=RESULTS)
def decide(slug: str, year: int) -> ResponseReturnValue:
    """Confirms the ticked values or refuses them, as the button says."""
    form, reason = request.form, forms.refused(request.form)
    programme = heads.public(context.session(), slug)
    try:
        entering.decide(context.session(), programme, forms.chosen(form), reason, context.actor(), now())
    except (Invalid, Refused) as wrong:
        return _page(slug, year, wrong, "values")
    told = "results.confirmed" if reason is None else "results.refused"
    return to("indicators.entry.show", told, slug=slug, year=year)


def _page(slug: str, year: int, wrong: Wrong = None, form: str = "") -> ResponseReturnValue:
    forget(wrong)
    session, programme, actor = context.session(), heads.public(context.session(), slug), context.actor()
    areas, measured = where.own_areas(session, actor, year, today()), definitions.in_force(session, programme, year)
    if not areas or measured is None or year > today().year:
        raise NotFound
    chosen = _chosen(areas)
    known = entering.of_area(session, programme, year, chosen)
    waiting = where.waiting(session, programme, year, where.under_all_names(session, actor, today()))
    return page(
        "programme/indicators/entry.html", wrong, {}, form, programme=programme, year=year, measured=measured,
        areas=where.named(session, areas), area_id=chosen, back=entering.sent_back(known),
        current={item["code"]: entering.newest(known, item["code"]) for item in measured.items},
        waiting=waiting, decidable=where.decidable(waiting, programme, actor),
    )  # fmt: skip


def _chosen(areas: Collection[UUID]) -> UUID:
    """The commune that was asked for, the first of ours otherwise."""
    asked = request.form.get("area") or request.args.get("xa", "")
    return next((one for one in areas if str(one) == asked), next(iter(areas)))
