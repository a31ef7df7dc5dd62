"""Asking for mails: one row of the outbox for each mailbox, which is sent, and tried again, alone."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from consult.db import Lock, writing
from consult.notices import mail_limits
from consult.notices.addressees import Addressee
from consult.outbox.models import OutboxMessage
from consult.outbox.service import emit

STAFF_KEYS = frozenset({"user_id", "unit_id"})
"""What of a payload names somebody who signs in, or a mailbox of a unit."""


@dataclass(frozen=True)
class MailRequest:
    """When a mail is asked for, because of which event, and by which name it is known again."""

    now: datetime
    cause: OutboxMessage
    key: str


def request(
    session: Session, asked: MailRequest, payload: Mapping[str, Any], run_at: datetime | None = None
) -> OutboxMessage | None:
    """Asks for one mail, in the transaction under way, unless it was asked for when this event was handled before."""
    if session.scalar(select(OutboxMessage.id).where(OutboxMessage.dedupe_key == asked.key)) is not None:
        return None
    matter = asked.cause.consultation_id
    mail = emit(session, "mail_requested", asked.now, matter, dedupe_key=asked.key, run_at=run_at, **payload)
    return session.get_one(OutboxMessage, mail)


def request_for(
    session: Session, asked: MailRequest, to: Addressee, most: int | None = None, **payload: Any
) -> OutboxMessage | None:
    """Asks for one mail to a mailbox, in a transaction of its own; with `most`, what is more than so many to one
    contact on one day is told in one mail the next morning."""
    with writing(session, Lock.OUTBOX):
        mail = request(session, asked, {**payload, **dict(to.payload)})
        if mail and most is not None and mail_limits.enough(session, to.contact, asked.now, most):
            mail_limits.gather(session, mail, to.contact, asked.now)
        return mail


def is_contact(to: Addressee) -> bool:
    """Whether it is an address that somebody typed who does not sign in."""
    return not STAFF_KEYS & set(dict(to.payload))
