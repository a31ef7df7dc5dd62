"""What the views of every room make and find look-up codes with, and the address of a receipt: what was sent is
answered there, by GET, for as long as the form's own ticket lives. Both codes travel in it encrypted, so that they
stand in no history and no log; who has the address has the receipt itself."""

from dataclasses import dataclass
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
class HandedOver:
    """What the address of a receipt says: both codes, how it was handed over ("", AGAIN or DESK), and whether it is too
    old for the secret number to be shown."""

    code: str
    secret: str
    how: str
    expired: bool


def site_codes() -> Codes:
    """The site's keys for receipts."""
    held: Codes = current_app.extensions["consult.codes"]
    return held


def receipt_address(code: str, secret: str, now: datetime, how: str = "") -> str:
    """Where the receipt with these codes is shown."""
    said = f"{lookup_codes.typed(code)} {secret} {how}"
    sealed = context.secrets().sealer(PURPOSE).encrypt_at_time(said.encode(), int(now.timestamp()))
    return url_for("status.receipt", token=sealed.decode().rstrip("="))


def handed_over(token: str, now: datetime) -> HandedOver | None:
    """What the end of such an address says; None for what is not ours."""
    sealer, whole = context.secrets().sealer(PURPOSE), token + "=" * (-len(token) % 4)
    try:
        code, secret, how = sealer.decrypt(whole.encode()).decode().split(" ")
        age = int(now.timestamp()) - sealer.extract_timestamp(whole.encode())
    except (InvalidToken, UnicodeError, ValueError):
        return None
    return HandedOver(code, secret, how, age > current_app.config["TICKET_HOURS"] * 3600)
