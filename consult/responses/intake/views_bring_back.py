"""Entering again what was lost with a database, from the receipts of its senders."""

from flask import Blueprint, request, url_for
from flask.typing import ResponseReturnValue

from consult.consultations.matter import queries
from consult.consultations.models import Consultation
from consult.errors import Invalid, Refused
from consult.policy import Action
from consult.responses.views_frame import page, status_of, told
from consult.submissions.bringing_back.proofs import LARGEST
from consult.submissions.bringing_back.service import bring_back
from consult.submissions.inputs import Receipt
from consult.submissions.views_frame import site_codes
from consult.submissions.words import Channel
from consult.web import context
from consult.web.guard import access

blueprint = Blueprint("receipts", __name__)


@blueprint.get("/xu-ly/<slug>/nhap-lai/")
@access(Action.BRING_BACK, of=queries.by_slug)
def form(consultation: Consultation) -> ResponseReturnValue:
    """The empty form."""
    return page("intake/bring_back", consultation, form={})


@blueprint.post("/xu-ly/<slug>/nhap-lai/")
@access(Action.BRING_BACK, of=queries.by_slug, alone="what was lost comes back: its receipt makes it the same again")
def record(consultation: Consultation) -> ResponseReturnValue:
    """Receives again what the receipt proves, or gives the form back."""
    try:
        receipt = _brought_back(consultation)
    except (Invalid, Refused) as wrong:
        return page("intake/bring_back", consultation, status_of(wrong), form=request.form, **told(wrong))
    picture = url_for("status.picture", code=receipt.code)
    typed = {"channel": Channel.RECEIPT.value}
    return page("intake/slip", consultation, receipt=receipt, qr=picture, typed=typed, received_on=None)


def _brought_back(consultation: Consultation) -> Receipt:
    chosen = request.files.get("receipt")
    data = chosen.read(LARGEST + 1) if chosen else b""
    if not data:
        raise Invalid({"receipt": "required"})
    if len(data) > LARGEST:
        raise Invalid({"receipt": "receipt_too_large"})
    code, secret = request.form.get("code", ""), request.form.get("secret", "")
    session, actor, now = context.session(), context.actor(), context.arrived_at()
    return bring_back(
        session, consultation, data, code, secret, actor, now, context.files(), context.signer(), site_codes()
    )
