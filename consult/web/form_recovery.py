"""What was typed comes back whenever it could not be taken: the disk full, the database away, too many at once, a fault
of ours. The page that says so has everything in it, and a button that sends it again.

Sending again is safe: a public form carries its ticket, whose random part makes it the same submission; what a
signed-in form does carries the version it was shown.
"""

import logging
from typing import Any

from flask import current_app, jsonify, render_template, request
from werkzeug.exceptions import HTTPException

from consult import storage_faults
from consult.web import context, health, kept_form, tickets
from consult.web.arrival import resubmission
from consult.web.kept_form import KeptForm

RETRY_AFTER = {"busy": 5, "storage_unavailable": 60}
"""Seconds until it is worth another try; of other reasons it is a minute."""
A_MINUTE = 60

log = logging.getLogger(__name__)


def storage_failed(error: Exception) -> Any:
    """503 for a failure of the database or the disk; raises `error` again when it is none."""
    found = storage_faults.unavailable(error)
    if found is None:
        raise error
    if found.reason == "busy":
        log.warning("others wrote for too long: %s", type(error).__name__)
    else:
        log.error("the database or the disk failed", exc_info=error)
        if found.reason == "storage_unavailable":
            health.writing_failed(context.database().engine)
    return told(found.reason, 503)


def told(reason: str, status: int, retry_after: int | None = None, announced: object = None) -> Any:
    """The answer with this status and the sentence of `reason`, with what was typed; a program gets the reason.
    `announced` is the maintenance that is under way."""
    recorded = context.written()
    context.close_database()
    headers = {"Cache-Control": "no-store"}
    if status != 500:
        headers["Retry-After"] = str(retry_after or RETRY_AFTER.get(reason, A_MINUTE))
    sends = request.method == "POST"
    if context.by_program():
        arrived = resubmission.statement() if sends else None
        return jsonify(reason=reason), status, headers | ({resubmission.HEADER: arrived} if arrived else {})
    form = typed_form()
    body = render_template(
        "errors/given_back.html", reason=reason, form=form, arrived=resubmission.statement() if form else None,
        recorded=recorded, with_token=_is_signed_in_form(), announced=announced,
    )  # fmt: skip
    return body, status, headers


def typed_form() -> KeptForm | None:
    """What the form of this request holds; None for what is no form, or came from another site."""
    if request.method != "POST" or not tickets.same_origin():
        return None
    try:
        return kept_form.whole_form()
    except (HTTPException, OSError):
        # It came torn, or is too large for any form of ours.
        return None


def _is_signed_in_form() -> bool:
    view = current_app.view_functions.get(request.endpoint or "")
    kind: str = getattr(view, "access", ("public",))[0]
    return kind == "signed_in"
