"""Anybody can type somebody else's address: of what was asked for without signing in, one address gets a few mails a
day.

Receipts beyond that are not sent, since the receipt itself was handed over at once; answers, and whatever else was
decided, are told in one mail the next morning. What a signed-in person records has no bound on receipts: a secretary
with forty slips of one village.
"""

import hashlib
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from consult import clock
from consult.db import Lock, writing
from consult.notices.models import MailsOfDay
from consult.outbox.models import OutboxMessage
from consult.outbox.service import emit
from consult.people import mail_addresses
from consult.submissions.models import Submission
from consult.submissions.words import Channel

MOST = 5
"""Mails to one address on one day."""
MORNING = timedelta(hours=7)
REMEMBERED = timedelta(days=7)
ANSWERS = frozenset({"answered", "joined_answered"})
WHOSE = ("submission", "joiner")
ENOUGH, GATHERED = "enough_for_this_address_today", "gathered:"


def unasked(submission: Submission) -> bool:
    """Whether nobody who signed in stands behind a submission, nor the mail that tells of it."""
    by_nobody = submission.recorded_by_id is None and submission.organisation_id is None
    return by_nobody and submission.channel in {Channel.WEB, Channel.API}


def enough(session: Session, address: str, at: datetime, most: int) -> bool:
    """Counts one more mail to the mailbox of `address`, in the transaction under way, and tells whether it is one too
    many for the local day of `at`: when that happened of which it tells, so that a worker that stood still leaves
    nothing out of what came on several days."""
    key = (hash_of(address), clock.local_day(at))
    found = session.get(MailsOfDay, key, with_for_update=True)
    if found is None:
        found = MailsOfDay(address=key[0], day=key[1], count=0)
        session.add(found)
    found.count += 1
    return found.count > most


def leave_out(message: OutboxMessage, now: datetime) -> None:
    """Lets a mail be, with a note why."""
    message.done_at, message.last_error = now, ENOUGH


def gather(session: Session, message: OutboxMessage, address: str, now: datetime) -> None:
    """Leaves a mail to the one that tells everything of this day the next morning: all answers in one, and all that was
    decided otherwise in another."""
    day = clock.local_day(now)
    notice = "answers" if message.payload["notice"] in ANSWERS else "several"
    key = f"{notice}:{hash_of(address)}:{day}"
    message.done_at, message.last_error = now, GATHERED + key
    if session.scalar(select(OutboxMessage.id).where(OutboxMessage.dedupe_key == key)) is None:
        morning = clock.start_of_day(day + timedelta(days=1)) + MORNING
        # Whose mailbox it is, should it not arrive: the first of those that it tells.
        whose: dict[str, Any] = {name: message.payload[name] for name in WHOSE if name in message.payload}
        facts = {"notice": notice, "day": day.isoformat(), **whose}
        emit(session, "mail_requested", now, message.consultation_id, dedupe_key=key, run_at=morning, **facts)


def gathered(session: Session, message: OutboxMessage) -> list[OutboxMessage]:
    """The mails that were left to this one, in the order they were asked for."""
    begins = clock.start_of_day(date.fromisoformat(message.payload["day"]))
    return list(
        session.scalars(
            select(OutboxMessage)
            .where(
                OutboxMessage.done_at >= begins,
                OutboxMessage.done_at < begins + timedelta(days=1),
                OutboxMessage.last_error == f"{GATHERED}{message.dedupe_key}",
            )
            .order_by(OutboxMessage.id)
        )
    )


def forget(session: Session, now: datetime) -> None:
    """Lets the counts of days long past go."""
    old = MailsOfDay.day < clock.local_day(now) - REMEMBERED
    if session.scalar(select(MailsOfDay.day).where(old).limit(1)) is not None:
        with writing(session, Lock.OUTBOX):
            session.execute(delete(MailsOfDay).where(old))


def hash_of(address: str) -> str:
    """The mailbox of an address as it is kept to be counted by."""
    return hashlib.sha256(mail_addresses.mailbox(address).encode()).hexdigest()
