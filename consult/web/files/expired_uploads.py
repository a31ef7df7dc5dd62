"""Clearing away the files of forms that were never sent."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from consult.db import Lock, writing
from consult.files.pending_uploads import PendingUploads
from consult.outbox.models import OutboxMessage
from consult.outbox.service import emit

LONGEST_WAIT = timedelta(hours=25)
"""A form can be sent for a day (TICKET_HOURS); its files wait a little longer."""


def remember_to_clear(session: Session, now: datetime) -> None:
    """Has the worker look for files left behind when what came at `now` will be one of them; once for every hour."""
    key = f"files_left_waiting:{now:%Y-%m-%dT%H}"
    known = select(OutboxMessage.id).where(OutboxMessage.dedupe_key == key)
    if session.scalar(known) is not None:
        return
    with writing(session, Lock.OUTBOX):
        if session.scalar(known) is None:
            later = now + LONGEST_WAIT + timedelta(hours=1)
            emit(session, "files_left_waiting", now, dedupe_key=key, run_at=later)


class ExpiredUploads:
    """The handler of the event."""

    def __init__(self, files: PendingUploads) -> None:
        self.files = files

    def handle(self, session: Session, messages: Sequence[OutboxMessage], now: datetime) -> None:
        """Lets the files of forms go that can no longer be sent."""
        self.files.forget(now - LONGEST_WAIT)
