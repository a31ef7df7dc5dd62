"""The answers as a branch has them: to be read out, people to call, and what was told already."""

from flask import Blueprint, Response, redirect, request, url_for
from flask.typing import ResponseReturnValue

from consult.collections.answers import carrying, forms
from consult.collections.answers.views_page import sheet
from consult.collections.views_frame import branch_of_request, page
from consult.errors import NotFound
from consult.web import context, tickets
from consult.web.guard import public

blueprint = Blueprint("answers", __name__)
AT = "/thu-thap/<int:collection>/<int:number>/tra-loi/"


@blueprint.get(AT)
@public()
def show(collection: int, number: int) -> ResponseReturnValue:
    """What came of each opinion of the branch, and whom to tell."""
    branch = branch_of_request(collection, number)
    return page("answers/of_branch", branch, answers=carrying.of_branch(context.session(), branch))


@blueprint.get(AT + "to-doc.pdf")
@public()
def printed(collection: int, number: int) -> Response:
    """The sheet for the next meeting, in words to read out."""
    return sheet(branch_of_request(collection, number))


@blueprint.post(AT)
@public(alone="notes what was told, which only adds")
def done(collection: int, number: int) -> ResponseReturnValue:
    """The sheet was read out, or somebody was called or told in person."""
    branch, session, now = branch_of_request(collection, number), context.session(), context.arrived_at()
    tickets.check_origin()
    if request.form.get("do") == "read":
        carrying.read_out(session, branch, None, now)
    else:
        numbers, how = forms.told(request.form)
        if how is None:
            raise NotFound
        carrying.note_told(session, branch, numbers, how, None, now)
    return redirect(url_for("branch.answers.show", collection=collection, number=number), 303)
