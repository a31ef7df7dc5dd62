"""Consolidated opinions: written on the strength of chosen ones, changed, put into a letter of the body."""

from typing import Any
from uuid import UUID

from flask import Blueprint, flash, redirect, request, url_for
from flask.typing import ResponseReturnValue

from consult.collections.consolidated_models import ConsolidatedOpinion
from consult.collections.consolidating import forms, letter, reading, service
from consult.collections.consolidating.service import NewPoint
from consult.collections.consolidating.upward import upward
from consult.collections.models import Collection
from consult.collections.shown import CONSOLIDATED
from consult.collections.views_frame import clause_choices
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
    own = {str(one.id): one.id for one in letter.open_drafts(session, collection)}
    try:
        draft = letter.put(session, collection, chosen, own.get(typed), kind, context.actor(), context.arrived_at())
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
    return _form(collection_of(number), None, forms.numbers([request.args.get("y-kien", "")]))


@blueprint.post(AT + "tong-hop/viet/")
@access(Action.USE_WORKSPACE, alone="a new consolidated opinion")
def write(number: int) -> ResponseReturnValue:
    """Writes it."""
    collection, typed = collection_of(number), forms.point(request.form)
    sources = forms.numbers(request.form.getlist("opinion"))
    try:
        service.write(context.session(), collection, typed, sources, context.actor(), context.arrived_at())
    except Invalid as wrong:
        asked = forms.numbers([request.form.get("offered", "")])
        return _form(collection, None, asked, 422, typed=typed, chosen=sources, errors=wrong.errors)
    flash("collected.point_written")
    return redirect(there("points.show", collection), 303)


@blueprint.get(ONE)
@access(Action.USE_WORKSPACE)
def edit(number: int, point: int) -> ResponseReturnValue:
    """One with its sources, and the form to change it."""
    collection = collection_of(number)
    return _one(collection, service.by_number(context.session(), collection, point))


@blueprint.post(ONE)
@access(Action.USE_WORKSPACE, acts_on=CONSOLIDATED)
def change(number: int, point: int) -> ResponseReturnValue:
    """Other words or sources, taken back, or answered where no matter answers."""
    collection, session, now = collection_of(number), context.session(), context.arrived_at()
    held = service.by_number(session, collection, point)
    do, actor, typed = request.form.get("do", ""), context.actor(), forms.point(request.form)
    sources = forms.numbers(request.form.getlist("opinion"))
    try:
        if do == "withdraw":
            service.withdraw(session, held, actor, now)
        elif do == "answer":
            service.answer(session, held, request.form.get("answer", ""), actor, now)
        else:
            service.change(session, held, typed, sources, actor, now)
    except Invalid as wrong:
        return _one(collection, held, 422, typed=typed, chosen=sources, errors=wrong.errors)
    except Refused as refused:
        return _one(collection, held, 409, typed=typed, chosen=sources, refusal=refused.reason)
    flash(f"collected.point_{do}" if do in ("withdraw", "answer") else "collected.saved")
    return redirect(there("points.show", collection), 303)


def _one(
    collection: Collection, held: ConsolidatedOpinion, status: int = 200, typed: NewPoint | None = None,
    chosen: list[int] | None = None, **values: Any,
) -> ResponseReturnValue:  # fmt: skip
    session = context.session()
    own = reading.sources_of(session, held)
    stance = held.stance.value if held.stance else ""
    stands = NewPoint(held.text, held.anchor, stance, held.proposed, held.reason, held.differing)
    way = next((one for one in upward(session, collection) if one.consolidated.id == held.id), None)
    return _form(
        collection,
        held,
        own,
        status,
        typed=typed or stands,
        chosen=own if chosen is None else chosen,
        way=way,
        **values,
    )


def _form(
    collection: Collection, held: ConsolidatedOpinion | None, offered: list[int], status: int = 200, **values: Any
) -> ResponseReturnValue:
    found = reading.opinions(context.session(), collection)
    sources = [one for one in found if one.number in set(offered)]
    given = {"errors": {}, "refusal": "", "way": None, "typed": _begun(sources), "chosen": offered, **values}
    return page(
        "consolidating/point",
        collection,
        status,
        point=held,
        sources=sources,
        offered=",".join(map(str, offered)),
        clauses=clause_choices(collection),
        **given,
    )


def _begun(sources: list[reading.ReadOpinion]) -> NewPoint:
    """What a new one begins with: the place and stance that all its sources share."""
    anchors, stances = {one.anchor for one in sources}, {one.stance for one in sources}
    stance = stances.pop() if len(stances) == 1 else None
    return NewPoint(
        anchor=anchors.pop() if len(anchors) == 1 else "",
        stance=stance.value if stance else "",
        differing=bool(sources) and all(one.differing for one in sources),
    )


def _list(collection: Collection, status: int = 200, **values: Any) -> ResponseReturnValue:
    session = context.session()
    ways = upward(session, collection)
    numbers: dict[UUID, list[int]] = {
        one.consolidated.id: reading.sources_of(session, one.consolidated) for one in ways
    }
    return page(
        "consolidating/points",
        collection,
        status,
        ways=ways,
        sources=numbers,
        carried=reading.count(reading.opinions(session, collection)),
        drafts=letter.open_drafts(session, collection),
        **{"errors": {}, "refusal": "", **values},
    )
