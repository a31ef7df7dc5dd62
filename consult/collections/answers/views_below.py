"""The answers for the branches below one in the middle: what waits to be carried down there, and their sheets."""

from flask import Blueprint, Response
from flask.typing import ResponseReturnValue

from consult.collections import sums
from consult.collections.answers import carrying
from consult.collections.answers.views_page import sheet
from consult.collections.views_frame import branch_of_request, page
from consult.errors import NotFound
from consult.web import context
from consult.web.guard import public

blueprint = Blueprint("answers_below", __name__)
AT = "/thu-thap/<int:collection>/<int:number>/ben-duoi/tra-loi/"


@blueprint.get(AT)
@public()
def show(collection: int, number: int) -> ResponseReturnValue:
    """Each branch below that recorded something: nobody's name, how many are to be told."""
    branch, session = branch_of_request(collection, number), context.session()
    return page("answers/below", branch, rows=carrying.of_collection(session, branch.collection, branch))


@blueprint.get(AT + "<int:below>/to-doc.pdf")
@public()
def printed(collection: int, number: int, below: int) -> Response:
    """The sheet of a branch below, in words to read out. Raises NotFound for one that is not below."""
    branch, session = branch_of_request(collection, number), context.session()
    own = sums.branches_of(session, branch.collection_id)
    found = next((one for one in own if one.number == below), None)
    if found is None or found.id not in sums.with_below(own, branch) - {branch.id}:
        raise NotFound
    return sheet(found)
