"""Themes: listed, opened, decided about, and judged on pairs."""

from flask import Blueprint, request
from flask.typing import ResponseReturnValue

from consult.consultations.matter import queries
from consult.consultations.models import Consultation
from consult.errors import Invalid, NotFound, Refused
from consult.policy import Action
from consult.responses.themes import forms, overview
from consult.responses.themes.shown import THEME
from consult.responses.views_frame import CONFLICT, OK, knows_senders, page, status_of, to, today, told
from consult.similar.theming import judging, service
from consult.similar.theming.service import DECIDING
from consult.web import context
from consult.web.guard import access

blueprint = Blueprint("themes", __name__)


@blueprint.get("/xu-ly/<slug>/chu-de/")
@access(Action.SEE_COMMENTS, of=queries.by_slug)
def index(consultation: Consultation) -> ResponseReturnValue:
    """The themes of a matter, the rare ones first, and how good they are by what two people judged."""
    session, largest = context.session(), forms.largest_first(request.args)
    found = overview.listed(
        session, consultation, forms.page(request.args), largest, today(), knows_senders(consultation)
    )
    quality = judging.quality(session, consultation.id)
    return page("themes/index", consultation, listed=found, largest=largest, quality=quality)


@blueprint.post("/xu-ly/<slug>/chu-de/")
@access(DECIDING, of=queries.by_slug, alone="the worker reads everything again")
def build(consultation: Consultation) -> ResponseReturnValue:
    """Has the worker build them anew."""
    service.ask_for(context.session(), consultation, context.actor(), context.arrived_at())
    return to("themes.index", consultation, "done_themes_asked")


@blueprint.get("/xu-ly/<slug>/chu-de/<int:number>/")
@access(Action.SEE_COMMENTS, of=queries.by_slug)
def show(consultation: Consultation, number: int) -> ResponseReturnValue:
    """One theme with its texts."""
    return _show(consultation, number)


@blueprint.post("/xu-ly/<slug>/chu-de/<int:number>/")
@access(DECIDING, of=queries.by_slug, acts_on=THEME)
def decide(consultation: Consultation, number: int) -> ResponseReturnValue:
    """Does what a button of the page says."""
    try:
        return _do(consultation, number, request.form.get("act", ""))
    except (Invalid, Refused) as wrong:
        context.session().rollback()
        return _show(consultation, number, wrong)


@blueprint.get("/xu-ly/<slug>/chu-de/cham-cap/")
@access(DECIDING, of=queries.by_slug)
def pair(consultation: Consultation) -> ResponseReturnValue:
    """Two texts to judge."""
    return _pair(consultation)


@blueprint.post("/xu-ly/<slug>/chu-de/cham-cap/")
@access(DECIDING, of=queries.by_slug, alone="each judges by themselves, each pair once")
def judge(consultation: Consultation) -> ResponseReturnValue:
    """Notes what was said of them, and shows the next pair."""
    same, two = forms.same(request.form), forms.pair(request.form)
    try:
        judging.judge(context.session(), consultation, *two, same, context.actor(), context.arrived_at())
    except Refused as refused:
        context.session().rollback()
        return _pair(consultation, refused)
    return to("themes.pair", consultation, "done_pair_judged")


def _do(consultation: Consultation, number: int, act: str) -> ResponseReturnValue:
    session, actor, now = context.session(), context.actor(), context.arrived_at()
    reason = request.form.get("reason", "")
    if act == "name":
        service.name(session, consultation, number, request.form.get("name", ""), actor, now)
    elif act == "sign":
        service.sign(session, consultation, number, actor, now)
    elif act == "merge":
        target = forms.into(request.form)
        try:
            service.merge(session, consultation, number, target, reason, actor, now)
        except NotFound:
            raise Invalid({"into": "no_such_theme"}) from None
        number = target
    elif act == "split":
        number = service.split(session, consultation, number, forms.samples(request.form), reason, actor, now)
    else:
        raise NotFound
    return to("themes.show", consultation, f"done_theme_{act}", number=number)


def _show(consultation: Consultation, number: int, wrong: Invalid | Refused | None = None) -> ResponseReturnValue:
    session, wanted = context.session(), forms.page(request.form if wrong else request.args)
    found = overview.opened(session, consultation, number, wanted, today(), knows_senders(consultation))
    if found is None:
        raise NotFound
    return page(
        "themes/theme", consultation, status_of(wrong), opened=found, typed=request.form,
        acts=service.acts_of(session, found.theme), added=service.added_since(session, found.theme), **told(wrong),
    )  # fmt: skip


def _pair(consultation: Consultation, refusal: Refused | None = None) -> ResponseReturnValue:
    session, actor = context.session(), context.actor()
    found = judging.next_pair(session, consultation.id, actor.user_id) if actor.user_id else None
    ids = [found.first_id, found.second_id] if found else []
    lines = overview.of_comments(session, consultation, ids, today(), knows_senders(consultation))
    shown = [(own, lines[own]) for own in ids]
    return page("themes/pair", consultation, CONFLICT if refusal else OK, pair=shown, refusal=refusal)
