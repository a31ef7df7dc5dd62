"""The home of a branch: what it is asked and until when, what it recorded, what it can do; and all its pages."""

from flask import Blueprint, redirect, url_for
from flask.typing import ResponseReturnValue

from consult.collections import sums
from consult.collections.answers import carrying, views_branch
from consult.collections.answers import views_below as views_answers_below
from consult.collections.branches import views_below
from consult.collections.consolidating import views_middle
from consult.collections.kit import service as kits
from consult.collections.kit import views_branch as views_kit
from consult.collections.offline import views as views_offline
from consult.collections.openrosa import views as views_openrosa
from consult.collections.paper import typing_checks, views_checks, views_copying
from consult.collections.paper import views as views_paper
from consult.collections.recording import forms, lists, views, views_gathering
from consult.collections.spreadsheet import views as views_spreadsheet
from consult.collections.views_frame import branch_of_request, of_collection, page
from consult.errors import Refused
from consult.web import context
from consult.web.guard import public

blueprint = Blueprint("branch", __name__)
for room in (views, views_gathering, views_below, views_middle, views_branch, views_kit, views_paper):
    blueprint.register_blueprint(room.blueprint)
for way_in in (views_spreadsheet, views_openrosa, views_offline):
    blueprint.register_blueprint(way_in.blueprint)
blueprint.register_blueprint(views_answers_below.blueprint)
blueprint.register_blueprint(views_copying.of_branch)
blueprint.register_blueprint(views_checks.of_branch)


@blueprint.get("/thu-thap/<int:collection>/")
@public()
def mine(collection: int) -> ResponseReturnValue:
    """The branch of this collection that the browser works for."""
    held = of_collection(collection)
    if not held:
        raise Refused("branch_link_needed")
    return redirect(url_for("branch.home", collection=collection, number=held[0].number), 303)


@blueprint.get("/thu-thap/<int:collection>/<int:number>/")
@public()
def home(collection: int, number: int) -> ResponseReturnValue:
    """What the branch is asked and until when, and what it recorded."""
    branch, session = branch_of_request(collection, number), context.session()
    rows = sums.rows_of(session, branch.collection)
    return page(
        "home",
        branch,
        ways=forms.WAYS,
        gatherings=lists.gatherings_of(session, branch),
        own=next(row for row in rows if row.branch.id == branch.id),
        below=[row for row in rows if row.branch.parent_id == branch.id],
        answers=carrying.of_branch(session, branch),
        typed_wrong=typing_checks.waiting(session, branch.collection_id, branch),
        kit=kits.of_collection(session, branch.collection),
    )
