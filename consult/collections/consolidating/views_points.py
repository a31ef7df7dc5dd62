"""Consolidated opinions of the body that collects: written on the strength of chosen ones, changed, put into a letter,
answered where no matter answers."""

from typing import Any

from flask import Blueprint, flash, redirect, request, url_for
from flask.typing import ResponseReturnValue

from consult import clock
from consult.collections.consolidated_models import ConsolidatedOpinion
from consult.collections.consolidating import forms, letter, reading, service, views_levels
from consult.collections.consolidating.upward import Upward, upward
from consult.collections.consolidating.views import of_body, told
from consult.collections.consolidating.views_levels import Level
from consult.collections.models import Collection
from consult.collections.shown import CONSOLIDATED
from consult.collections.views_work import AT, collection_of, page, there
from consult.errors import Invalid, Refused
from consult.policy import Action
from consult.submissions.words import SubmissionKind
from consult.web import context
from consult.web.guard import access

blueprint = Blueprint("points", __name__)
ONE = AT + "tong-hop/<int:point>/"


@blueprint.get(AT + "tong-hop/")
@access(Action.USE_WORKSPACE)
def show(number: int) -> ResponseReturnValue:
    """All consolidated opinions, each on its way, and the form that puts them into a letter."""
    return _list(collection_of(number))


@blueprint.post(AT + "tong-hop/")
@access(Action.USE_WORKSPACE, alone="takes what stands in no letter yet, looked at again inside")
def put(number: int) -> ResponseReturnValue:
    """Puts the chosen ones into a draft, or a new one."""
    collection, session = collection_of(number), context.session()
    chosen, typed = forms.numbers(request.form.getlist("point")), request.form.get("draft", "")
    kind = SubmissionKind.CRITIQUE if typed == SubmissionKind.CRITIQUE else SubmissionKind.FORMAL
    now = context.arrived_at()
    own = {str(one.id): one.id for one in letter.open_drafts(session, collection, clock.local_day(now))}
    try:
        draft = letter.put(session, collection, chosen, own.get(typed), kind, context.actor(), now)
    except Invalid as wrong:
        return _list(collection, 422, errors=wrong.errors)
    except Refused as refused:
        return _list(collection, 409, refusal=refused.reason)
    matter = collection.consultation
    assert matter is not None, "a letter is about a matter"
    return redirect(url_for("workspace.drafting.edit", slug=matter.slug, draft_id=draft.id), 303)


@blueprint.get(AT + "tong-hop/viet/")
@access(Action.USE_WORKSPACE)
def new(number: int) -> ResponseReturnValue:
    """The form for one that rests on the opinions of the address."""
    return views_levels.new(of_body(number))


@blueprint.post(AT + "tong-hop/viet/")
@access(Action.USE_WORKSPACE, alone="a new consolidated opinion")
def write(number: int) -> ResponseReturnValue:
    """Writes it."""
    return told(views_levels.write(of_body(number)), "collected.point_written")


@blueprint.get(ONE)
@access(Action.USE_WORKSPACE)
def edit(number: int, point: int) -> ResponseReturnValue:
    """One with its sources, and the form to change it."""
    level = of_body(number)
    held = level.point(point)
    return views_levels.edit(level, held, way=_way(level, held))


@blueprint.post(ONE)
@access(Action.USE_WORKSPACE, acts_on=CONSOLIDATED)
def change(number: int, point: int) -> ResponseReturnValue:
    """Other words or sources, taken back, or answered where no matter answers."""
    level, do = of_body(number), request.form.get("do", "")
    held = level.point(point)
    if do == "answer":
        return _answer(level, held)
    return told(views_levels.change(level, held), "collected.point_withdraw" if do == "withdraw" else "collected.saved")


def _answer(level: Level, held: ConsolidatedOpinion) -> ResponseReturnValue:
    session, text, typed = context.session(), request.form.get("answer", ""), forms.point(request.form)
    try:
        service.answer(session, held, text, context.actor(), context.arrived_at())
    except Invalid as wrong:
        return views_levels.edit(level, held, 422, typed, errors=wrong.errors, way=_way(level, held))
    except Refused as refused:
        return views_levels.edit(level, held, 409, typed, refusal=refused.reason, way=_way(level, held))
    flash("collected.point_answer")
    return redirect(there("points.show", level.collection), 303)


def _way(level: Level, held: ConsolidatedOpinion) -> Upward | None:
    return next((one for one in upward(context.session(), level.collection) if one.consolidated.id == held.id), None)


def _list(collection: Collection, status: int = 200, **values: Any) -> ResponseReturnValue:
    session = context.session()
    return page(
        "consolidating/points",
        collection,
        status,
        ways=upward(session, collection),
        sources=reading.sources_of(session, collection),
        carried=reading.count(reading.opinions(session, collection)),
        drafts=letter.open_drafts(session, collection, clock.local_day(context.arrived_at())),
        **{"errors": {}, "refusal": "", **values},
    )
