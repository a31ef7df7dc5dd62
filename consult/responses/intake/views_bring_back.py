"""Entering again what was lost with a database, from the receipts of its senders."""

from datetime import datetime, timedelta

from flask import Blueprint, current_app, flash, request, url_for
from flask import session as cookie
from flask.typing import ResponseReturnValue
from itsdangerous import BadSignature, URLSafeSerializer

from consult import size_limits
from consult.consultations.matter import queries
from consult.consultations.models import Consultation
from consult.errors import Invalid, Refused
from consult.files.pending_uploads import PendingUploads
from consult.policy import Action
from consult.responses.views_frame import named, page, status_of, to, told
from consult.submissions import views_on_paper
from consult.submissions.bringing_back.proofs import LARGEST
from consult.submissions.bringing_back.service import Back, bring_back, submission_of
from consult.submissions.inputs import Receipt
from consult.submissions.views_frame import site_codes
from consult.web import context
from consult.web.catalogue import say
from consult.web.files import expired_uploads
from consult.web.guard import access

blueprint = Blueprint("receipts", __name__)
SLIP = "slip_of_receipt"
SLIP_FOR = timedelta(hours=1)
"""So long the slip is shown again in the browser of who entered it, to be printed: its codes stand nowhere else."""


@blueprint.get("/xu-ly/<slug>/nhap-lai/")
@access(Action.BRING_BACK, of=queries.by_slug)
def form(consultation: Consultation) -> ResponseReturnValue:
    """The empty form."""
    return page("intake/bring_back", consultation, form={}, kept="")


@blueprint.post("/xu-ly/<slug>/nhap-lai/")
@access(Action.BRING_BACK, of=queries.by_slug, alone="what was lost comes back: its receipt makes it the same again")
def record(consultation: Consultation) -> ResponseReturnValue:
    """Receives again what the receipt proves, or gives the form back with the receipt kept."""
    kept = ""
    try:
        data, kept = _receipt()
        back = _brought_back(consultation, data)
    except (Invalid, Refused) as wrong:
        return page("intake/bring_back", consultation, status_of(wrong), form=request.form, kept=kept, **told(wrong))
    _tell(back)
    if back.receipt is None:
        return to("comment", consultation, number=back.number)
    cookie[SLIP] = {"code": back.receipt.code, "secret": back.receipt.secret, "until": _until(), "of": back.number}
    return to("receipts.slip", consultation, number=back.number)


@blueprint.get("/xu-ly/<slug>/nhap-lai/<int:number>/")
@access(Action.BRING_BACK, of=queries.by_slug)
def slip(consultation: Consultation, number: int) -> ResponseReturnValue:
    """The slip of what was just entered, whose first comment is `number`; afterwards the comment itself."""
    own, submission = cookie.get(SLIP) or {}, submission_of(context.session(), consultation.id, number)
    if own.get("of") != number or datetime.fromisoformat(own["until"]) < context.arrived_at():
        return to("comment", consultation, number=number)
    numbers = tuple(sorted(comment.number for comment in submission.comments))
    receipt = Receipt(own["code"], own["secret"], submission.number, numbers, {})
    picture = url_for("status.picture", code=receipt.code, nk=views_on_paper.mark(consultation.id) or None)
    return page("intake/slip", consultation, receipt=receipt, qr=picture, submission=submission)


def _until() -> str:
    return (context.arrived_at() + SLIP_FOR).isoformat()


def _brought_back(consultation: Consultation, data: bytes) -> Back:
    code, secret = request.form.get("code", ""), request.form.get("secret", "")
    return bring_back(
        context.session(), consultation, data, _given(), code, secret, context.actor(), context.arrived_at(),
        context.files(), context.signer(), site_codes(),
    )  # fmt: skip


def _receipt() -> tuple[bytes, str]:
    """The receipt just chosen, or the one of an earlier round of this form; and how that is named in the next one."""
    chosen = request.files.get("receipt")
    data = chosen.read(LARGEST + 1) if chosen else b""
    if len(data) > LARGEST:
        raise Invalid({"receipt": "receipt_too_large"})
    if data:
        name = _waiting().put(data, context.arrived_at())
        expired_uploads.remember_to_clear(context.session(), context.arrived_at())
        return data, _serializer().dumps(name)
    kept = request.form.get("kept", "")
    try:
        return _waiting().get(_serializer().loads(kept)), kept
    except (BadSignature, KeyError, ValueError):
        raise Invalid({"receipt": "required"}) from None


def _given() -> list[bytes]:
    """The files that the sender gives again."""
    chosen = [file for file in request.files.getlist("files") if file.filename]
    if len(chosen) > size_limits.SCANS:
        raise Invalid({"files": "too_many_scans"})
    return [file.read() for file in chosen]


def _tell(back: Back) -> None:
    """Tells on the next page what came back, and what is lost still."""
    if back.amended:
        flash(say("desk.done_versions_back", numbers=named(back.amended)))
    if back.files:
        flash(say("desk.done_files_back", names=", ".join(back.files)))
    if back.lost:
        flash(say("desk.files_lost", names=", ".join(back.lost)), "warning")


def _waiting() -> PendingUploads:
    return PendingUploads(current_app.config["WAITING_FOLDER"])


def _serializer() -> URLSafeSerializer:
    return context.secrets().serializer("receipt")
