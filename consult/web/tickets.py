"""Form tickets: what protects a public form without a session, and makes a double click one submission."""

import hashlib
import secrets
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from flask import current_app, request
from itsdangerous import BadSignature, Signer

from consult.errors import Refused
from consult.web import context


class TicketExpired(Exception):
    """The ticket is too old or not ours: the form is given back with everything typed and a new ticket."""


@dataclass(frozen=True)
class Ticket:
    """A ticket as read: `key` is its random part (128 bits, hex), the idempotency key of what the form sends."""

    key: str
    issued_at: datetime


def issue(scope: str, now: datetime, key: str = "") -> str:
    """A signed ticket for the form named `scope` (a consultation's id, say), issued at the instant `now`; with a random
    part of its own, unless `key` was made of that of another ticket."""
    return _signer().sign(f"{scope}.{key or secrets.token_hex(16)}.{int(now.timestamp())}").decode()


def read(token: str, scope: str, now: datetime) -> Ticket:
    """The ticket in `token`; raises TicketExpired when it is not for `scope`, not ours, or older than TICKET_HOURS."""
    ticket = ours(token, scope)
    age = now - ticket.issued_at
    if not timedelta() <= age <= timedelta(hours=current_app.config["TICKET_HOURS"]):
        raise TicketExpired
    return ticket


def ours(token: str, scope: str) -> Ticket:
    """The ticket in `token` however old it is, for what was done with it; raises TicketExpired when it is not for
    `scope`, or not ours."""
    try:
        named, key, written = _signer().unsign(token).decode().rsplit(".", 2)
    except (BadSignature, ValueError) as bad:
        raise TicketExpired from bad
    if named != scope:
        raise TicketExpired
    return Ticket(key, datetime.fromtimestamp(int(written), UTC))


def check_origin() -> None:
    """Refuses a form that another site sent in the reader's name. Browsers too old to say where from are let through:
    the ticket stands behind this."""
    if not same_origin():
        raise Refused("other_origin")


def same_origin() -> bool:
    """Whether nothing says that the present request comes from another site."""
    origin = request.headers.get("Origin")
    if origin and origin != "null" and origin.partition("://")[2] != request.host:
        return False
    return request.headers.get("Sec-Fetch-Site") != "cross-site"


def digest(*parts: str) -> str:
    """SHA-256 (hex) of `parts`, kept apart from each other: for keys that are stored only as hashes."""
    return hashlib.sha256("\x00".join(parts).encode()).hexdigest()


def _signer() -> Signer:
    return context.secrets().signer("ticket")
