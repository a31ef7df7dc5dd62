"""What was typed of a paper, checked by who sent it: its scan beside the words, and whether they are right. By both
codes, or by the link of a mail, which is good once."""

from uuid import UUID

from flask import Response, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from consult.errors import Invalid, NotFound
from consult.responses.intake import views_scans
from consult.submissions.models import Joiner, Submission
from consult.submissions.receiving import lookup_codes
from consult.submissions.sender import contacts, typing_checks, typing_links
from consult.submissions.sender.typing_links import Link
from consult.submissions.views_frame import site_codes
from consult.tracking import forms_typing, lookup, passes, views_opening, views_own
from consult.tracking.views_frame import SCOPE, blueprint, place_words
from consult.web import context, tickets
from consult.web.guard import public

MAIL = "/tra-cuu/giay/<given>/"
PICTURE = "anh/<uuid:attachment>/<int:page>/"


@blueprint.post("/tra-cuu/<code>/ban-chep/")
@public(alone="what its sender says of the typing, added to what was said before")
def check_typing(code: str) -> ResponseReturnValue:
    """The sender says whether it is right."""
    submission, expired = views_opening.own(code)
    if isinstance(submission, Joiner):
        raise NotFound
    if expired:
        return views_own.own_page(submission, code, notice="expired", status=409)
    try:
        _say(submission)
    except Invalid as invalid:
        return views_own.own_page(submission, code, errors=invalid.errors, status=422)
    return views_own.done(code, "typing_checked")


@blueprint.get("/tra-cuu/<code>/mo/<given>/" + PICTURE)
@public()
def scan(code: str, given: str, attachment: UUID, page: int) -> Response:
    """A page of a scan, for who has opened their submission."""
    if not passes.opens(given, lookup_codes.typed(code), context.arrived_at()):
        raise NotFound
    return _drawn(lookup.find_by_code(context.session(), code, site_codes()), attachment, page)


@blueprint.get(MAIL)
@public()
def by_mail(given: str) -> ResponseReturnValue:
    """The same for who followed the link of a mail; opening it changes nothing, programs that look through mails do."""
    return _by_mail(given)


@blueprint.post(MAIL)
@public(alone="what its sender says of the typing, once by each mail")
def check_by_mail(given: str) -> ResponseReturnValue:
    """Says it, and ends the link."""
    tickets.check_origin()
    link = _link(given)
    try:
        tickets.read(request.form.get("ticket", ""), SCOPE, context.arrived_at())
        _say(_paper(link), link.mark)
    except tickets.TicketExpired:
        return _by_mail(given, 409, notice="expired")
    except Invalid as invalid:
        return _by_mail(given, 422, errors=invalid.errors)
    return redirect(url_for("status.by_mail", given=given), 303)


@blueprint.get(MAIL + PICTURE)
@public()
def scan_by_mail(given: str, attachment: UUID, page: int) -> Response:
    """A page of a scan, as long as the link was not used."""
    link = _link(given)
    paper = _paper(link)
    if typing_checks.used(context.session(), paper, link.mark) is not None:
        raise NotFound
    return _drawn(paper, attachment, page)


def _say(submission: Submission, link: str = "") -> None:
    session, matter = context.session(), lookup.matter_of(context.session(), submission)
    typing_checks.say(session, matter, submission, forms_typing.answer(), context.arrived_at(), link)


def _drawn(paper: Submission, attachment: UUID, page: int) -> Response:
    found = next((one for one in typing_checks.scans_of(context.session(), paper) if one.id == attachment), None)
    if found is None:
        raise NotFound
    return views_scans.drawn(found.file_hash, page)


def _link(given: str) -> Link:
    link = typing_links.read(context.secrets(), given, context.arrived_at())
    if link is None:
        raise NotFound
    return link


def _paper(link: Link) -> Submission:
    found = context.session().get(Submission, (link.consultation_id, link.submission_id))
    if found is None or not contacts.still_reaches(context.session(), found, link.to):
        raise NotFound
    return found


def _by_mail(given: str, status: int = 200, **values: object) -> ResponseReturnValue:
    link = _link(given)
    paper = _paper(link)
    used = typing_checks.used(context.session(), paper, link.mark)
    typing = None if used is not None else forms_typing.of(
        paper,
        lambda one, page: url_for("status.scan_by_mail", given=given, attachment=one.id, page=page),
        place_words,
    )  # fmt: skip
    body = render_template(
        "tracking/typed.html", consultation=lookup.matter_of(context.session(), paper), submission=paper, used=used,
        typing=typing, check_address=url_for("status.check_by_mail", given=given),
        ticket=tickets.issue(SCOPE, context.arrived_at()), **{"errors": {}, "notice": "", **values},
    )  # fmt: skip
    return body, status
