"""Which workers live: each counts its beats in a row of its own, and watches whether the others go on counting.

No clock decides, since one that jumps would make the living dead or the dead live for ever. Whoever has not counted on
while another counted to three is gone; its row goes, and with it what it had claimed. When nobody can write, nobody
counts, and so nobody is taken for dead.
"""

import logging
import os
import socket
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime
from uuid import UUID

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from consult.db import Lock, new_id, writing
from consult.outbox.models import OutboxWorker

BEAT = 10.0
"""Seconds between two beats of a worker."""
BEATS_TO_DEATH = 3
"""Beats of one's own without any of another. A killed worker is found out after four beats at most: 40 seconds."""

log = logging.getLogger(__name__)


class Heartbeat:
    """The life of one worker, and what it has seen of the others: the count of each, and for how many beats of its own
    that has been the same."""

    def __init__(self) -> None:
        self.id: UUID = new_id()
        self.seen: dict[UUID, tuple[int, int]] = {}

    def beat(self, session: Session, now: datetime) -> None:
        """Counts on, and buries whoever has stopped counting."""
        with writing(session, Lock.OUTBOX):
            self.enter(session, now).beats += 1
            beats = select(OutboxWorker.id, OutboxWorker.beats).where(OutboxWorker.id != self.id)
            others = {other: count for other, count in session.execute(beats)}
            seen = {other: self._watched(other, count) for other, count in others.items()}
            dead = [other for other, (_beats, same) in seen.items() if same >= BEATS_TO_DEATH]
            if dead:
                session.execute(delete(OutboxWorker).where(OutboxWorker.id.in_(dead)))
        self.seen = seen
        for other in dead:
            log.warning("the worker %s is gone; what it had claimed is free", other)

    def enter(self, session: Session, now: datetime) -> OutboxWorker:
        """One's own row, in the transaction under way; made when it is not there, or not there any more."""
        own = session.get(OutboxWorker, self.id)
        if own is None:
            own = OutboxWorker(
                id=self.id, host=socket.gethostname(), process=os.getpid(), started_at=now, seen_at=now, beats=0
            )
            session.add(own)
        own.seen_at = now
        return own

    def eldest(self, session: Session) -> bool:
        """Whether no worker that lives began before this one: of all the workers one is, and when it is gone another.
        While one is gone and not buried yet, none is."""
        first = session.scalar(select(OutboxWorker.id).order_by(OutboxWorker.id).limit(1))
        return first is None or first == self.id

    def end(self, session: Session) -> None:
        """Leaves in good order: what is still claimed is free at once."""
        with writing(session, Lock.OUTBOX):
            session.execute(delete(OutboxWorker).where(OutboxWorker.id == self.id))

    def _watched(self, other: UUID, beats: int) -> tuple[int, int]:
        before, same = self.seen.get(other, (None, 0))
        return beats, same + 1 if before == beats else 0


@contextmanager
def living(life: Heartbeat, open_session: Callable[[], Session], now: Callable[[], datetime]) -> Iterator[None]:
    """Beats in a thread of its own during the block, however long a piece of work takes, and leaves at the end."""
    over = threading.Event()

    def beat() -> None:
        while not over.wait(BEAT):
            _tried(lambda session: life.beat(session, now()), open_session)

    _tried(lambda session: life.beat(session, now()), open_session)
    beating = threading.Thread(target=beat, name="consult-worker-beat", daemon=True)
    beating.start()
    try:
        yield
    finally:
        over.set()
        beating.join()
        _tried(life.end, open_session)


def _tried(act: Callable[[Session], None], open_session: Callable[[], Session]) -> None:
    try:
        with open_session() as session:
            act(session)
    except Exception:
        # The database may be away or full: the next beat tries again.
        log.exception("the worker could not count on")
