"""Answers to be carried down, for who collects: branch by branch, with sheets, calls, and what was done."""

from flask import Blueprint, Response, redirect, request
from flask.typing import ResponseReturnValue

from consult.collections.answers import carrying, forms
from consult.collections.answers.views_page import sheet
from consult.collections.sums import branch_of
from consult.collections.views_work import AT, collection_of, page, there
from consult.errors import NotFound
from consult.policy import Action
from consult.web import context
from consult.web.guard import access

blueprint = Blueprint("answers", __name__)
ONE = AT + "chuyen-xuong/<int:branch>/"


@blueprint.get(AT + "chuyen-xuong/")
@access(Action.USE_WORKSPACE)
def show(number: int) -> ResponseReturnValue:
    """What waits to be carried down, and since when it is done."""
    collection = collection_of(number)
    return page("answers/of_collection", collection, rows=carrying.of_collection(context.session(), collection))


@blueprint.get(ONE)
@access(Action.USE_WORKSPACE)
def calls(number: int, branch: int) -> ResponseReturnValue:
    """The people of one branch who left a telephone number: for who calls in its stead."""
    collection, session = collection_of(number), context.session()
    found = carrying.of_branch(session, branch_of(session, collection, branch))
    return page("answers/calls", collection, branch=found.branch, answers=found)


@blueprint.post(ONE)
@access(Action.USE_WORKSPACE, alone="notes what was told, which only adds")
def done(number: int, branch: int) -> ResponseReturnValue:
    """The sheet was read out there, or people were called in its stead."""
    collection, session, now = collection_of(number), context.session(), context.arrived_at()
    held, actor = branch_of(session, collection, branch), context.actor()
    if request.form.get("do") == "read":
        carrying.read_out(session, held, actor.user_id, now)
        return redirect(there("answers.show", collection), 303)
    numbers, how = forms.told(request.form)
    if how is None:
        raise NotFound
    carrying.note_told(session, held, numbers, how, actor.user_id, now)
    return redirect(there("answers.calls", collection, branch=branch), 303)


@blueprint.get(ONE + "to-doc.pdf")
@access(Action.USE_WORKSPACE)
def printed(number: int, branch: int) -> Response:
    """The sheet of one branch, in words to read out."""
    collection = collection_of(number)
    return sheet(branch_of(context.session(), collection, branch))
