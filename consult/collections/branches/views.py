"""The branches of a collection for who collects: added singly, pasted, by commune or from known bodies; their links
printed, renewed and ended; the silent ones reminded."""

from typing import Any
from uuid import UUID

from flask import Blueprint, Response, flash, redirect, request, url_for
from flask.typing import ResponseReturnValue

from consult import clock
from consult.collections import sums
from consult.collections.branches import asking, bodies, forms, pasted, service
from consult.collections.branches.entry import by_number
from consult.collections.branches.service import NewBranch
from consult.collections.models import Branch, Collection
from consult.collections.recording import lists
from consult.collections.service import require_member
from consult.collections.shown import BRANCH
from consult.collections.views_frame import come_in
from consult.collections.views_printed import key_of, link_of, links
from consult.collections.views_work import AT, collection_of, page, there
from consult.errors import Invalid, NotFound, Refused
from consult.people import areas
from consult.policy import Action
from consult.submissions.views_frame import site_codes
from consult.text import folded
from consult.web import context
from consult.web.guard import access

blueprint = Blueprint("branches", __name__)
ONE = AT + "dau-moi/<int:branch>/"


@blueprint.get(AT + "them-dau-moi/")
@access(Action.USE_WORKSPACE)
def adding(number: int) -> ResponseReturnValue:
    """The three ways to add branches."""
    return _adding(collection_of(number))


@blueprint.post(AT + "them-dau-moi/")
@access(Action.USE_WORKSPACE, alone="new branches")
def add(number: int) -> ResponseReturnValue:
    """Adds them, all or none."""
    collection, session, now = collection_of(number), context.session(), context.arrived_at()
    wanted: list[NewBranch] = []
    try:
        wanted = _wanted(collection)
        made = service.add(session, collection, None, wanted, site_codes(), now)
    except Invalid as wrong:
        return _adding(collection, 422, errors=wrong.errors, names=[one.name for one in wanted])
    flash("collected.branches_added")
    return redirect(there("show", collection, _anchor=f"dau-moi-{made[0].number}"), 303)


@blueprint.get(AT + "ma-qr.pdf")
@access(Action.USE_WORKSPACE)
def printed(number: int) -> Response:
    """A sheet for each branch with its QR code."""
    collection = collection_of(number)
    return links(collection, sums.branches_of(context.session(), collection.id))


@blueprint.post(AT + "nhac/")
@access(Action.USE_WORKSPACE, alone="asks branches once more")
def remind(number: int) -> ResponseReturnValue:
    """Sends the link to branches by mail: to those that are silent, or to all."""
    collection, session, now = collection_of(number), context.session(), context.arrived_at()
    try:
        told = asking.ask(session, collection, request.form.get("who") == "silent", context.actor(), now)
    except Refused as refused:
        flash(f"reason.{refused.reason}", "warning")
        return redirect(there("show", collection), 303)
    flash("collected.asked" if told else "collected.nobody_asked", "message" if told else "warning")
    return redirect(there("show", collection, _anchor="im-lang"), 303)


@blueprint.get(ONE)
@access(Action.USE_WORKSPACE)
def show(number: int, branch: int) -> ResponseReturnValue:
    """One branch: whom to reach, its link, what it recorded."""
    collection = collection_of(number)
    return _one(collection, sums.branch_of(context.session(), collection, branch))


@blueprint.post(ONE)
@access(Action.USE_WORKSPACE, acts_on=BRANCH)
def change(number: int, branch: int) -> ResponseReturnValue:
    """Other facts, a new key, or the end of its key."""
    collection, session = collection_of(number), context.session()
    held = sums.branch_of(session, collection, branch)
    do, elsewhere = request.form.get("do", ""), False
    try:
        if do == "renew":
            service.renew_key(session, held, site_codes())
        elif do == "end":
            service.end_key(session, held, context.arrived_at())
        else:
            elsewhere = service.change(session, held, forms.branch(request.form, *_area(held), held.organisation_id))
    except Invalid as wrong:
        errors = {name.rpartition(".")[2]: code for name, code in wrong.errors.items()}
        return _one(collection, held, 422, errors=errors)
    flash(f"collected.branch_{do}" if do in ("renew", "end") else "collected.branch_saved")
    if elsewhere:
        flash("collected.mailed_elsewhere", "warning")
    return redirect(there("branches.show", collection, branch=branch), 303)


@blueprint.get(ONE + "ma-qr.pdf")
@access(Action.USE_WORKSPACE)
def printed_one(number: int, branch: int) -> Response:
    """The sheet of one branch."""
    collection = collection_of(number)
    return links(collection, [sums.branch_of(context.session(), collection, branch)])


@blueprint.get(ONE + "ghi-nhan/")
@access(Action.USE_WORKSPACE)
def enter(number: int, branch: int) -> ResponseReturnValue:
    """Who works for the body that is this branch comes in as by its link."""
    session = context.session()
    found = by_number(session, number, branch)
    if found.organisation_id is None or found.key_ended_at is not None:
        raise NotFound
    require_member(context.actor(), found.organisation_id)
    address = url_for("branch.home", collection=number, number=branch)
    return come_in(redirect(address, 303), found)


def _wanted(collection: Collection) -> list[NewBranch]:
    session, form = context.session(), request.form
    day = clock.local_day(context.arrived_at())
    how = form.get("how", "")
    if how == "communes":
        chosen = forms.ids([form.get("province", "")])
        if not chosen:
            raise Invalid({"province": "required"})
        return pasted.of_communes(session, form.get("prefix", ""), chosen[0], day, _names_there(collection))
    if how == "bodies":
        found = bodies.groups(session, collection, day)
        return bodies.wanted(found, form.getlist("group"), forms.ids(form.getlist("body")))
    return pasted.read(session, form.get("lines", ""), day)


def _area(held: Branch) -> tuple[UUID | None, str]:
    """The commune that was typed for a branch, and the words of one that is not known."""
    typed = request.form.get("area", "").strip()
    if held.area is not None and typed == held.area.name:
        return held.area_id, ""
    found = areas.named(context.session(), typed, clock.local_day(context.arrived_at()))
    return (found.id, "") if found is not None else (None, typed)


def _names_there(collection: Collection) -> set[str]:
    own = sums.branches_of(context.session(), collection.id)
    return {folded(one.name) for one in own if one.parent_id is None}


def _adding(collection: Collection, status: int = 200, **values: Any) -> ResponseReturnValue:
    session, now = context.session(), context.arrived_at()
    day = clock.local_day(now)
    return page(
        "branches/add",
        collection,
        status,
        form=request.form,
        provinces=[(str(area.id), area.name) for area in pasted.provinces(session, day)],
        groups=bodies.groups(session, collection, day),
        **{"errors": {}, "names": [], **values},
    )


def _one(collection: Collection, branch: Branch, status: int = 200, **values: Any) -> ResponseReturnValue:
    session = context.session()
    key = key_of(branch) if branch.key_ended_at is None else ""
    found = sums.rows_of(session, collection)
    return page(
        "branches/branch",
        collection,
        status,
        branch=branch,
        link=link_of(key) if key else "",
        row=next(row for row in found if row.branch.id == branch.id),
        gatherings=lists.gatherings_of(session, branch),
        form=request.form,
        **{"errors": {}, **values},
    )
