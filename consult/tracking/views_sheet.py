"""The receipt as a sheet that can be printed, shown and kept: a tagged PDF, and a picture."""

from enum import StrEnum

import typst
from flask import current_app, render_template, url_for

from consult.submissions.receiving import receipts
from consult.tracking.receipt_facts import ReceiptFacts
from consult.web import context

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
    """The sheet of a receipt. A PDF is tagged, for who hears it (PDF/UA-1)."""
    address = address_of(facts.code)
    source = render_template("tracking/receipt_sheet.typ", facts=facts, address=address, language=context.language())
    inputs = {"qr": receipts.qr(address).decode()}
    if kind is Sheet.PDF:
        pdf: bytes = typst.compile(
            source.encode(), sys_inputs=inputs, ignore_system_fonts=True, pdf_standards=["ua-1"], format="pdf"
        )
        return pdf
    picture: bytes = typst.compile(
        source.encode(), sys_inputs=inputs, ignore_system_fonts=True, ppi=SHARPNESS, format="png"
    )
    return picture
