"""Status by code: states and public answers for who has the look-up code, everything for who has the second one too."""

from flask import Response, current_app, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from consult.errors import NotFound
from consult.submissions.receiving import lookup_codes, receipts
from consult.text import stored
from consult.tracking import counted_lookup, views_own, views_rating
from consult.tracking.views_frame import blueprint, shown
from consult.web.guard import public

__all__ = ["blueprint", "views_own", "views_rating"]


@blueprint.get("/tra-cuu/")
@public(asks=("ma",))
def look_up() -> ResponseReturnValue:
    """Where a code is typed; `?ma=` is one typed elsewhere."""
    typed = stored(request.args.get("ma", "")[:200])
    if not typed:
        return render_template("tracking/look_up.html", typed="", error="")
    digits = lookup_codes.typed(typed)
    if not lookup_codes.well_formed(digits):
        return render_template("tracking/look_up.html", typed=typed, error="not_a_code"), 422
    return redirect(url_for("status.show", code=lookup_codes.shown(digits)), 303)


@blueprint.get("/tra-cuu/<code>/")
@public()
def show(code: str) -> ResponseReturnValue:
    """States and public answers, and where the second code is typed."""
    return shown(counted_lookup.found(code), code)


@blueprint.get("/tra-cuu/<code>/qr.svg")
@public()
def picture(code: str) -> Response:
    """The address of the status as a QR code; it asks the database nothing, and so tells nothing about the code."""
    digits = lookup_codes.typed(code)
    if not lookup_codes.well_formed(digits):
        raise NotFound
    address = url_for("status.show", code=lookup_codes.shown(digits))
    return Response(receipts.qr(current_app.config["SITE_URL"] + address), mimetype="image/svg+xml")
