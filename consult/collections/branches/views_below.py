"""The branches below a branch: added by itself, each with a link of its own; the level above sees both."""

from flask import Blueprint, Response, redirect, request, url_for
from flask.typing import ResponseReturnValue

from consult import clock
from consult.collections import sums
from consult.collections.branches import pasted, service
from consult.collections.models import Branch
from consult.collections.views_frame import branch_of_request, page
from consult.collections.views_printed import key_of, link_of, links
from consult.errors import Invalid
from consult.submissions.views_frame import site_codes
from consult.web import context, tickets
from consult.web.guard import public

blueprint = Blueprint("below", __name__)
AT = "/thu-thap/<int:collection>/<int:number>/ben-duoi/"


@blueprint.get(AT)
@public()
def show(collection: int, number: int) -> ResponseReturnValue:
    """Those that are there, and how more are added."""
    return _page(branch_of_request(collection, number))


@blueprint.post(AT)
@public(alone="new branches below one's own")
def add(collection: int, number: int) -> ResponseReturnValue:
    """Adds them, all or none."""
    branch, session, now = branch_of_request(collection, number), context.session(), context.arrived_at()
    tickets.check_origin()
    wanted = pasted.read(session, request.form.get("lines", ""), clock.local_day(now))
    try:
        service.add(session, branch.collection, branch, wanted, site_codes(), now)
    except Invalid as wrong:
        return _page(branch, 422, wrong.errors)
    return redirect(url_for("branch.below.show", collection=collection, number=number), 303)


@blueprint.get(AT + "ma-qr.pdf")
@public()
def printed(collection: int, number: int) -> Response:
    """A sheet for each of them with its QR code."""
    branch = branch_of_request(collection, number)
    return links(branch.collection, _below(branch))


def _below(branch: Branch) -> list[Branch]:
    found = sums.branches_of(context.session(), branch.collection_id)
    return [one for one in found if one.parent_id == branch.id]


def _page(branch: Branch, status: int = 200, errors: dict[str, str] | None = None) -> ResponseReturnValue:
    session = context.session()
    tree = sums.rows_of(session, branch.collection)
    rows = [(row, link_of(key) if (key := key_of(row.branch)) else "") for row in tree
            if row.branch.parent_id == branch.id]  # fmt: skip
    return page("branches/below", branch, status, rows=rows, errors=errors or {}, typed=request.form.get("lines", ""))
