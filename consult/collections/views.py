"""The collections of a body for who works for it: all of them, opening one, and one with its branches and sums."""

from typing import Any
from uuid import UUID

from flask import Blueprint, flash, redirect, request, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy import select

from consult import clock
from consult.collections import by_area, forms, overview, service, sums
from consult.collections.answers import views as views_answers
from consult.collections.branches import asking
from consult.collections.branches import views as views_branches
from consult.collections.consolidating import reading, views, views_points
from consult.collections.kit import views as views_kit
from consult.collections.models import Collection
from consult.collections.paper import typing_checks, views_checks, views_copying
from consult.collections.paper import views_above as views_paper
from consult.collections.recording import views_typing
from consult.collections.shown import COLLECTION
from consult.collections.spreadsheet import views_above
from consult.collections.views_work import AT, collection_of, page, there
from consult.consultations.models import Consultation
from consult.errors import Invalid, NotFound, Refused
from consult.people.models import Organisation
from consult.policy import Action
from consult.web import context
from consult.web.guard import access

blueprint = Blueprint("collecting", __name__)
for room in (views_branches, views_typing, views, views_points, views_answers, views_kit, views_above, views_paper):
    blueprint.register_blueprint(room.blueprint)
blueprint.register_blueprint(views_copying.of_work)
blueprint.register_blueprint(views_checks.of_work)
OF_BODY = "/to-chuc/<uuid:organisation_id>/dot-thu-thap/"


@blueprint.get(OF_BODY)
@access(Action.USE_WORKSPACE)
def index(organisation_id: UUID) -> ResponseReturnValue:
    """All collections of a body, and the form to open one."""
    return _index(_body(organisation_id))


@blueprint.post(OF_BODY)
@access(Action.USE_WORKSPACE, alone="a new collection")
def open_one(organisation_id: UUID) -> ResponseReturnValue:
    """Opens one; its branches come next."""
    body, session, now = _body(organisation_id), context.session(), context.arrived_at()
    slug = request.form.get("matter", "")
    matter = session.scalar(select(Consultation).where(Consultation.slug == slug)) if slug else None
    try:
        if slug and matter is None:
            raise Invalid({"matter": "not_a_choice"})
        new = forms.collection(request.form, matter.id if matter is not None else None)
        made = service.open_collection(session, body.id, new, context.actor(), now)
    except Invalid as wrong:
        return _index(body, 422, errors=wrong.errors)
    except Refused as refused:
        return _index(body, 409, refusal=refused.reason)
    flash("collected.opened")
    return redirect(there("branches.adding", made), 303)


@blueprint.get(AT)
@access(Action.USE_WORKSPACE)
def show(number: int) -> ResponseReturnValue:
    """One collection: its branches with their sums, who is silent, what comes next."""
    return _show(collection_of(number))


@blueprint.get(AT + "dia-ban/")
@access(Action.USE_WORKSPACE)
def areas(number: int) -> ResponseReturnValue:
    """The same sums by commune, by one switch as they are today or as they were."""
    collection, session = collection_of(number), context.session()
    old = request.args.get("theo") == "cu"
    day = clock.local_day(context.arrived_at())
    rows = sums.rows_of(session, collection)
    found = by_area.by_old_units(session, rows, day) if old else by_area.by_new_units(session, rows, day)
    return page("areas", collection, found=found, old=old, total=sums.total(rows))


@blueprint.get(AT + "sua/")
@access(Action.USE_WORKSPACE)
def edit(number: int) -> ResponseReturnValue:
    """The form to change, close or reopen it."""
    return _edit(collection_of(number))


@blueprint.post(AT + "sua/")
@access(Action.USE_WORKSPACE, acts_on=COLLECTION)
def change(number: int) -> ResponseReturnValue:
    """Other words or another last day; closed, or open again until that day."""
    collection, session, now = collection_of(number), context.session(), context.arrived_at()
    do, actor = request.form.get("do", ""), context.actor()
    try:
        if do == "close":
            service.close(session, collection.id, actor, now)
        elif do == "reopen":
            service.reopen(session, collection.id, forms.last_day(request.form), actor, now)
        else:
            service.change(session, collection.id, forms.collection(request.form), actor, now)
    except Invalid as wrong:
        return _edit(collection, 422, wrong.errors)
    flash(f"collected.{do}" if do in ("close", "reopen") else "collected.saved")
    return redirect(there("show", collection), 303)


def _body(organisation_id: UUID) -> Organisation:
    service.require_member(context.actor(), organisation_id)
    found = context.session().get(Organisation, organisation_id)
    if found is None:
        raise NotFound
    return found


def _index(body: Organisation, status: int = 200, **values: Any) -> ResponseReturnValue:
    session, now = context.session(), context.arrived_at()
    return page(
        "index",
        None,
        status,
        organisation=body,
        collections=overview.of_body(session, body.id, now),
        matter_choices=[(one.slug, one.full_name) for one in overview.matters(session, now)],
        form=request.form,
        **{"errors": {}, "refusal": "", **values},
    )


def _show(collection: Collection) -> ResponseReturnValue:
    session = context.session()
    rows = sums.rows_of(session, collection)
    return page(
        "collection",
        collection,
        rows=rows,
        total=sums.total(rows),
        typed_wrong=typing_checks.waiting(session, collection.id),
        silent=asking.silent(session, collection),
        not_arrived=asking.not_arrived(session, [row.branch for row in rows]),
        carried=reading.count(reading.opinions(session, collection)),
        address=url_for("workspace.home", organisation_id=collection.organisation_id),
    )


def _edit(collection: Collection, status: int = 200, errors: dict[str, str] | None = None) -> ResponseReturnValue:
    return page("edit", collection, status, form=request.form, errors=errors or {})
