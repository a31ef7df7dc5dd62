"""Status by code: states and public answers for who has the look-up code; the secret number opens everything."""

from flask import Response, current_app, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from consult.errors import NotFound, Refused
from consult.ledger import on_paper
from consult.submissions.receiving import lookup_codes, receipts
from consult.text import stored
from consult.tracking import (
    counted_lookup,
    views_collected,
    views_collected_own,
    views_data,
    views_files,
    views_letter,
    views_own,
    views_question,
    views_rating,
    views_receipt,
    views_typing,
)
from consult.tracking.views_frame import NOTICES, SCOPE, blueprint, shown
from consult.web import context, tickets
from consult.web.guard import public

__all__ = [
    "blueprint", "views_collected_own", "views_data", "views_files", "views_letter", "views_own", "views_question",
    "views_rating", "views_receipt", "views_typing",
]  # fmt: skip


@blueprint.get("/tra-cuu/")
@public(asks=("ma",))
def look_up() -> ResponseReturnValue:
    """Where a code is typed; `?ma=` is one typed elsewhere."""
    typed = stored(request.args.get("ma", "")[:200])
    if not typed:
        return look_up_page("", "", 200)
    digits = lookup_codes.typed(typed)
    missing = lookup_codes.missing(digits)
    # One in a hundred that lack digits has the right check digits all the same.
    if missing or not lookup_codes.well_formed(digits):
        return look_up_page(typed, "code_too_short" if missing else "not_a_code", 422, missing)
    return redirect(url_for("status.show", code=lookup_codes.shown(digits)), 303)


@blueprint.get("/tra-cuu/<code>/")
@public(asks=("xong",))
def show(code: str) -> ResponseReturnValue:
    """States and public answers, and where the secret number is typed: that alone while too many codes are tried."""
    notice = request.args.get("xong", "")
    try:
        if (collected := views_collected.shown(code, notice if notice in NOTICES else "")) is not None:
            return collected
        return shown(counted_lookup.found(code), code, notice=notice if notice in NOTICES else "")
    except NotFound:
        digits = lookup_codes.typed(code)
        if not lookup_codes.well_formed(digits):
            raise
        return look_up_page(lookup_codes.shown(digits), "unknown_code", 404)
    except Refused:
        ticket = tickets.issue(SCOPE, context.arrived_at())
        return render_template("tracking/both_numbers.html", code=code, ticket=ticket, mail=False), 429


@blueprint.get("/tra-cuu/<code>/qr.svg")
@public(asks=("nk",))
def picture(code: str) -> Response:
    """The address of the status as a QR code, with the checkpoint `?nk=` behind it; it asks the database nothing, and
    so tells nothing about the code."""
    mark = request.args.get(on_paper.NAME, "")
    digits = lookup_codes.typed(code)
    if not lookup_codes.well_formed(digits):
        raise NotFound
    address = url_for("status.show", code=lookup_codes.shown(digits))
    whole = on_paper.behind(current_app.config["SITE_URL"] + address, mark if on_paper.is_mark(mark) else "")
    return Response(receipts.qr(whole), mimetype="image/svg+xml")


def look_up_page(typed: str, error: str, status: int, missing: int = 0) -> ResponseReturnValue:
    """Where a code is typed, with what is wrong with the one that was: how many digits it lacks, if any."""
    return render_template("tracking/look_up.html", typed=typed, error=error, missing=missing), status
