"""What becomes of events that were given up, once somebody has seen to what kept them: another try, or no more word."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import CursorResult, update
from sqlalchemy.orm import Session

from consult.db import Lock, writing
from consult.outbox.models import OutboxMessage


def retry(session: Session, event: str, since: datetime, now: datetime) -> int:
    """Has what was given up from `since` on handled anew, as if it had never been tried; of one kind of event when
    `event` names it. Returns how many events that are."""
    given_up = OutboxMessage.given_up_at >= since
    return _changed(session, event, [given_up], given_up_at=None, attempts=0, claimed_by=None, run_at=now)


def forget(session: Session, event: str, now: datetime) -> int:
    """Has nobody told any more of what was given up until now: it is over. The row stays, and says why. Returns how
    many events that are."""
    return _changed(session, event, [OutboxMessage.given_up_at.is_not(None)], done_at=now)


def _changed(session: Session, event: str, which: Sequence[Any], **values: Any) -> int:
    conditions = [OutboxMessage.done_at.is_(None), *which, *([OutboxMessage.event == event] if event else [])]
    statement = update(OutboxMessage).where(*conditions).values(**values)
    with writing(session, Lock.OUTBOX):
        changed: CursorResult[Any] = session.execute(  # type: ignore[assignment]
            statement, execution_options={"synchronize_session": False}
        )
        return changed.rowcount
