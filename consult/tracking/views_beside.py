"""What was sent to other matters with the same press, as the receipt of the first one tells it."""

from dataclasses import dataclass

from flask import url_for

from consult.consultations.matter import queries
from consult.consultations.models import Consultation
from consult.errors import NotFound
from consult.submissions.views_frame import HandedOver, SentBeside, receipt_address, site_codes
from consult.tracking import receipt_facts
from consult.tracking.receipt_facts import ReceiptFacts
from consult.web import context


@dataclass(frozen=True)
class ShownBeside:
    """Another matter: its receipt (None where it took nothing), the address of that whole receipt or of the form in
    which the words wait, and why it took nothing (the code of a sentence)."""

    matter: Consultation
    facts: ReceiptFacts | None
    address: str
    reason: str = ""


def beside(handed: HandedOver) -> list[ShownBeside]:
    """Each in the order in which it was sent; without those whose codes were changed at the desk since."""
    found = (_received(one) if one.code else _not_taken(one) for one in handed.beside)
    return [one for one in found if one is not None]


def _received(one: SentBeside) -> ShownBeside | None:
    try:
        facts = receipt_facts.read(context.session(), one.code, one.secret, site_codes())
    except NotFound:
        return None
    # Its own address ends with that of the first one: it is not made younger by being looked at.
    return ShownBeside(facts.consultation, facts, receipt_address(one.code, one.secret, facts.received_at))


def _not_taken(one: SentBeside) -> ShownBeside | None:
    try:
        matter = queries.by_slug(context.session(), one.slug)
    except NotFound:
        return None
    address = url_for("submissions.write", slug=one.slug, phieu=one.ticket, buoc="xem-lai")
    return ShownBeside(matter, None, address, one.reason)
