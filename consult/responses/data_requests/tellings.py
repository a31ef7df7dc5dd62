"""What somebody was told who sent a submission: mails, short messages, and calls of the desk."""

from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session, selectinload

from consult.outbox.models import OutboxMessage
from consult.submissions.models import Submission
from consult.submissions.sender.models import Call

WAYS = {"mail_requested": "mail", "message_requested": "telephone"}
"""The events of the outbox by which somebody is told, and by which way."""
STAFF = ("user_id", "unit_id")
"""What names somebody of a desk, or its mailbox, to whom the same is told."""


def told_of(session: Session, submission: Submission) -> list[dict[str, str]]:
    """Each by its code (`notice`), when it was asked for and when it went out, which is empty as long as it did not;
    calls with how each ended. The oldest first; what the outbox no longer has is not among them."""
    found = [*_sent(session, submission), *_called(session, submission)]
    return sorted(found, key=lambda one: one["at"])


def _sent(session: Session, submission: Submission) -> list[dict[str, str]]:
    rows = session.scalars(
        select(OutboxMessage).where(
            OutboxMessage.consultation_id == submission.consultation_id,
            OutboxMessage.event.in_(WAYS),
            OutboxMessage.payload["submission"].as_string() == str(submission.id),
            *(OutboxMessage.payload[name].as_string().is_(None) for name in STAFF),
        )
    )
    return [_telling(row) for row in rows]


def _telling(row: OutboxMessage) -> dict[str, str]:
    gone = row.done_at is not None and row.given_up_at is None
    sent_at = row.done_at.isoformat() if gone and row.done_at else ""
    at, notice = row.created_at.isoformat(), str(row.payload["notice"])
    return {"way": WAYS[row.event], "notice": notice, "at": at, "sent_at": sent_at, "outcome": ""}


def _called(session: Session, submission: Submission) -> list[dict[str, str]]:
    own = (Call.consultation_id == submission.consultation_id, Call.submission_id == submission.id)
    calls: Any = session.scalars(select(Call).where(*own).options(selectinload(Call.attempts)))
    return [
        {"way": "call", "notice": call.notice, "at": one.at.isoformat(), "sent_at": "", "outcome": one.outcome.value}
        for call in calls
        for one in call.attempts
    ]
