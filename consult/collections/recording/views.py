"""The pages of a branch: what it is asked, what it recorded."""

from flask import Blueprint, render_template
from flask.typing import ResponseReturnValue

from consult.collections import state
from consult.collections.models import Branch
from consult.collections.recording import lists
from consult.collections.views_frame import branch_of_request
from consult.web import context
from consult.web.guard import public

blueprint = Blueprint("branch", __name__)
AT = "/thu-thap/<int:collection>/<int:number>/"


@blueprint.get(AT)
@public()
def home(collection: int, number: int) -> ResponseReturnValue:
    """What the branch is asked and until when, and what it recorded."""
    return _home(branch_of_request(collection, number))


def _home(branch: Branch) -> ResponseReturnValue:
    session, now = context.session(), context.arrived_at()
    return render_template(
        "collections/recording/home.html",
        branch=branch,
        collection=branch.collection,
        why_closed=state.why_closed(branch.collection, now),
        gatherings=lists.gatherings_of(session, branch),
    )
