"""Who of a body reviews its letters and who signs them."""

from typing import Any
from uuid import UUID

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from consult.administration import forms
from consult.administration.bodies import service as bodies
from consult.administration.shown import LETTER_ROLES
from consult.errors import Invalid
from consult.people import letter_roles
from consult.people.organisations import organisation
from consult.policy import Action
from consult.web import context
from consult.web.guard import access

blueprint = Blueprint("body_letters", __name__)
ADDRESS = "/quan-tri/to-chuc/<uuid:organisation_id>/van-ban/"


@blueprint.get(ADDRESS)
@access(Action.ADMINISTER)
def show(organisation_id: UUID) -> ResponseReturnValue:
    """Who writes, reviews, signs and sends for a body."""
    return _page(organisation_id)


@blueprint.post(ADDRESS)
@access(Action.ADMINISTER, acts_on=LETTER_ROLES)
def change(organisation_id: UUID) -> ResponseReturnValue:
    """Names them anew; somebody who does not work for the body comes back as 422."""
    session, actor, now = context.session(), context.actor(), context.arrived_at()
    try:
        reviewer, signatory = (forms.identifier(request.form, name) for name in ("reviewer", "signatory"))
        bodies.change_letter_roles(session, organisation_id, reviewer, signatory, actor, now)
    except Invalid as invalid:
        return _page(organisation_id, errors=invalid.errors), 422
    flash("administration.letter_roles_changed")
    return redirect(url_for("body_letters.show", organisation_id=organisation_id), 303)


def _page(organisation_id: UUID, **told: Any) -> str:
    session, now = context.session(), context.arrived_at()
    body = organisation(session, organisation_id)
    return render_template(
        "administration/bodies/letters.html",
        actor=context.actor(),
        organisation=body,
        recorded={str(one.id): one.name for one in letter_roles.recorded(session, body)},
        people=[(str(one.id), one.name) for one in letter_roles.people(session, organisation_id, now)],
        senders=letter_roles.senders(session, organisation_id, now),
        form=request.form,
        **{"errors": {}, **told},
    )
