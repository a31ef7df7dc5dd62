"""Acts of several people at the same moment, for what must hold whoever comes first."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from threading import Barrier, Condition
from time import monotonic

from sqlalchemy import event, text
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.orm import Session

from consult.db import Database
from consult.errors import Invalid, NotFound, Refused

Act = Callable[[Session], object]

MEETING = 0.3
"""For how many seconds who is about to commit waits for the others to come as far. Where they cannot, since one keeps
the others out, nothing depends on it."""
LOOK = 0.01
"""Seconds after which they look again whether the others are kept out."""
WAITING = text("SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'")


class Meeting:
    """Where acts meet that are about to commit: until all are here or at their end, or wait for those who are here, or
    it takes too long."""

    def __init__(self, number: int, kept_out: Callable[[], int]) -> None:
        self.number = number
        self.kept_out = kept_out
        self.here = 0
        self.over = False
        self.changed = Condition()

    def come(self, *_: object) -> None:
        """Waits for the others."""
        until = monotonic() + MEETING
        with self.changed:
            self.here += 1
            while not self.over and self.here + self.kept_out() < self.number and monotonic() < until:
                self.changed.wait(LOOK)
            self.over = True
            self.changed.notify_all()

    def end(self) -> None:
        """Is not waited for any longer, having come or not."""
        with self.changed:
            self.number -= not self.over
            self.changed.notify_all()


def at_once(database: Database, *acts: Act) -> list[str]:
    """What became of acts that begin together, each with a session of its own, and meet again when they have read and
    written and are about to commit: `done`, the code of the refusal, or the name of the database's error. Sorted."""
    with ExitStack() as held:
        start, meeting = Barrier(len(acts)), Meeting(len(acts), _kept_out(database, held))

        def run(act: Act) -> str:
            with database.session() as session:
                event.listen(session, "before_commit", meeting.come, once=True)
                start.wait(20)
                outcome = _outcome(act, session)
                meeting.end()
                return outcome

        with ThreadPoolExecutor(len(acts)) as pool:
            return sorted(pool.map(run, acts))


def _kept_out(database: Database, held: ExitStack) -> Callable[[], int]:
    """Tells how many wait for a lock that only somebody's end gives back; of the two that SQLite's queue counts at
    most, one is who holds it and asks."""
    if database.engine.dialect.name == "postgresql":
        connection = held.enter_context(database.engine.connect().execution_options(isolation_level="AUTOCOMMIT"))
        return lambda: connection.scalar(WAITING) or 0

    def in_the_queue() -> int:
        mine = getattr(database.writers.own, "wait", None)
        return database.writers.patient - 1 if mine is not None and mine.moved else 0

    return in_the_queue


def _outcome(act: Act, session: Session) -> str:
    try:
        act(session)
    except Refused as refused:
        return refused.reason
    except Invalid as invalid:
        return " ".join(invalid.errors.values())
    except NotFound:
        return "not_found"
    except SQLAlchemyError as error:
        return type(error).__name__
    return "done"
