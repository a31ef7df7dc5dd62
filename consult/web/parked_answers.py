"""POST, 303, GET for the public forms: a page that answers what was sent gets an address of its own, so that reload,
Back and a second tab find it again with every word that was typed, and no browser asks whether to send once more.

The page waits for an hour in a folder of its own, under a hash that nobody can guess; its address is the form's own
with `?giu=`. A view that has a better address for what it did sends there itself.
"""

import json
import secrets
from datetime import timedelta

from flask import Flask, Response, current_app, redirect, request
from flask.typing import ResponseReturnValue

from consult.files.pending_uploads import PendingUploads
from consult.files.store import DamagedFile
from consult.web import context, queries

LIFE = timedelta(hours=1)
UNKNOWN, TOO_MANY, BROKEN = 404, 429, 500
"""What is the site's own fault, or one of too many, has no address: who reloads it tries once more, and a flood writes
nothing to the disk. Nor has what does not exist: there is no form there."""


def park(answer: Response) -> Response:
    """The way to the page instead of the page itself, for what somebody sent by a public form."""
    if request.method != "POST" or not _is_of_a_form(answer):
        return answer
    now, kept = context.arrived_at(), _kept()
    page = [secrets.token_hex(16), now.timestamp(), answer.status_code, answer.get_data(as_text=True)]
    try:
        kept.forget(now - LIFE)
        name = kept.put(json.dumps(page).encode(), now)
    except OSError:
        # Where there is no room, the answer itself is better than none.
        return answer
    return redirect(f"{request.script_root}{request.path}?{queries.PARKED}={name}", 303)  # type: ignore[return-value]


def bring() -> ResponseReturnValue | None:
    """The page that an address names; once it was let go, the form as it is now, or where its codes are typed."""
    name = request.args.get(queries.PARKED, "")
    if request.method not in {"GET", "HEAD"} or not name or not queries.of_a_form(request.path):
        return None
    page = _page(name)
    if page is not None:
        return Response(page[1], page[0], mimetype="text/html")
    if request.routing_exception is None:
        return None
    # What only takes something has no page of its own.
    return redirect(request.script_root + "/".join(request.path.split("/")[:3]) + "/", 303)


def _is_of_a_form(answer: Response) -> bool:
    page = answer.mimetype == "text/html" and not answer.is_streamed
    status = answer.status_code
    plain = page and not 300 <= status < 400 and status not in {UNKNOWN, TOO_MANY} and status < BROKEN
    return plain and queries.of_a_form(request.path) and not context.by_program()


def _page(name: str) -> tuple[int, str] | None:
    """Status and words of a page that still waits."""
    try:
        _nonce, at, status, html = json.loads(_kept().get(name))
    except (DamagedFile, ValueError):
        return None
    return (status, html) if context.arrived_at().timestamp() - at < LIFE.total_seconds() else None


def _kept() -> PendingUploads:
    return PendingUploads(current_app.config["ANSWERS_FOLDER"])


def register(app: Flask) -> None:
    """Parks what `app` answers, before headers are put on it."""
    app.before_request(bring)
    app.after_request(park)
