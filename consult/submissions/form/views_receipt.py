"""The receipt at its own address, made again from the ticket of the form whenever it is opened."""

from uuid import UUID

from flask import render_template, url_for
from flask.typing import ResponseReturnValue

from consult.consultations.matter.policy_facts import PolicyFacts
from consult.errors import NotFound
from consult.submissions.form import place_names, sent_forms, views_pages
from consult.submissions.views_frame import site_codes
from consult.web import context, tickets
from consult.web.catalogue import say


def address(slug: str, ticket: str) -> str:
    """Where the receipt of what this ticket sent stands."""
    return url_for("submissions.received", slug=slug, phieu=ticket)


def is_there(consultation_id: UUID, key: str) -> bool:
    """Whether something was received under the key of a ticket."""
    return sent_forms.submission_of(context.session(), consultation_id, key) is not None


def shown(matter: PolicyFacts, written: str) -> ResponseReturnValue:
    """The receipt that a ticket names; raises NotFound when nothing was received with it. A wording proposed stands as
    typed; laid against its clause it was to be read before sending, and is on the page of the look-up code."""
    try:
        key = tickets.ours(written, str(matter.id)).key
    except tickets.TicketExpired as unknown:
        raise NotFound from unknown
    sent = sent_forms.of_key(context.session(), matter, key, site_codes())
    body = render_template(
        "submissions/form/receipt.html",
        consultation=matter,
        form=sent.form,
        labels=place_names.labels(context.session(), matter, sent.form, say),
        kept=sent.files,
        receipt=sent.receipt,
        status_url=url_for("status.show", code=sent.receipt.code),
        ticket=tickets.issue("status", context.arrived_at()),
        sent=written,
    )
    return body, 200, views_pages.NO_STORE
