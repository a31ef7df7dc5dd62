"""Roles that wait for a second administrator."""

from typing import Any

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from consult.administration import forms
from consult.administration.accounts import role_proposals, roles
from consult.administration.models import RoleProposal, Settlement
from consult.administration.shown import PROPOSED_ROLE
from consult.errors import Invalid
from consult.policy import Action
from consult.web import context, sign_in_log
from consult.web.catalogue import say
from consult.web.guard import access

blueprint = Blueprint("proposals", __name__)

MOST = 500


@blueprint.get("/quan-tri/cho-xac-nhan/")
@access(Action.ADMINISTER)
def index() -> ResponseReturnValue:
    """The roles that wait for a second administrator."""
    return _page({})


@blueprint.post("/quan-tri/cho-xac-nhan/")
@access(Action.ADMINISTER, acts_on=PROPOSED_ROLE)
def settle() -> ResponseReturnValue:
    """Confirms, refuses or takes back those that were ticked; nothing ticked comes back as 422."""
    session, actor, now = context.session(), context.actor(), context.arrived_at()
    try:
        how = forms.word(request.form, "how", Settlement)
        chosen = [forms.needed_id({"proposal": one}, "proposal") for one in request.form.getlist("proposal")[:MOST]]
    except Invalid as invalid:
        return _page(invalid.errors), 422
    if not chosen:
        return _page({"proposal": "choose_one"}), 422
    for one in role_proposals.settle(session, chosen, how, actor, now):
        facts = {"role": one.role.value, "organisation": one.organisation_id, "by": actor.user_id}
        sign_in_log.tell(f"role_{how.value}", one.user_id, **facts)
    flash(f"administration.role_{how.value}")
    return redirect(url_for("proposals.index"), 303)


def _page(errors: dict[str, str]) -> str:
    session, now = context.session(), context.arrived_at()
    shown = {
        "rows": [_row(one) for one in role_proposals.waiting(session)],
        "alone": roles.alone(session, now),
        "chosen": request.form.getlist("proposal"),
    }
    return render_template("administration/proposals.html", actor=context.actor(), errors=errors, **shown)


def _row(proposal: RoleProposal) -> dict[str, Any]:
    label = say("administration.choose_role_of", name=proposal.user.name)
    return {"id": str(proposal.id), "check_label": label, "proposal": proposal}
