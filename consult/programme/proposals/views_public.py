"""The page of proposals: who takes them this year, and what came of those of every year."""

from flask import Blueprint, Response, render_template

from consult.programme.proposals import taking
from consult.web import context
from consult.web.guard import public

blueprint = Blueprint("public_proposals", __name__)
_FRESH = {"Cache-Control": "no-store"}
"""It tells of many matters, each with a version of its own."""


@blueprint.get("/kien-nghi/")
@public()
def index() -> Response:
    """Every body that takes proposals, the open ones first."""
    found = taking.of_all(context.session(), context.arrived_at())
    return Response(render_template("programme/proposals/index.html", found=found), headers=_FRESH)
