"""What the pages of programmes, rounds and promises share: how a form comes back, and where an act leads."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from flask import Response, current_app, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from consult import clock
from consult.errors import Invalid, NotFound, Refused
from consult.files import attachments, kinds
from consult.files.attachments import Bounds
from consult.files.signed_files import KeptFile, keep_file
from consult.programme import heads
from consult.programme.head_models import Programme
from consult.web import context

Wrong = Invalid | Refused | None
UNPROCESSABLE, CONFLICT = 422, 409
PICTURES = frozenset(kind for kind in kinds.ATTACHMENTS if kind.image)
NO_STORE = {"Cache-Control": "no-store"}


def now() -> datetime:
    """The instant of the request."""
    return context.arrived_at()


def today() -> date:
    """Its local day."""
    return clock.local_day(now())


def own_programme(slug: str) -> Programme:
    """The programme of this address, public or not, for people of its parties; for others NotFound."""
    found = heads.found(context.session(), slug)
    heads.require_party(found, context.actor())
    return found


def to(endpoint: str, told: str = "", **values: Any) -> ResponseReturnValue:
    """Where an act leads, with what is said there."""
    if told:
        flash(told)
    return redirect(url_for(endpoint, **values), 303)


def page(
    template: str, wrong: Wrong = None, typed: Mapping[str, str] | None = None, form: str = "", **values: Any
) -> ResponseReturnValue:
    """A signed-in page; `typed` is what its form begins with, and after what was `wrong` with the `form` of that name
    what was sent. Whoever calls reads what is shown after this forgot what was half done (`forget`)."""
    errors = wrong.errors if isinstance(wrong, Invalid) else {}
    html = render_template(
        template, actor=context.actor(), now=now(), errors=errors, wrong_form=form if wrong is not None else "",
        refusal=wrong.reason if isinstance(wrong, Refused) else "",
        typed=request.form if wrong is not None else (typed or {}), **values,
    )  # fmt: skip
    status = 200 if wrong is None else UNPROCESSABLE if errors else CONFLICT
    return html, status, NO_STORE


def page_number() -> int:
    """The page that the query asks for, from 1. Raises NotFound for what is no number of one."""
    typed = request.args.get("trang", "1")
    if not (typed.isascii() and typed.isdigit() and 0 < len(typed) < 7 and int(typed)):
        raise NotFound
    return int(typed)


def fresh(page: str, media_type: str = "text/html") -> Response:
    """A public page that is drawn anew each time: no state of a matter tells that something of it changed."""
    return Response(page, mimetype=media_type, headers=NO_STORE)


def forget(wrong: Wrong) -> None:
    """Nothing of an act that was refused stays in the session."""
    if wrong is not None:
        context.session().rollback()


def letter_file(field: str) -> KeptFile | None:
    """The file of a signed paper in a form, looked into and kept; None without one. Raises Invalid by the field."""
    chosen = request.files.get(field)
    if chosen is None or not chosen.filename:
        return None
    try:
        return keep_file(context.files(), chosen.read(), chosen.filename)
    except Invalid as invalid:
        raise Invalid({field: invalid.errors["file"]}) from invalid


def picture_file(field: str) -> KeptFile | None:
    """The picture of a form, opened and painted anew; None without one. Raises Invalid by the field."""
    chosen = request.files.get(field)
    if chosen is None or not chosen.filename:
        return None
    bounds = Bounds(largest=current_app.config["ATTACHMENT_BYTES"])
    try:
        opened = attachments.checked(chosen.read(), chosen.filename, bounds, PICTURES)
    except Invalid as invalid:
        raise Invalid({field: invalid.errors["file"]}) from invalid
    return KeptFile(context.files().put(opened.data), opened.name, opened.media_type, len(opened.data))
