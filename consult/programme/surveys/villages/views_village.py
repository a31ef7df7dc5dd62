"""The pages of a village, without an account and without a script: its link, and the form for one paper after the
other."""

from typing import Any
from uuid import UUID

from flask import Blueprint, redirect, request, url_for
from flask.typing import ResponseReturnValue

from consult.errors import Invalid, NotFound, Refused
from consult.programme.surveys import planning
from consult.programme.surveys.entering.paper import number_of
from consult.programme.surveys.models import SurveyVillage
from consult.programme.surveys.villages import papers, views_offline
from consult.programme.surveys.villages.views_frame import (
    AT,
    come_in,
    new_ticket,
    page,
    scope_of,
    village_of_key,
    village_of_request,
)
from consult.text import one_line
from consult.web import context, tickets
from consult.web.guard import public
from consult.web.tickets import TicketExpired

blueprint = Blueprint("village", __name__)
blueprint.register_blueprint(views_offline.blueprint)
LAST = 30
"""Numbers of papers that a village sees of those it entered."""


@blueprint.get("/thu-thap/phieu/<key>/")
@public()
def enter(key: str) -> ResponseReturnValue:
    """Who opens the link enters papers for the village from now on, without an account."""
    try:
        village = village_of_key(key)
    except NotFound as unknown:
        raise Refused("village_key_unknown") from unknown
    return come_in(redirect(url_for("village.home", village_id=village.id), 303), village)


@blueprint.get(AT)
@public(asks=("xong",))
def home(village_id: UUID) -> ResponseReturnValue:
    """The form for the next paper, and the numbers of those that came in last."""
    return _form(village_of_request(village_id), done=one_line(request.args.get("xong", ""))[: papers.LONGEST_KEY])


@blueprint.post(AT)
@public(alone="a paper, known by its number")
def take(village_id: UUID) -> ResponseReturnValue:
    """Takes one paper in; pressing twice is taking it in once."""
    tickets.check_origin()
    village, session, form = village_of_request(village_id), context.session(), request.form
    try:
        ticket = tickets.read(form.get("ticket", ""), scope_of(village), context.arrived_at())
        way, paper = papers.typed(form, planning.questions_asked(village.survey))
        key = f"{ticket.key}:{number_of(one_line(paper.sheet))}"[: papers.LONGEST_KEY]
        made = papers.take(session, village, way, paper, key, context.arrived_at())
    except TicketExpired:
        return _form(village, 409, refusal="survey_expired")
    except Invalid as invalid:
        return _form(_again(village_id), 422, errors=invalid.errors)
    except Refused as refused:
        return _form(_again(village_id), 429 if refused.reason == "too_many" else 409, refusal=refused.reason)
    return redirect(url_for("village.home", village_id=village_id, xong=made.sheet), 303)


def _again(village_id: UUID) -> SurveyVillage:
    context.session().rollback()
    return village_of_request(village_id)


def _form(village: SurveyVillage, status: int = 200, **given: Any) -> ResponseReturnValue:
    last = papers.last(context.session(), village)[:LAST]
    values = {"errors": {}, "refusal": "", "done": "", **given}
    known = [number_of(one.sheet) for one in last]
    values["done"] = values["done"] if number_of(values["done"]) in known else ""
    numbers = [int(number) for number in known if number.isascii() and number.isdigit()]
    return page(
        "paper", village, status, typed=request.form, last=last, next=max(numbers, default=0) + 1, prefix=papers.PREFIX,
        came=papers.count(context.session(), village), ticket=new_ticket(village), way=last[0].way if last else "drawn",
        **values,
    )  # fmt: skip
