"""What the appraising body reads: every comment with what was done to it, and whether the log agrees with the rows."""

from typing import Any

from flask import Blueprint, render_template, request
from flask.typing import ResponseReturnValue

from consult import clock
from consult.appraisal import case, readable, views_package
from consult.appraisal.posting_facts import posting_facts
from consult.appraisal.readable import Taker
from consult.consultations.matter import queries
from consult.consultations.models import Consultation
from consult.errors import NotFound
from consult.policy import Action
from consult.stages import stage_of
from consult.submissions import anchors
from consult.transparency.row_reading import UNREADABLE
from consult.transparency.verification.service import Tampered, verify
from consult.web import context
from consult.web.catalogue import say
from consult.web.guard import access

blueprint = Blueprint("appraisal", __name__)
blueprint.register_blueprint(views_package.blueprint)
BASE = "/xu-ly/<slug>/tham-dinh/"


@blueprint.get(BASE)
@access(Action.APPRAISE, of=queries.by_slug)
def index(consultation: Consultation) -> ResponseReturnValue:
    """Every comment, a page at a time; or those alone that the public does not read."""
    session, now = context.session(), context.arrived_at()
    hidden, asked = "khong-cong-khai" in request.args, request.args.get("trang", "1")
    number = int(asked) if asked.isascii() and asked.isdigit() and len(asked) < 6 else 0
    if number < 1:
        raise NotFound
    numbers, pages = case.page(session, consultation, hidden, number)
    found = readable.lines(session, consultation, numbers, clock.local_day(now), Taker.APPRAISING)
    facts = posting_facts(session, consultation, now)
    return _page("index", consultation, lines=found, number=number, pages=pages, hidden=hidden, facts=facts)


@blueprint.get(f"{BASE}y-kien/<int:number>/")
@access(Action.APPRAISE, of=queries.by_slug)
def comment(consultation: Consultation, number: int) -> ResponseReturnValue:
    """One comment: its versions, every act with its reason, its answer, its entries in the log."""
    day = clock.local_day(context.arrived_at())
    return _page("comment", consultation, case=case.case_of(context.session(), consultation, number, day))


@blueprint.get(f"{BASE}nhat-ky/")
@access(Action.APPRAISE, of=queries.by_slug)
def log(consultation: Consultation) -> ResponseReturnValue:
    """Holds every row against the log, now, and says what was found."""
    told, wrong = [], ""
    try:
        told = list(verify(context.session(), consultation, context.files(), context.signer()))
    except Tampered as found:
        wrong = found.told.in_language(context.language())
    except UNREADABLE as error:
        wrong = str(error)
    return _page("log", consultation, told=told, wrong=wrong)


def _page(name: str, consultation: Consultation, **values: Any) -> ResponseReturnValue:
    now = context.arrived_at()
    return render_template(
        f"appraisal/{name}.html", actor=context.actor(), now=now, consultation=consultation,
        stage=stage_of(consultation, now), place_of=lambda place: anchors.label_of(place, say), **values,
    )  # fmt: skip
