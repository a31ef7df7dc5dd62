"""How the outbox stands, for who watches it: pure questions, without a word of anybody's in the answers."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, Select, func, or_, select
from sqlalchemy.orm import Session

from consult.outbox.failures import OwnFault, PermanentFailure
from consult.outbox.models import OutboxMessage, OutboxWorker

ALIVE = timedelta(minutes=1)
LOOK_BACK = timedelta(days=7)
"""So long is told what was given up: an old fault must not hide a new one, and a week has a working day in it."""
TELL_NOTHING_PRIVATE = frozenset(
    {PermanentFailure.__name__, OwnFault.__name__, "DeliveryFailed", "Hopeless", "NotTaken"}
)
"""Failures whose words are codes by contract; of any other only its kind is told. The last two are what releases up to
0.1 wrote."""


@dataclass(frozen=True)
class GivenUp:
    """The events of one kind that no further try will be made for: how many, what the last one ended with, and when.
    `hopeless`: at the first try it was plain that none would help (a mailbox that is not there), which no care of ours
    would have changed; the others failed as often as anything is tried."""

    event: str
    hopeless: bool
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


def hosts(session: Session, now: datetime) -> set[str]:
    """The machines on which a worker was seen within a minute of `now`."""
    return set(session.scalars(select(OutboxWorker.host).where(OutboxWorker.seen_at >= now - ALIVE)))


def waiting_longer(session: Session, now: datetime, minutes: int) -> int:
    """How many events have been due for more than so many minutes and are not done; also those being handled."""
    due = select(func.count()).select_from(OutboxMessage).where(
        OutboxMessage.done_at.is_(None),
        OutboxMessage.given_up_at.is_(None),
        OutboxMessage.run_at < now - timedelta(minutes=minutes),
    )  # fmt: skip
    return session.scalar(due) or 0


def queue(session: Session, now: datetime) -> tuple[int, float]:
    """How many events are due and not done, and for how many seconds the oldest of them has been due."""
    due = (OutboxMessage.done_at.is_(None), OutboxMessage.given_up_at.is_(None), OutboxMessage.run_at <= now)
    count, oldest = session.execute(select(func.count(), func.min(OutboxMessage.run_at)).where(*due)).one()
    return count, max(0.0, (now - oldest).total_seconds()) if oldest is not None else 0.0


def given_up(session: Session, since: datetime) -> list[GivenUp]:
    """What was given up from `since` on and not forgotten, by event (`mail_requested`, `pages_waiting`, …)."""
    found = session.execute(
        select(OutboxMessage.event, HOPELESS.label("hopeless"), func.count(), func.max(OutboxMessage.given_up_at))
        .where(*_standing(since))
        .group_by(OutboxMessage.event, "hopeless")
        .order_by(OutboxMessage.event, "hopeless")
    ).all()
    return [
        GivenUp(event, bool(hopeless), count, _told(session.scalar(_last_error(event, hopeless, since))), at)
        for event, hopeless, count, at in found
        if at
    ]


def own_faults(session: Session, event: str, others: bool = False) -> tuple[int, str]:
    """How many events of a kind (or of all `others`) wait for a repair of the site, and what the last one ended
    with."""
    waiting = (
        OutboxMessage.done_at.is_(None),
        OutboxMessage.given_up_at.is_(None),
        OutboxMessage.event != event if others else OutboxMessage.event == event,
        OutboxMessage.last_error.startswith(OwnFault.__name__),
    )
    newest = select(OutboxMessage.last_error).where(*waiting).order_by(OutboxMessage.id.desc()).limit(1)
    count = session.scalar(select(func.count()).select_from(OutboxMessage).where(*waiting)) or 0
    return count, _told(session.scalar(newest)) if count else ""


def any_done(session: Session, event: str, since: datetime) -> bool:
    """Whether an event of this kind was handled from `since` on."""
    done = (OutboxMessage.done_at >= since, OutboxMessage.given_up_at.is_(None), OutboxMessage.event == event)
    return session.scalar(select(OutboxMessage.id).where(*done).limit(1)) is not None


HOPELESS = or_(
    *(func.coalesce(OutboxMessage.last_error, "").startswith(name) for name in (PermanentFailure.__name__, "Hopeless"))
)
"""What the worker writes of an event whose handler said so."""


def _standing(since: datetime) -> list[ColumnElement[bool]]:
    # What was given up was never done: by `done_at` the index has those few at once.
    return [OutboxMessage.done_at.is_(None), OutboxMessage.given_up_at >= since]


def _last_error(event: str, hopeless: bool, since: datetime) -> Select[Any]:
    return (
        select(OutboxMessage.last_error)
        .where(*_standing(since), OutboxMessage.event == event, HOPELESS.is_(hopeless))
        .order_by(OutboxMessage.given_up_at.desc(), OutboxMessage.id.desc())
        .limit(1)
    )


def _told(error: str | None) -> str:
    kind, _, words = (error or "").partition(":")
    return f"{kind}:{words}" if kind in TELL_NOTHING_PRIVATE else kind
