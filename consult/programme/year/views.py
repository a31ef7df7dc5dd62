"""Programmes and their yearly plans, for the people of their parties."""

from typing import Any

from flask import Blueprint, request
from flask.typing import ResponseReturnValue

from consult.errors import Invalid, Refused
from consult.policy import Action
from consult.programme import bodies, heads
from consult.programme.head_models import OF_THE_STATE, Programme
from consult.programme.views_frame import Wrong, forget, letter_file, now, own_programme, page, to, today
from consult.programme.year import forms, programmes, typed
from consult.programme.year.parties import FIRST_FURTHER, MOST_FURTHER
from consult.programme.year.shown import PROGRAMME
from consult.programme.year.views_plan import blueprint as plans
from consult.web import context
from consult.web.guard import access

blueprint = Blueprint("programmes", __name__)
blueprint.register_blueprint(plans)
BASE = "/phoi-hop/chuong-trinh/"
MORE_LINES = 3
"""How many further parties can be added at once."""


@blueprint.get(BASE)
@access(Action.USE_PROGRAMME)
def new() -> ResponseReturnValue:
    """Where a programme is written down, and those of my bodies."""
    return _new_page()


@blueprint.post(BASE)
@access(Action.USE_PROGRAMME, alone="a new programme")
def record() -> ResponseReturnValue:
    """Writes one down; nobody outside sees it yet."""
    try:
        typed_in = forms.programme(request.form, letter_file("file"))
        made = programmes.record(context.session(), typed_in, context.actor(), now())
    except (Invalid, Refused) as wrong:
        return _new_page(_placed(wrong))
    return to("programmes.show", "programme.saved", slug=made.matter.slug)


@blueprint.get(f"{BASE}<slug>/")
@access(Action.USE_PROGRAMME)
def show(slug: str) -> ResponseReturnValue:
    """One programme with its plans; until it is public with the form to correct it."""
    return _page(slug)


@blueprint.post(f"{BASE}<slug>/")
@access(Action.USE_PROGRAMME, acts_on=PROGRAMME)
def change(slug: str) -> ResponseReturnValue:
    """Corrects it before it is public."""
    found = own_programme(slug)
    try:
        typed_in = forms.programme(request.form, letter_file("file"))
        programmes.change(context.session(), found, typed_in, context.actor(), now())
    except (Invalid, Refused) as wrong:
        return _page(slug, _placed(wrong))
    return to("programmes.show", "programme.saved", slug=slug)


@blueprint.post(f"{BASE}<slug>/thong-nhat/")
@access(Action.USE_PROGRAMME, acts_on=PROGRAMME)
def agree(slug: str) -> ResponseReturnValue:
    """One party agrees to what stands there."""
    try:
        public = programmes.agree(context.session(), own_programme(slug), context.actor(), now())
    except Refused as wrong:
        return _page(slug, wrong)
    return to("programmes.show", "programme.public" if public else "programme.agreed", slug=slug)


def _choices() -> dict[str, Any]:
    session, own = context.session(), heads.bodies_of(context.actor())
    parents = [(str(one.consultation_id), one.matter.title) for one in programmes.parents(session)]
    return {
        "fronts": bodies.of_kinds(session, bodies.FRONTS, today(), own, ended=True),
        "seconds": bodies.of_kinds(session, OF_THE_STATE, today(), own, ended=True),
        "parents": parents,
        "joining": bodies.of_kinds(session, bodies.JOINS, today(), own, ended=True),
    }


def _new_page(wrong: Wrong = None) -> ResponseReturnValue:
    forget(wrong)
    own = heads.of_bodies(context.session(), heads.bodies_of(context.actor()))
    return page("programme/year/new.html", wrong, programmes=own, places=_places(), **_choices())


def _placed(wrong: Invalid | Refused) -> Invalid | Refused:
    return forms.placed(request.form, wrong) if isinstance(wrong, Invalid) else wrong


def _places(found: Programme | None = None) -> range:
    """Which further parties the form asks for: those there are, or as many as were sent, and some more."""
    sent = [number for number in forms.PLACES if request.form.get(f"further-{number}")]
    last = max([FIRST_FURTHER - 1, *sent, *(one.number for one in (found.further if found else ()))])
    return range(FIRST_FURTHER, min(last + MORE_LINES, FIRST_FURTHER + MOST_FURTHER - 1) + 1)


def _page(slug: str, wrong: Wrong = None) -> ResponseReturnValue:
    forget(wrong)
    found = own_programme(slug)
    choices = {} if found.public_at else {**_choices(), "places": _places(found)}
    return page(
        "programme/year/programme.html", wrong, typed.programme(found), "facts", programme=found,
        years=range(found.valid_from.year, found.valid_to.year + 1), **choices,
    )  # fmt: skip
