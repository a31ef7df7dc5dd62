"""The plans of critiques that were made public: for anybody."""

from uuid import UUID

from flask import Blueprint, Response, render_template

from consult.people.models import Organisation
from consult.programme import choices, paper, plans
from consult.web import context
from consult.web.files import papers as paper_files
from consult.web.guard import public

blueprint = Blueprint("public_plans", __name__)
BASE = "/ke-hoach-phan-bien/"
_FRESH = {"Cache-Control": "no-store"}
"""No state of a matter tells that a plan was adjusted: it is drawn anew each time."""


@blueprint.get(BASE)
@public()
def index() -> Response:
    """Every plan by year."""
    page = render_template("programme/public_index.html", plans=plans.public_plans(context.session()))
    return Response(page, headers=_FRESH)


@blueprint.get(f"{BASE}<int:year>/<uuid:organisation_id>/")
@public()
def plan(year: int, organisation_id: UUID) -> Response:
    """One of them, with what was adjusted since and why."""
    session = context.session()
    found = plans.public_plan(session, organisation_id, year)
    changes = choices.changes_of(session, found)
    page = render_template("programme/public.html", plan=found, lines=plans.lines_of(found), changes=changes)
    return Response(page, headers=_FRESH)


@blueprint.get(f"{BASE}<int:year>/<uuid:organisation_id>/ke-hoach.<{paper_files.ENDINGS}:ending>")
@public()
def taken_away(year: int, organisation_id: UUID, ending: str) -> Response:
    """The same as a paper."""
    session = context.session()
    plans.public_plan(session, organisation_id, year)
    body = session.get_one(Organisation, organisation_id)
    described = paper_files.described("plan", **paper.told(session, body, year))
    return paper_files.answered(described, f"ke-hoach-phan-bien-{year}", ending)
