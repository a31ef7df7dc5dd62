"""A form that was received already, and goes on: in a second tab, or as what a device kept of it when the line died
before its receipt came. Nothing is received twice unnoticed, and nothing that was typed since is lost."""

from dataclasses import replace

from flask import request

from consult.consultations.matter import policy_facts
from consult.consultations.matter.policy_facts import PolicyFacts
from consult.consultations.models import Consultation
from consult.submissions.form import unsent, views_both, views_steps
from consult.submissions.form.forms import CommentForm
from consult.submissions.form.unsent import Step
from consult.submissions.receiving import receipts_again
from consult.submissions.views_frame import receipt_address, site_codes
from consult.web import context, tickets

ONWARD = frozenset({"who", "check", "skip"})
"""The buttons that lead on towards sending."""


def receipt_of(consultation: Consultation, ticket: tickets.Ticket) -> str:
    """The address of the receipt of what was sent with a ticket; empty when nothing was."""
    session, matter = context.session(), policy_facts.by_id(context.session(), consultation.id)
    given = receipts_again.of_key(session, matter, ticket.key, site_codes())
    if given is None:
        return ""
    beside = views_both.sent_again(consultation, ticket.key)
    return receipt_address(given.code, given.secret, given.received_at, beside=beside)


def sent_under(consultation: Consultation, *written: str) -> tuple[str, str]:
    """The first of these tickets under which something was received, with the address of its receipt; two empty values
    when nothing was."""
    for one in dict.fromkeys(written):
        ticket = views_steps.ticket_of(consultation, one) if one else None
        address = receipt_of(consultation, ticket) if ticket and views_steps.kept(ticket) is None else ""
        if address:
            return one, address
    return "", ""


def not_yet(matter: PolicyFacts, form: CommentForm) -> Step | None:
    """The page to look at before a form is sent whose words were received from this device under another ticket; None
    for every other. Sending once more under its own gives its receipt."""
    if form.drafted in ("", form.ticket):
        return None
    under, _address = sent_under(views_steps.whole(matter), form.drafted)
    return told(Step("check", replace(form, drafted=""), status=409), under) if under else None


def nothing_typed(form: CommentForm) -> bool:
    """Whether the page that was sent goes on with what it showed, and nothing else."""
    return (
        form.steps[0] in ONWARD
        and unsent.seen(form) == form.seen
        and not any(one.filename for one in request.files.values())
    )


def renewed(consultation: Consultation, form: CommentForm, under: str) -> CommentForm:
    """The form as one of its own that was not sent yet, and is asked about once more before it is."""
    ticket = views_steps.new_ticket(consultation) if under == form.ticket else form.ticket
    return replace(form, ticket=ticket, drafted=under)


def told(step: Step, under: str) -> Step:
    """A step that says that the form was received under that ticket, with the way to its receipt."""
    return replace(step, notice="sent_already", sent_under=under) if under else step
