"""Who came in, who was kept out, and who changed how people come in: one line each in the log `consult.sign_in`.

A line is JSON, so that nothing in it can look like another line. No password, code or token stands there, and no mail
that belongs to nobody: people type their password into the wrong field.
"""

import hashlib
import hmac
import json
import logging
from typing import TextIO, cast
from uuid import UUID

from flask import Flask, request
from flask.logging import wsgi_errors_stream

from consult.errors import Refused
from consult.web import limits, log_masking
from consult.web.context import arrived_at, secrets

LONGEST = 200

log = logging.getLogger("consult.sign_in")


def tell(event: str, account: UUID | None = None, **facts: object) -> None:
    """Writes that `event` happened, to or by an account where one is known; `facts` are ids and codes."""
    line = {"event": event, "at": arrived_at().isoformat(timespec="seconds"), "address": request.remote_addr}
    known = {"account": account, **facts}
    line |= {name: str(value)[:LONGEST] for name, value in known.items() if value is not None}
    log.info("%s", json.dumps(line))


def unknown(mail: str) -> str:
    """What stands for a mail that has no account: the same for the same one, and nobody can tell which without the
    secret of the site."""
    key = hashlib.sha256(b"consult.journal" + secrets().newest.encode()).digest()
    return hmac.new(key, mail.encode("utf-8", "replace"), hashlib.sha256).hexdigest()[:16]


def tell_refused(account: UUID | None, action: str, reason: str) -> None:
    """Writes that a signed-in person asked for what is not theirs."""
    tell("refused", account, action=action, reason=reason, method=request.method, path=log_masking.mask(request.path))


def counted(name: str, key: str, limit: str, account: UUID | None = None, **facts: object) -> None:
    """Counts as `limits.hit`, and writes when somebody is stopped. Raises Refused("too_many")."""
    try:
        limits.hit(name, key, limit)
    except Refused:
        tell("locked_out", account, limit=name, **facts)
        raise


def _of_others(record: logging.LogRecord) -> bool:
    return record.name != log.name


def register(app: Flask) -> None:
    """Gives the log its way out: the errors of the server, which the journal of the machine keeps. What else the site
    writes there does not tell its lines a second time."""
    log.setLevel(logging.INFO)
    if not log.handlers:
        handler = logging.StreamHandler(cast(TextIO, wsgi_errors_stream))
        handler.setFormatter(logging.Formatter("%(name)s %(message)s"))
        log.addHandler(handler)
    for other in app.logger.handlers:
        other.addFilter(_of_others)
