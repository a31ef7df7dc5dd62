"""The rules of a matter on its desk: tried on what is there, kept, carried out on what waits, ended."""

from typing import Any

from flask import Blueprint, request
from flask.typing import ResponseReturnValue

from consult.consultations.matter import queries
from consult.consultations.models import Consultation
from consult.errors import Invalid, Refused
from consult.responses.desk.listing import views_page
from consult.responses.desk.typing import typed_places
from consult.responses.rules import described, forms, service
from consult.responses.rules.service import RULING, Effect
from consult.responses.rules.shown import RULE, RULES
from consult.responses.tags import reading
from consult.responses.views_frame import named, page, status_of, to, told
from consult.web import context
from consult.web.catalogue import say
from consult.web.guard import access

blueprint = Blueprint("rules", __name__)
BASE = "/xu-ly/<slug>/quy-tac/"


@blueprint.get(BASE)
@access(RULING, of=queries.by_slug)
def index(consultation: Consultation) -> ResponseReturnValue:
    """The rules, and what a rule that is being typed would do to what is there."""
    if not forms.is_typed(request.args):
        return _index(consultation)
    try:
        new = forms.new_rule(request.args, typed_places.places(context.session(), consultation, say))
        effect = service.tried(context.session(), consultation, new, context.arrived_at())
    except Invalid as invalid:
        return _index(consultation, invalid)
    return _index(consultation, effect=effect)


@blueprint.post(BASE)
@access(RULING, of=queries.by_slug, alone="a new rule")
def save(consultation: Consultation) -> ResponseReturnValue:
    """Keeps a rule."""
    session = context.session()
    try:
        new = forms.new_rule(request.form, typed_places.places(session, consultation, say))
        service.save(session, consultation, new, context.actor(), context.arrived_at())
    except (Invalid, Refused) as wrong:
        return _index(consultation, wrong)
    return to("rules.index", consultation, "done_rule_saved")


@blueprint.post(f"{BASE}thuc-hien/")
@access(RULING, of=queries.by_slug, acts_on=RULES)
def carry_out(consultation: Consultation) -> ResponseReturnValue:
    """Carries the rules out on what waits and was given to nobody."""
    try:
        done = service.carry_out(context.session(), consultation, context.actor(), context.arrived_at())
    except Refused as refused:
        return _index(consultation, refused)
    return _index(consultation, done=done)


@blueprint.post(f"{BASE}<int:number>/")
@access(RULING, of=queries.by_slug, acts_on=RULE)
def end(consultation: Consultation, number: int) -> ResponseReturnValue:
    """Ends a rule."""
    try:
        service.end(context.session(), consultation, number, context.actor(), context.arrived_at())
    except Refused as refused:
        return _index(consultation, refused)
    return to("rules.index", consultation, "done_rule_ended")


def _index(consultation: Consultation, wrong: Invalid | Refused | None = None, **found: Any) -> ResponseReturnValue:
    session, now = context.session(), context.arrived_at()
    effect: Effect | None = found.get("effect")
    returned = told(wrong)
    returned["errors"] = {_NAMED.get(name, name): code for name, code in returned["errors"].items()}
    return page(
        "rules/index", consultation, status_of(wrong), rules=described.all_of(session, consultation, now),
        typed=forms.typed(request.form if request.method == "POST" else request.args), effect=effect,
        done=found.get("done"), named=named, tags=reading.counted(session, consultation.id),
        places=typed_places.places(session, consultation, say), **views_page.hands(consultation), **returned,
    )  # fmt: skip


_NAMED = {"unit": "to_unit", "user": "to_user", "rule": "rule_place", "tag": "rule_tag"}
