"""How the outbox stands, for who watches it: pure questions, without a word of anybody's in the answers."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Select, func, select
from sqlalchemy.orm import Session

from consult.outbox.models import OutboxMessage, OutboxWorker

ALIVE = timedelta(minutes=1)
TELL_NOTHING_PRIVATE = frozenset({"Hopeless", "NotTaken"})
"""Failures whose words are codes by contract; of any other only its kind is told."""


@dataclass(frozen=True)
class GivenUp:
    """The events of one kind that no further try will be made for: how many, what the last one ended with, and when."""

    event: str
    count: int
    last_error: str
    last_at: datetime


def last_seen(session: Session) -> datetime | None:
    """When a worker last counted on; None when none runs, or all have ended in good order."""
    return session.scalar(select(func.max(OutboxWorker.seen_at)))


def alive(session: Session, now: datetime) -> bool:
    """Whether a worker was seen within a minute of `now`."""
    seen = last_seen(session)
    return seen is not None and abs(now - seen) <= ALIVE


def waiting_longer(session: Session, now: datetime, minutes: int) -> int:
    """How many events have been due for more than so many minutes and are not done; also those being handled."""
    due = select(func.count()).select_from(OutboxMessage).where(
        OutboxMessage.done_at.is_(None),
        OutboxMessage.given_up_at.is_(None),
        OutboxMessage.run_at < now - timedelta(minutes=minutes),
    )  # fmt: skip
    return session.scalar(due) or 0


def given_up(session: Session) -> list[GivenUp]:
    """What was given up, by event (`mail_requested`, `pages_waiting`, …)."""
    found = session.execute(
        select(OutboxMessage.event, func.count(), func.max(OutboxMessage.given_up_at))
        .where(OutboxMessage.given_up_at.is_not(None))
        .group_by(OutboxMessage.event)
        .order_by(OutboxMessage.event)
    ).all()
    return [GivenUp(event, count, _told(session.scalar(_last_error(event))), at) for event, count, at in found if at]


def _last_error(event: str) -> Select[Any]:
    return (
        select(OutboxMessage.last_error)
        .where(OutboxMessage.event == event, OutboxMessage.given_up_at.is_not(None))
        .order_by(OutboxMessage.given_up_at.desc(), OutboxMessage.id.desc())
        .limit(1)
    )


def _told(error: str | None) -> str:
    kind, _, words = (error or "").partition(":")
    return f"{kind}:{words}" if kind in TELL_NOTHING_PRIVATE else kind
