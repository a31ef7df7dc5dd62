"""The spreadsheet of a branch, for the branch: by its link alone."""

from typing import Any
from uuid import UUID

from flask import Blueprint, Response, url_for
from flask.typing import ResponseReturnValue

from consult.collections.models import Branch
from consult.collections.spreadsheet import views_page
from consult.collections.spreadsheet.models import BranchSpreadsheet
from consult.collections.views_frame import branch_of_request, page
from consult.web import tickets
from consult.web.guard import public

blueprint = Blueprint("spreadsheet", __name__)
AT = "/thu-thap/<int:collection>/<int:number>/bang-tinh/"
ONE = AT + "<uuid:spreadsheet>/"


@blueprint.get(AT)
@public()
def index(collection: int, number: int) -> ResponseReturnValue:
    """The spreadsheet to fill in, and where a filled one is chosen."""
    return _page("index", branch_of_request(collection, number), errors={})


@blueprint.get(AT + "mau.xlsx")
@public()
def blank(collection: int, number: int) -> Response:
    """The spreadsheet to fill in without a line."""
    return views_page.blank(branch_of_request(collection, number))


@blueprint.post(AT)
@public(alone="a file to be looked at; nothing of it is written")
def choose(collection: int, number: int) -> ResponseReturnValue:
    """Reads a file, and leads to what it would do."""
    branch = branch_of_request(collection, number)
    tickets.check_origin()
    return views_page.choose(branch, None, _page, lambda kept: _to(branch, kept))


@blueprint.get(ONE)
@public()
def show(collection: int, number: int, spreadsheet: UUID) -> ResponseReturnValue:
    """What a file would do, or did."""
    return views_page.show(branch_of_request(collection, number), spreadsheet, _page)


@blueprint.post(ONE)
@public(alone="rows are written as they were seen: the service compares what they would do")
def act(collection: int, number: int, spreadsheet: UUID) -> ResponseReturnValue:
    """Says where columns stand, or writes the rows."""
    branch = branch_of_request(collection, number)
    tickets.check_origin()
    return views_page.act(branch, spreadsheet, _page, lambda kept: _to(branch, kept))


@blueprint.get(ONE + "con-lai.xlsx")
@public()
def left(collection: int, number: int, spreadsheet: UUID) -> Response:
    """The rows that were not written."""
    return views_page.left(branch_of_request(collection, number), spreadsheet)


def _to(branch: Branch, kept: BranchSpreadsheet) -> str:
    return url_for(
        "branch.spreadsheet.show", collection=branch.collection.number, number=branch.number, spreadsheet=kept.id
    )


def _page(name: str, branch: Branch, status: int = 200, **values: Any) -> ResponseReturnValue:
    return page(f"spreadsheet/{name}", branch, status, **{"refusal": "", "plan": None, **values})
