"""After what was done to an account: its owner is told, by `who_is_told.py`."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy.orm import Session

from consult.db import Lock, writing
from consult.notices.requests import MailRequest, request
from consult.outbox.models import OutboxMessage
from consult.people.models import Correction, Membership
from consult.sign_in.models import AccountChange


def after_invited(session: Session, messages: Sequence[OutboxMessage], now: datetime) -> None:
    """account_invited: sends the link by which a person sets their password."""
    for message in messages:
        with writing(session, Lock.OUTBOX):
            asked = MailRequest(now, message, f"invited:{message.id}")
            request(session, asked, {"notice": "invited", "user_id": str(message.payload["user_id"])})


def after_account_changed(session: Session, messages: Sequence[OutboxMessage], now: datetime) -> None:
    """account_changed: tells somebody that their password or second factor is another, whoever changed it."""
    for message in messages:
        change_id = str(message.payload["change_id"])
        change = session.get(AccountChange, UUID(change_id))
        about = {"about": str(change.user_id)} if change is not None else {}
        with writing(session, Lock.OUTBOX):
            asked = MailRequest(now, message, f"account_changed:{change_id}")
            request(session, asked, {"notice": "account_changed", "change_id": change_id} | about)


def after_deputy_named(session: Session, messages: Sequence[OutboxMessage], now: datetime) -> None:
    """deputy_named: tells somebody for whom they stand in at a desk, and until when."""
    for message in messages:
        held = session.get(Membership, UUID(message.payload["membership"]))
        if held is not None:
            facts = {"notice": "deputy", "membership": str(held.id), "user_id": str(held.user_id)}
            with writing(session, Lock.OUTBOX):
                request(session, MailRequest(now, message, f"deputy:{held.id}"), facts)


def deputy_values(session: Session, message: OutboxMessage) -> dict[str, Any] | None:
    """For whom, in which role, from when until when; None once it is over."""
    held = session.get(Membership, UUID(message.payload["membership"]))
    if held is None or held.deputy_for is None or held.until is None or held.until <= held.since:
        return None
    told = {"role": held.role.value, "body": held.organisation.name, "absent": held.deputy_for.name}
    return told | {"since": held.since, "until": held.until}


def after_mail_changed(session: Session, messages: Sequence[OutboxMessage], now: datetime) -> None:
    """account_mail_changed: tells both addresses, the one of before too: its owner may not have asked for this."""
    for message in messages:
        made = session.get(Correction, UUID(message.payload["correction"]))
        about = {"about": str(made.subject_id)} if made is not None else {}
        for which in ("old", "new"):
            facts = {"correction": message.payload["correction"], "which": which, **about}
            with writing(session, Lock.OUTBOX):
                asked = MailRequest(now, message, f"mail_changed:{message.id}:{which}")
                request(session, asked, {"notice": "mail_changed"} | facts)
