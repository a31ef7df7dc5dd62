"""The receipt as a sheet that can be printed, shown and kept: a tagged PDF, and a picture."""

from enum import StrEnum

from flask import current_app, url_for

from consult.submissions.receiving import receipts
from consult.tracking.receipt_facts import ReceiptFacts
from consult.web import context
from consult.web.files import typesetting

TEMPLATE = "tracking/receipt_sheet.typ"
SHARPNESS = 144  # pixels to the inch


class Sheet(StrEnum):
    """As what one takes it home."""

    PDF = "pdf"
    PNG = "png"


MEDIA_TYPES = {Sheet.PDF: "application/pdf", Sheet.PNG: "image/png"}


def address_of(code: str) -> str:
    """The whole address under which this look-up code shows how things stand."""
    site: str = current_app.config["SITE_URL"]
    return site + url_for("status.show", code=code)


def drawn(facts: ReceiptFacts, kind: Sheet) -> bytes:
    """The sheet of a receipt."""
    address = address_of(facts.code)
    said = {"facts": facts, "address": address, "spoken": context.language()}
    if kind is Sheet.PDF:
        return typesetting.pdf(TEMPLATE, receipts.qr(address), **said)
    return typesetting.picture(TEMPLATE, SHARPNESS, receipts.qr(address), **said)
