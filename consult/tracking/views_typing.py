"""What was typed of a paper, checked by who sent it: its scan beside the words, and whether they are right."""

from uuid import UUID

from flask import Response, request
from flask.typing import ResponseReturnValue

from consult.errors import Invalid, NotFound
from consult.responses.intake import views_scans
from consult.submissions.models import Joiner
from consult.submissions.receiving import lookup_codes
from consult.submissions.sender import typing_checks
from consult.submissions.views_frame import site_codes
from consult.tracking import lookup, passes, views_opening, views_own
from consult.tracking.views_frame import blueprint
from consult.web import context
from consult.web.guard import public


@blueprint.post("/tra-cuu/<code>/ban-chep/")
@public(alone="what its sender says of the typing, added to what was said before")
def check_typing(code: str) -> ResponseReturnValue:
    """The sender says whether it is right."""
    submission, expired = views_opening.own(code)
    if isinstance(submission, Joiner):
        raise NotFound
    if expired:
        return views_own.own_page(submission, code, notice="expired", status=409)
    session, matter = context.session(), lookup.matter_of(context.session(), submission)
    said = request.form.get("typing", ""), request.form.get("typing_said", "")
    try:
        typing_checks.say(session, matter, submission, *said, context.arrived_at())
    except Invalid as invalid:
        return views_own.own_page(submission, code, errors=invalid.errors, status=422)
    return views_own.done(code, "typing_checked")


@blueprint.get("/tra-cuu/<code>/mo/<given>/anh/<uuid:attachment>/")
@public()
def scan(code: str, given: str, attachment: UUID) -> Response:
    """The first page of a scan, for who has opened their submission."""
    if not passes.opens(given, lookup_codes.typed(code), context.arrived_at()):
        raise NotFound
    paper = lookup.find_by_code(context.session(), code, site_codes())
    found = next((one for one in typing_checks.scans_of(context.session(), paper) if one.id == attachment), None)
    if found is None:
        raise NotFound
    return views_scans.drawn(found.file_hash)
