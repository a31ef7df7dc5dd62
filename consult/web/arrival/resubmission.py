"""What could not be taken and is sent again arrived when it came the first time.

The answer that gives it back says when that was, signed together with what was sent: the same, sent again within the
longest way (`consult.clock.LONGEST_WAY`), is in time where the first was, and nothing else is.
"""

import hashlib
import json
from datetime import UTC, datetime

from flask import request
from itsdangerous import BadSignature
from werkzeug.exceptions import HTTPException

from consult.text import stored
from consult.web import context, kept_form

HEADER = "Arrived"
"""Where a program carries it; a form does in a field (`carried.ARRIVED`)."""
THOUSANDTHS = 1000


def statement() -> str | None:
    """Says when the present request came and what it held, or when it came first; None when that could not be read."""
    try:
        held = _held()
        recognise()
    except (HTTPException, OSError):
        # It came torn, or is too large for the site.
        return None
    moment = int(context.arrived_at().timestamp() * THOUSANDTHS)
    return context.secrets().signer("arrived").sign(f"{held}.{moment}").decode()


def recognise() -> None:
    """Lets the present request have arrived when it was first sent, where it carries a statement that says so."""
    said = request.headers.get(HEADER, "") if context.by_program() else request.form.get(kept_form.ARRIVED, "")
    if not said:
        return
    try:
        held, moment = context.secrets().signer("arrived").unsign(said).decode().rsplit(".", 1)
    except (BadSignature, ValueError):
        return
    if held == _held():
        context.arrived_before(datetime.fromtimestamp(int(moment) / THOUSANDTHS, UTC))


def _held() -> str:
    """A hash (SHA-256, hex) of what the request holds, however a browser writes the ends of its lines, and without what
    our pages leave out of it when they give it back."""
    return hashlib.sha256(json.dumps(_by_program() if context.by_program() else _by_form()).encode()).hexdigest()


def _by_program() -> list[str]:
    body = hashlib.sha256(request.get_data()).hexdigest()
    return [request.path, request.headers.get("Idempotency-Key", ""), body]


def _by_form() -> list[str]:
    form = kept_form.whole_form()
    parts = [request.path, *(part for field in form.fields for part in field), "", *(one.name for one in form.uploads)]
    return [stored(part) for part in parts]
