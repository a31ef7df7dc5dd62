"""The papers of a round as Word and PDF, for the committee that leads it."""

from flask import Blueprint, Response

from consult.policy import Action
from consult.programme import heads
from consult.programme.rounds import paper, planning
from consult.programme.rounds.models import Round
from consult.web import context
from consult.web.files import papers
from consult.web.guard import access

blueprint = Blueprint("papers", __name__)
BASE = "/phoi-hop/giam-sat/<slug>/<int:number>/"


@blueprint.get(f"{BASE}ke-hoach.<{papers.ENDINGS}:ending>")
@access(Action.USE_PROGRAMME)
def plan(slug: str, number: int, ending: str) -> Response:
    """The plan of the round."""
    told = paper.plan(_found(slug, number))
    return papers.answered(papers.described("programme/round_plan", **told), f"ke-hoach-giam-sat-{number}", ending)


@blueprint.get(f"{BASE}bao-cao.<{papers.ENDINGS}:ending>")
@access(Action.USE_PROGRAMME)
def report(slug: str, number: int, ending: str) -> Response:
    """Its report."""
    told = paper.report(_found(slug, number))
    return papers.answered(papers.described("programme/round_report", **told), f"bao-cao-giam-sat-{number}", ending)


@blueprint.get(f"{BASE}kien-nghi/<int:promise>/cong-van.<{papers.ENDINGS}:ending>")
@access(Action.USE_PROGRAMME)
def letter(slug: str, number: int, promise: int, ending: str) -> Response:
    """The letter to whom this recommendation is for, with all that is recommended to them."""
    told = paper.letter(_found(slug, number), promise)
    described = papers.described("programme/round_letter", **told)
    return papers.answered(described, f"kien-nghi-giam-sat-{number}-{promise}", ending)


def _found(slug: str, number: int) -> Round:
    session = context.session()
    found = planning.round_of(session, heads.found(session, slug), number)
    planning.require_lead(found, context.actor())
    return found
