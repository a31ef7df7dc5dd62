"""The receipt under an address of its own, for as long as the form's ticket lives, and what of it one takes home."""

from flask import Response, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from consult.errors import NotFound
from consult.submissions import views_on_paper
from consult.submissions.models import Submission
from consult.submissions.receiving import lookup_codes
from consult.submissions.sender import mail_links
from consult.submissions.views_frame import handed_over, site_codes
from consult.tracking import lookup, passes, receipt_facts, views_beside, views_opening, views_sheet
from consult.tracking.receipt_facts import ReceiptFacts
from consult.tracking.views_frame import SCOPE, blueprint, label
from consult.tracking.views_sheet import Sheet
from consult.web import context, tickets
from consult.web.files import downloads
from consult.web.guard import public


@blueprint.get("/tra-cuu/phieu/<token>/")
@public()
def receipt(token: str) -> ResponseReturnValue:
    """What was handed over when something was sent; later, the way to where it stands, without the secret number."""
    handed = handed_over(token, context.arrived_at())
    if handed is None:
        raise NotFound
    code = lookup_codes.shown(handed.code)
    if handed.expired:
        return redirect(url_for("status.show", code=code), 303)
    try:
        facts = receipt_facts.read(context.session(), handed.code, handed.secret, site_codes())
    except NotFound:
        # New codes were given for it at the desk.
        body = render_template("tracking/look_up.html", typed=code, error="codes_ended", missing=0)
        return body, 404
    return render_template(
        "tracking/receipt.html",
        facts=facts,
        handed=handed,
        beside=views_beside.beside(handed),
        token=token,
        address=views_sheet.address_of(code),
        mark=views_on_paper.mark(facts.consultation.id),
        given=views_opening.pass_for(code),
        ticket=tickets.issue(SCOPE, context.arrived_at()),
        label=label,
        mailed=receipt_facts.with_mail_link(lookup.find_any(context.session(), handed.code, site_codes())),
    )


@blueprint.get("/tra-cuu/phieu/<token>/phieu.<any(pdf, png):kind>")
@public()
def sheet(token: str, kind: str) -> Response:
    """The receipt as a file, with both codes."""
    handed = handed_over(token, context.arrived_at())
    if handed is None or handed.expired:
        raise NotFound
    return _sheet(receipt_facts.read(context.session(), handed.code, handed.secret, site_codes()), Sheet(kind))


@blueprint.get("/tra-cuu/<code>/mo/<given>/phieu.<any(pdf, png):kind>")
@public()
def own_sheet(code: str, given: str, kind: str) -> Response:
    """The same for its sender later on, without the secret number, which is kept nowhere."""
    if not passes.opens(given, lookup_codes.typed(code), context.arrived_at()):
        raise NotFound
    return _sheet(receipt_facts.read(context.session(), code, "", site_codes()), Sheet(kind))


@blueprint.post("/tra-cuu/<code>/duong-dan/")
@public(alone="one's own mails, which from then on lead to what they are about")
def mail_link(code: str) -> ResponseReturnValue:
    """Has the mails about a submission lead to it; who follows them is asked for the secret number."""
    found, _expired = views_opening.own(code)
    if not isinstance(found, Submission) or not receipt_facts.with_mail_link(found):
        raise NotFound
    mail_links.ask(context.session(), found, lookup_codes.typed(code), site_codes(), context.arrived_at())
    return redirect(url_for("status.own", code=code, given=views_opening.pass_for(code), xong="mail_link"), 303)


@blueprint.get("/tra-cuu/thu/<link>/")
@public()
def from_mail(link: str) -> ResponseReturnValue:
    """Where a mail leads whose reader asked for that: nothing is shown before the secret number was typed."""
    code = mail_links.code_in(link, site_codes())
    if code is None:
        raise NotFound
    ticket = tickets.issue(SCOPE, context.arrived_at())
    return render_template("tracking/both_numbers.html", code=lookup_codes.shown(code), ticket=ticket, mail=True)


def _sheet(facts: ReceiptFacts, kind: Sheet) -> Response:
    answer = Response(views_sheet.drawn(facts, kind), mimetype=views_sheet.MEDIA_TYPES[kind])
    return downloads.attached(answer, f"phieu-tiep-nhan-{facts.code}.{kind.value}")
