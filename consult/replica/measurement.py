"""How far the replica is behind, and whether it serves.

It is measured by the log of the database, and no clock of another machine counts: what the primary had written at a
moment of ours, the replica has replayed or has not. Each process measures once a second at most, in the thread that
happens to come by; nobody else waits for that.
"""

import logging
from collections import deque
from collections.abc import Callable
from datetime import datetime
from enum import StrEnum
from threading import RLock
from time import monotonic
from typing import NamedTuple

from sqlalchemy import Engine, text
from sqlalchemy.exc import SQLAlchemyError

from consult.replica.reading import Reading

EVERY = 1.0
"""Seconds between two measurements."""
LEFT_ALONE = 5.0
"""Seconds in which a replica that did not answer is not asked again."""
MOST_MARKS = 4000
"""So many moments are remembered until the replica reaches them: an hour of them."""
TRIES = 5
"""So often a replica is asked whether it has reached what was shown before, on the way back to it."""

WRITTEN = text("SELECT CAST(pg_wal_lsn_diff(pg_current_wal_lsn(), '0/0') AS bigint)")
REPLAYED = text(
    "SELECT CAST(pg_wal_lsn_diff(pg_last_wal_replay_lsn(), '0/0') AS bigint), pg_last_xact_replay_timestamp()"
    " WHERE pg_is_in_recovery()"
)

log = logging.getLogger(__name__)


class Following(StrEnum):
    """How the replica is: near enough, too far behind, not to be reached, or no replica (any more)."""

    CLOSE = "close"
    BEHIND = "behind"
    AWAY = "away"
    NO_REPLICA = "no_replica"


class Mark(NamedTuple):
    """How far the primary had written its log, by our own clocks."""

    written: int
    at: float
    moment: datetime


class Replica:
    """The replica behind `engine`, held against the primary behind `primary`; it serves while it is at most
    `most_behind` seconds old, or while the primary does not answer."""

    def __init__(
        self, primary: Engine, engine: Engine, most_behind: float, ticking: Callable[[], float] = monotonic
    ) -> None:
        self.primary, self.engine, self.most_behind, self.ticking = primary, engine, most_behind, ticking
        self.lock = RLock()
        self.look_at = 0.0
        self.marks: deque[Mark] = deque(maxlen=MOST_MARKS)
        self.condition = Following.AWAY
        self.primary_away = False
        self.fell_back = False
        self.reached: Mark | None = None
        self.replayed_at: datetime | None = None
        self.shown = 0
        """How far the log had been written when the primary was last read from in its stead: whoever saw that page is
        not to be shown an earlier one."""

    def reading(self, now: datetime) -> Reading | None:
        """What to read from at `now`; None for the primary."""
        if self.ticking() >= self.look_at and self.lock.acquire(blocking=False):
            try:
                self.measure(now)
            finally:
                self.lock.release()
        found = self._decided(now)
        self.fell_back = self.fell_back or found is None
        return found

    def doubted(self) -> None:
        """A page could not be read from it: it is measured before the next."""
        self.look_at = 0.0

    def behind(self) -> float | None:
        """For how many seconds at most it lags; None when nobody knows."""
        return self.ticking() - self.reached.at if self.reached is not None else None

    def measure(self, now: datetime) -> None:
        """Asks both how far they are at `now`, one thread after the other."""
        with self.lock:
            fell_back, self.fell_back = self.fell_back, False
            mark = self._written(now)
            if mark is not None:
                self.marks.append(mark)
                self.shown = mark.written if fell_back else self.shown
            self.condition = self._replayed()
            away = self.condition in {Following.AWAY, Following.NO_REPLICA}
            self.look_at = self.ticking() + (LEFT_ALONE if away else EVERY)

    def _decided(self, now: datetime) -> Reading | None:
        if self.condition in {Following.AWAY, Following.NO_REPLICA}:
            return None
        if self.primary_away:
            known = [one for one in (self.reached and self.reached.moment, self.replayed_at) if one is not None]
            return Reading(self.engine, max(known, default=now))
        late = self.behind()
        if self.condition is Following.BEHIND or late is None or late > self.most_behind:
            return None
        return Reading(self.engine)

    def _written(self, now: datetime) -> Mark | None:
        at = self.ticking()
        try:
            with self.primary.connect() as connection:
                written = int(connection.scalar(WRITTEN) or 0)
        except SQLAlchemyError as failed:
            if not self.primary_away:
                log.warning("the primary database does not answer (%s)", type(failed).__name__)
            self.primary_away = True
            return None
        self.primary_away = False
        return Mark(written, at, now)

    def _replayed(self) -> Following:
        try:
            with self.engine.connect() as connection:
                for _ in range(TRIES):
                    row = connection.execute(REPLAYED).one_or_none()
                    if row is None:
                        return Following.NO_REPLICA
                    self._note(*row)
                    connection.rollback()
                    if row[0] >= self.shown:
                        return Following.CLOSE
        except SQLAlchemyError as failed:
            if self.condition is not Following.AWAY:
                log.warning("the replica does not answer (%s): pages are read from the primary", type(failed).__name__)
            return Following.AWAY
        return Following.BEHIND

    def _note(self, replayed: int, replayed_at: datetime | None) -> None:
        self.replayed_at = replayed_at
        while self.marks and self.marks[0].written <= replayed:
            self.reached = self.marks.popleft()
