"""New codes at the desk for who lost theirs: the page that finds the submission, and the slip with the new codes."""

import secrets
from uuid import UUID

from flask import Blueprint, redirect, request
from flask.typing import ResponseReturnValue

from consult.consultations.matter import queries
from consult.consultations.models import Consultation
from consult.errors import Invalid, NotFound, Refused
from consult.policy import Action
from consult.responses.intake import lost_codes
from consult.responses.views_frame import page, status_of, told
from consult.submissions.models import Submission
from consult.submissions.views_frame import DESK, receipt_address, site_codes
from consult.text import day_of, stored
from consult.web import context
from consult.web.guard import access

blueprint = Blueprint("lost_codes", __name__)


@blueprint.get("/xu-ly/<slug>/cap-lai-ma/")
@access(Action.RECORD_PAPER, of=queries.by_slug)
def form(consultation: Consultation) -> ResponseReturnValue:
    """Where number, commune and day are typed; once they fit, what is checked before new codes are given."""
    typed = {name: stored(request.args.get(name, "")[:200]) for name in ("so", "xa", "ngay")}
    if not any(typed.values()):
        return page("intake/lost_codes", consultation, typed=typed, found=None, ways=(), form={})
    number = int(typed["so"]) if typed["so"].isascii() and typed["so"].isdigit() and len(typed["so"]) < 9 else 0
    try:
        found = lost_codes.find(context.session(), consultation, number, typed["xa"], day_of(typed["ngay"]))
    except NotFound:
        errors = {"so": "nothing_fits"}
        return page("intake/lost_codes", consultation, 404, typed=typed, found=None, ways=(), form={}, errors=errors)
    return _found(consultation, found, typed)


@blueprint.post("/xu-ly/<slug>/cap-lai-ma/<uuid:submission_id>/")
@access(Action.RECORD_PAPER, of=queries.by_slug, acts_on=lost_codes.CODES)
def issue(consultation: Consultation, submission_id: UUID) -> ResponseReturnValue:
    """Gives new codes, and leads to the receipt with them, to be printed for who lost theirs."""
    session, now, keys = context.session(), context.arrived_at(), site_codes()
    said = request.form.get("checked", ""), request.form.get("reason", "")
    try:
        codes = lost_codes.issue(
            session, consultation, submission_id, *said, secrets.token_hex(16), context.actor(), now, keys
        )
    except (Invalid, Refused) as wrong:
        found = session.get(Submission, (consultation.id, submission_id))
        if found is None:
            raise NotFound from wrong
        return _found(consultation, found, {}, wrong)
    return redirect(receipt_address(*codes, now, DESK), 303)


def _found(
    consultation: Consultation, found: Submission, typed: dict[str, str], wrong: Invalid | Refused | None = None
) -> ResponseReturnValue:
    return page(
        "intake/lost_codes",
        consultation,
        status_of(wrong),
        typed={"so": "", "xa": "", "ngay": "", **typed},
        found=found,
        ways=lost_codes.ways(found),
        before=lost_codes.issued(context.session(), found),
        form=request.form,
        **told(wrong),
    )
