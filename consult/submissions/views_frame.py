"""What the views of every room make and find look-up codes with, and the address of a receipt: what was sent is
answered there, by GET, for as long as the form's own ticket lives. Both codes travel in it encrypted, so that they
stand in no history and no log; who has the address has the receipt itself."""

import json
from collections.abc import Sequence
from dataclasses import astuple, dataclass
from datetime import datetime

from cryptography.fernet import InvalidToken
from flask import current_app, url_for

from consult.submissions.inputs import Codes
from consult.submissions.receiving import lookup_codes
from consult.web import context

PURPOSE = "receipt"
AGAIN = "again"
DESK = "desk"
"""How it was handed over: once more to who had it, or at the desk for who lost their codes."""


@dataclass(frozen=True)
class SentBeside:
    """What became of the same words in another matter: both codes of its receipt; or the matter that did not take them,
    why (the code of a sentence), and the ticket of its form in which they wait."""

    code: str = ""
    secret: str = ""
    slug: str = ""
    reason: str = ""
    ticket: str = ""


@dataclass(frozen=True)
class HandedOver:
    """What the address of a receipt says: both codes, how it was handed over ("", AGAIN or DESK), whether it is too old
    for the secret number to be shown, and what was sent with it to other matters."""

    code: str
    secret: str
    how: str
    expired: bool
    beside: tuple[SentBeside, ...] = ()


def site_codes() -> Codes:
    """The site's keys for receipts."""
    held: Codes = current_app.extensions["consult.codes"]
    return held


def receipt_address(code: str, secret: str, now: datetime, how: str = "", beside: Sequence[SentBeside] = ()) -> str:
    """Where the receipt with these codes is shown, and what became of the same words in other matters."""
    return url_for("status.receipt", token=receipt_token(code, secret, now, how, beside))


def receipt_token(code: str, secret: str, now: datetime, how: str = "", beside: Sequence[SentBeside] = ()) -> str:
    """What such an address ends with."""
    said = f"{lookup_codes.typed(code)} {secret} {how}"
    if beside:
        said += " " + json.dumps([astuple(one) for one in beside])
    sealed = context.secrets().sealer(PURPOSE).encrypt_at_time(said.encode(), int(now.timestamp()))
    return sealed.decode().rstrip("=")


def handed_over(token: str, now: datetime) -> HandedOver | None:
    """What the end of such an address says; None for what is not ours."""
    sealer, whole = context.secrets().sealer(PURPOSE), token + "=" * (-len(token) % 4)
    try:
        code, secret, how, *beside = sealer.decrypt(whole.encode()).decode().split(" ", 3)
        age = int(now.timestamp()) - sealer.extract_timestamp(whole.encode())
    except (InvalidToken, UnicodeError, ValueError):
        return None
    others = tuple(SentBeside(*one) for one in json.loads(beside[0])) if beside else ()
    return HandedOver(code, secret, how, age > current_app.config["TICKET_HOURS"] * 3600, others)
