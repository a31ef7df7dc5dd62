"""The slip of a paper that was just received, under an address of its own: to be printed, and found again by reload or
Back. Both codes travel in it encrypted; the secret number is shown for as long as a form lives, and then no more."""

from flask import Blueprint, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy import select

from consult.consultations.matter import queries
from consult.consultations.models import Consultation
from consult.errors import NotFound
from consult.policy import Action
from consult.responses.views_frame import page
from consult.submissions import views_frame as receipts
from consult.submissions import views_on_paper
from consult.submissions.inputs import Receipt
from consult.submissions.models import Submission
from consult.submissions.receiving import lookup_codes
from consult.submissions.sender import typing_checks
from consult.submissions.views_frame import site_codes
from consult.web import context
from consult.web.guard import access

blueprint = Blueprint("slips", __name__)


def address(consultation: Consultation, receipt: Receipt, earlier: int = 0) -> str:
    """Where the slip of a receipt is shown; `earlier` is the submission that the same form was used for before."""
    how = receipts.AGAIN if receipt.repeated else receipts.DESK
    token = receipts.receipt_token(receipt.code, receipt.secret, context.arrived_at(), how)
    return url_for("desk.slips.show", slug=consultation.slug, token=token, truoc=earlier or None)


@blueprint.get("/xu-ly/<slug>/tiep-nhan/phieu/<token>/")
@access(Action.RECORD_PAPER, of=queries.by_slug)
def show(consultation: Consultation, token: str) -> ResponseReturnValue:
    """The slip."""
    given = receipts.handed_over(token, context.arrived_at())
    if given is None:
        raise NotFound
    hashes = lookup_codes.code_hashes(given.code, site_codes())
    found = context.session().scalar(
        select(Submission).where(Submission.consultation_id == consultation.id, Submission.code_hash.in_(hashes))
    )
    if found is None:
        raise NotFound
    code = lookup_codes.shown(given.code)
    numbers = tuple(sorted(comment.number for comment in found.comments))
    receipt = Receipt(
        code, "" if given.expired else given.secret, found.number, numbers, {}, given.how == receipts.AGAIN
    )
    qr = url_for("status.picture", code=code, nk=views_on_paper.mark(consultation.id) or None)
    return page(
        "intake/slip", consultation, receipt=receipt, qr=qr, submission=found,
        scanned=bool(typing_checks.scans_of(context.session(), found)),
    )  # fmt: skip
