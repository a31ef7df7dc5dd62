"""The mails to a body that did not arrive, in its own workspace."""

from collections.abc import Sequence
from uuid import UUID

from flask import Blueprint, flash, redirect, request, url_for
from flask.typing import ResponseReturnValue

from consult.errors import Invalid, NotFound
from consult.notices.undelivered import to_body as undelivered_to_body
from consult.notices.undelivered import views as views_undelivered
from consult.notices.undelivered.shown import OWN_MAILBOX
from consult.people.models import Organisation
from consult.policy import Action
from consult.web import context
from consult.web.guard import access
from consult.workspace import overview

blueprint = Blueprint("own_undelivered", __name__)


@blueprint.get("/to-chuc/<uuid:organisation_id>/thu-khong-gui-duoc/")
@access(Action.USE_WORKSPACE)
def of_body(organisation_id: UUID) -> ResponseReturnValue:
    """The mails to one's organisation that did not arrive."""
    return _page(_mine(organisation_id))


@blueprint.post("/to-chuc/<uuid:organisation_id>/thu-khong-gui-duoc/")
@access(Action.USE_WORKSPACE, alone="each mail that it names is handled once")
def handle(organisation_id: UUID) -> ResponseReturnValue:
    """Sends those that were ticked again, or sets them aside; nothing ticked comes back as 422."""
    body = _mine(organisation_id)
    how, chosen = views_undelivered.asked_for()
    if not chosen:
        return _page(body, {"mail": "choose_one"}), 422
    undelivered_to_body.handle(context.session(), body.id, chosen, how, context.actor(), context.arrived_at())
    return _done(body, f"undelivered.{how.value}")


@blueprint.post("/to-chuc/<uuid:organisation_id>/thu-khong-gui-duoc/hop-thu/<uuid:unit_id>/")
@access(Action.USE_WORKSPACE, acts_on=OWN_MAILBOX)
def correct_mailbox(organisation_id: UUID, unit_id: UUID) -> ResponseReturnValue:
    """Puts the mailbox of a unit right, and sends again what did not arrive; what is wrong comes back as 422."""
    body, session, typed = _mine(organisation_id), context.session(), request.form.get("mailbox", "")
    actor, now = context.actor(), context.arrived_at()
    try:
        undelivered_to_body.correct_mailbox(session, body.id, unit_id, typed, actor, now)
    except Invalid as invalid:
        return _page(body, {f"mailbox-{unit_id}": invalid.errors["mailbox"]}, {unit_id: typed}), 422
    return _done(body, "undelivered.address_corrected")


def _mine(organisation_id: UUID) -> Organisation:
    mine: Sequence[Organisation] = overview.organisations_of(context.session(), context.actor(), context.arrived_at())
    found = next((one for one in mine if one.id == organisation_id), None)
    if found is None:
        raise NotFound
    return found


def _page(body: Organisation, errors: dict[str, str] | None = None, typed: dict[UUID, str] | None = None) -> str:
    found = undelivered_to_body.of_body(context.session(), body.id, context.arrived_at())
    wanted = views_undelivered.why_asked()
    found = [one for one in found if wanted is None or one.why is wanted]
    mailboxes = {one.unit_id: one.to for one in reversed(found) if one.unit_id is not None}
    return views_undelivered.page(
        "of_body", found, errors, organisation=body, mailboxes=mailboxes, typed=typed or {},
        now=context.arrived_at(), consultation=None,
    )  # fmt: skip


def _done(body: Organisation, told: str) -> ResponseReturnValue:
    flash(told)
    return redirect(url_for("own_undelivered.of_body", organisation_id=body.id), 303)
