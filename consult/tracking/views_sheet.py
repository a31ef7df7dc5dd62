"""The receipt as a sheet that can be printed, shown and kept: a tagged PDF, and a picture."""

from enum import StrEnum

from flask import current_app, url_for

from consult.ledger import on_paper
from consult.submissions import views_on_paper
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
    address, mark = address_of(facts.code), views_on_paper.mark(facts.consultation.id)
    said = {"facts": facts, "address": address, "spoken": context.language(), "mark": mark}
    code = receipts.qr(on_paper.behind(address, mark))
    if kind is Sheet.PDF:
        return typesetting.pdf(TEMPLATE, code, **said)
    return typesetting.picture(TEMPLATE, SHARPNESS, code, **said)
