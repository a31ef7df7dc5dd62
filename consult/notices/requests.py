"""Asking for mails and messages: one row of the outbox for each mailbox or telephone, which is sent, and tried again,
alone."""

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
from consult.submissions.words import ContactKind

STAFF_KEYS = frozenset({"user_id", "unit_id"})
"""What of a payload names somebody who signs in, or a mailbox of a unit."""
BY_HAND = "by_hand"
"""Marks what a person tells by telephone, whether messages can be sent or not."""


@dataclass(frozen=True)
class MailRequest:
    """When a mail is asked for, because of which event, and by which name it is known again."""

    now: datetime
    cause: OutboxMessage
    key: str


def request(
    session: Session, asked: MailRequest, payload: Mapping[str, Any], run_at: datetime | None = None,
    by: ContactKind = ContactKind.MAIL,
) -> OutboxMessage | None:  # fmt: skip
    """Asks for one mail, or for one message to a telephone, in the transaction under way, unless it was asked for when
    this event was handled before."""
    if session.scalar(select(OutboxMessage.id).where(OutboxMessage.dedupe_key == asked.key)) is not None:
        return None
    given: dict[str, Any] = {"dedupe_key": asked.key, "run_at": run_at, **payload}
    matter = asked.cause.consultation_id
    if by is ContactKind.TELEPHONE:
        return session.get_one(OutboxMessage, emit(session, "message_requested", asked.now, matter, **given))
    return session.get_one(OutboxMessage, emit(session, "mail_requested", asked.now, matter, **given))


def request_for(
    session: Session, asked: MailRequest, to: Addressee, most: int | None = None, **payload: Any
) -> OutboxMessage | None:
    """Asks for one mail to a mailbox, in a transaction of its own; with `most`, what is more than so many to one
    contact on one day is told in one mail the next morning, and to a telephone by a person, in one call."""
    with writing(session, Lock.OUTBOX):
        mail = request(session, asked, {**payload, **dict(to.payload)}, by=to.by)
        if mail and most is not None and mail_limits.enough(session, to.contact, asked.cause.created_at, most):
            if to.by is ContactKind.TELEPHONE:
                mail.payload = {**mail.payload, BY_HAND: True}
            else:
                mail_limits.gather(session, mail, to.contact, asked.now)
        return mail


def is_contact(to: Addressee) -> bool:
    """Whether it is an address that somebody typed who does not sign in."""
    return not STAFF_KEYS & set(dict(to.payload))
