"""A longer period after an outage on its last day: what the announced rule gives, and the one act that gives it."""

from flask import Blueprint, flash, request
from flask.typing import ResponseReturnValue

from consult.consultations.desk.shown_facts import EXTENSION
from consult.consultations.desk.views_frame import page, to, with_refusal
from consult.consultations.matter import outages, queries
from consult.consultations.models import Consultation
from consult.consultations.preparation import outage_extension
from consult.errors import Invalid, Refused
from consult.policy import Action
from consult.web import context
from consult.web.guard import access

blueprint = Blueprint("outage", __name__)
BASE = "/xu-ly/<slug>/gia-han/su-co/"


@blueprint.get(BASE)
@access(Action.EXTEND_MATTER, of=queries.by_slug)
def show(consultation: Consultation) -> ResponseReturnValue:
    """Which periods the rule lets end later, for which outages, until when."""
    return _page(consultation)


@blueprint.post(BASE)
@access(Action.EXTEND_MATTER, of=queries.by_slug, acts_on=EXTENSION)
def extend(consultation: Consultation) -> ResponseReturnValue:
    """Lets them end later."""
    reason, seen = request.form.get("reason", ""), request.form.get("seen", "")
    session, actor, now = context.session(), context.actor(), context.arrived_at()
    try:
        outage_extension.extend_after_outage(session, consultation, reason, seen, actor, now)
    except Invalid as invalid:
        return _page(consultation, invalid.errors)
    except Refused as refused:
        return _page(consultation, refusal=refused)
    flash("preparation.extended_after_outage")
    return to("publishing.manage", consultation)


def _page(
    consultation: Consultation, errors: dict[str, str] | None = None, refusal: Refused | None = None
) -> ResponseReturnValue:
    found = outages.owed(context.session(), consultation, context.arrived_at())
    answer = page(
        "publication/outage",
        errors,
        consultation=consultation,
        form=request.form,
        refusal=refusal,
        found=found,
        seen=outage_extension.version_of(found),
        rule=outages.rule_of(consultation),
    )
    return with_refusal(answer, refusal)
