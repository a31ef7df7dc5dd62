"""The spreadsheet of a branch, brought by the organisation that collects: it came by mail, or on a stick."""

from typing import Any
from uuid import UUID

from flask import Blueprint, Response
from flask.typing import ResponseReturnValue

from consult.collections.branches import entry
from consult.collections.models import Branch
from consult.collections.spreadsheet import views_page
from consult.collections.spreadsheet.models import BranchSpreadsheet
from consult.collections.views_work import AT, collection_of, page, there
from consult.policy import Action
from consult.web import context
from consult.web.guard import access

blueprint = Blueprint("spreadsheet", __name__)
FILES = AT + "dau-moi/<int:branch>/bang-tinh/"
PAGES = {"index": "spreadsheet/above_index", "upload": "spreadsheet/above_upload"}
ONE = FILES + "<uuid:spreadsheet>/"


@blueprint.get(FILES)
@access(Action.USE_WORKSPACE)
def index(number: int, branch: int) -> ResponseReturnValue:
    """Where the filled spreadsheet of a branch is chosen."""
    return _page("index", _branch(number, branch), errors={})


@blueprint.get(FILES + "mau.xlsx")
@access(Action.USE_WORKSPACE)
def blank(number: int, branch: int) -> Response:
    """The spreadsheet to fill in without a line."""
    return views_page.blank(_branch(number, branch))


@blueprint.post(FILES)
@access(Action.USE_WORKSPACE, alone="a file to be looked at; nothing of it is written")
def choose(number: int, branch: int) -> ResponseReturnValue:
    """Reads a file, and leads to what it would do."""
    return views_page.choose(_branch(number, branch), context.actor().user_id, _page, _to)


@blueprint.get(ONE)
@access(Action.USE_WORKSPACE)
def show(number: int, branch: int, spreadsheet: UUID) -> ResponseReturnValue:
    """What a file would do, or did."""
    return views_page.show(_branch(number, branch), spreadsheet, _page)


@blueprint.post(ONE)
@access(Action.USE_WORKSPACE, alone="rows are written as they were seen: the service compares what they would do")
def act(number: int, branch: int, spreadsheet: UUID) -> ResponseReturnValue:
    """Says where columns stand, or writes the rows."""
    return views_page.act(_branch(number, branch), spreadsheet, _page, _to)


@blueprint.get(ONE + "con-lai.xlsx")
@access(Action.USE_WORKSPACE)
def left(number: int, branch: int, spreadsheet: UUID) -> Response:
    """The rows that were not written."""
    return views_page.left(_branch(number, branch), spreadsheet)


def _branch(number: int, branch: int) -> Branch:
    return entry.by_number(context.session(), collection_of(number).number, branch)


def _to(kept: BranchSpreadsheet) -> str:
    return there("spreadsheet.show", kept.branch.collection, branch=kept.branch.number, spreadsheet=kept.id)


def _page(name: str, branch: Branch, status: int = 200, **values: Any) -> ResponseReturnValue:
    here = {"number": branch.collection.number, "branch": branch.number}
    given = {"refusal": "", "plan": None, **values}
    return page(PAGES[name], branch.collection, status, branch=branch, here=here, **given)
