"""What keeps a database that was set back from signing: its log is held against the checkpoint kept outside of it.

The order is: the database commits, then the checkpoint is kept, then the receipt is handed over. So what is kept never
claims more than the database has, wherever a process is killed; and what a process did not come to keep, nobody has a
receipt of. A database that has less than what is kept was therefore set back, and one that has something else was
forked: nothing is added to such a log until an operator begins a new epoch.
"""

import threading
from collections import Counter, defaultdict
from collections.abc import Callable
from datetime import datetime
from typing import Protocol
from uuid import UUID

from sqlalchemy import Connection, Engine, bindparam, select, text

from consult.compiled_statements import CompiledStatement
from consult.db import Moment
from consult.errors import Unavailable
from consult.ledger import rehash
from consult.ledger.checkpoint_store import CheckpointStore, KeptCheckpoint, Moved
from consult.ledger.models import CheckpointPlace, LedgerEntry, LedgerEpoch

STORE = "checkpoint_store"
"""The option of an engine under which its store is found."""


class Standing(Protocol):
    """What the guard asks of a log as it stands in a transaction."""

    consultation_id: UUID
    connection: Connection
    size: int
    epoch: int

    def root(self, count: int | None = None) -> bytes:
        """The Merkle root over the first `count` entries, or all."""
        ...


Again = Callable[[Connection], Standing]
"""Opens a log as it is now."""


class NotSigning(Unavailable):
    """Nothing is added to a log nor signed: `log_behind` (the database was set back, or forked: `kept` is what it
    should have), `log_elsewhere` (its checkpoints are kept in another place than the one that is here, or that place is
    gone), `log_lost` (what was kept of it is gone from the place), `log_damaged` (the entry `index` is not what was
    signed), `log_unkept` (the place does not take what is to be kept)."""

    def __init__(self, reason: str, kept: KeptCheckpoint | None = None, index: int | None = None) -> None:
        super().__init__(reason)
        self.kept = kept
        self.index = index


class Guard:
    """The store of kept checkpoints, as the logs of one database see it."""

    def __init__(self, store: CheckpointStore) -> None:
        self.store = store
        self._known_here = ""
        self._turns: Counter[UUID] = Counter()
        self._own: dict[UUID, KeptCheckpoint] = {}
        self._committed: dict[UUID, KeptCheckpoint] = {}
        self._keeping: defaultdict[UUID, threading.Lock] = defaultdict(threading.Lock)

    def require(self, log: Standing, now: datetime) -> KeptCheckpoint | None:
        """What is kept of a log that is to be added to, in a transaction that writes. Entries are hashed again before,
        and a database that knows of no place yet notes that it is kept here. Raises NotSigning."""
        kept = self._agreed(log)
        self._settle(log, now)
        turn = self._turns[log.consultation_id]
        self._turns[log.consultation_id] += 1
        for start, stop in rehash.windows(log.size, turn):
            bad = rehash.first_bad(log.connection, log.consultation_id, start, stop)
            if bad is not None:
                with _told():
                    self.store.note_bad(log.consultation_id, bad)
                raise NotSigning("log_damaged", index=bad)
        return kept

    def look(self, engine: Engine, again: Again, consultation_id: UUID) -> KeptCheckpoint | None:
        """What is kept of a log that may be signed, for who only reads. Raises NotSigning. What is kept is read before
        the database is, on a connection of its own: so nobody else's signature in between looks like a loss."""
        with _told():
            kept = self.store.last(consultation_id)
        with engine.connect() as connection:
            self._agreed(again(connection), kept)
        return kept

    def begin_epoch(self, log: Standing, now: datetime) -> KeptCheckpoint | None:
        """What is kept of a log that is to begin a new epoch; from then on its database is kept here, wherever it was
        before. Raises NotSigning when the place takes nothing."""
        with _told():
            kept = self.store.last(log.consultation_id)
        self.adopt(log.connection, now)
        return kept

    def adopt(self, connection: Connection, now: datetime) -> None:
        """Notes, in a transaction that writes, that this database is kept in this place, in which each of its logs has
        a file from then on."""
        with _told():
            here = self.store.place() or self.store.begin()
            for own_id in self.lost(connection):
                self.store.begin_log(own_id)
        connection.execute(_NOTE_PLACE, {"id": here, "since": now})

    def lost(self, connection: Connection) -> list[UUID]:
        """The logs with entries that have no file in this place."""
        return [own_id for (own_id,) in _LOGS.all(connection) if not self.store.has(own_id)]

    def keep(self, engine: Engine, again: Again, consultation_id: UUID, seen: KeptCheckpoint | None,
             new: KeptCheckpoint) -> None:  # fmt: skip
        """Keeps a checkpoint that is committed. When another was kept since `seen` was read, by somebody who signs for
        the same database, both stand in one log: that is looked at, with a log opened `again`. Raises NotSigning."""
        # Of those who wait for the disk meanwhile, one keeps the newest for all.
        self._committed[consultation_id] = max(new, self._committed.get(consultation_id, new), key=_order)
        with self._keeping[consultation_id], _told():
            self._keep(engine, again, consultation_id, seen, new)

    def _keep(
        self, engine: Engine, again: Again, consultation_id: UUID, seen: KeptCheckpoint | None, new: KeptCheckpoint
    ) -> None:
        newest = max(new, self._committed.pop(consultation_id, new), key=_order)
        while seen is None or seen.order < new.order:
            try:
                self.store.keep(consultation_id, seen, newest)
                self._own[consultation_id] = newest
                return
            except Moved as moved:
                seen = moved.found
            if seen is not None and seen == self._own.get(consultation_id):
                # It is this process's own, of the same database.
                continue
            with engine.connect() as connection:
                if seen is not None and not agrees(again(connection), seen):
                    raise NotSigning("log_behind", seen)

    def covers(self, connection: Connection, consultation_id: UUID, epoch: int, size: int) -> bool:
        """Whether a checkpoint of so much that was given out before is kept. Where the place is another one than that
        of this database nobody can tell, and nothing is signed by giving it again."""
        try:
            self.require_place(connection)
        except NotSigning as refusal:
            if refusal.reason == "log_elsewhere":
                return True
            raise
        with _told():
            kept = self.store.last(consultation_id)
        return kept is not None and kept.order >= (epoch, size)

    def _agreed(self, log: Standing, kept: KeptCheckpoint | None = None) -> KeptCheckpoint | None:
        """What is kept of a log, after looking whether the log agrees with it. Raises NotSigning."""
        own_id = log.consultation_id
        with _told():
            kept, bad = kept or self.store.last(own_id), self.store.bad(own_id)
        self.require_place(log.connection)
        if kept is not None and not agrees(log, kept):
            raise NotSigning("log_behind", kept)
        if kept is None and log.size and self._known_here and not self.store.has(own_id):
            raise NotSigning("log_lost")
        if bad is not None:
            if rehash.first_bad(log.connection, own_id, bad, bad + 1) is not None:
                raise NotSigning("log_damaged", index=bad)
            with _told():
                self.store.mended(own_id)
        return kept

    def require_place(self, connection: Connection) -> None:
        """Raises NotSigning when the checkpoints of this database are kept elsewhere than in this place."""
        with _told():
            here = self.store.place()
        if here is not None and here == self._known_here:
            return
        known = {row[0] for row in _PLACES.all(connection)}
        if known and here not in known:
            raise NotSigning("log_elsewhere")
        self._known_here = here or "" if known else ""

    def _settle(self, log: Standing, now: datetime) -> None:
        """Before the first entry that is kept: the database notes its place, and the log has its file there. A process
        that is killed in between leaves an empty file, which claims nothing."""
        if not self._known_here:
            self.adopt(log.connection, now)
        if not log.size:
            with _told():
                self.store.begin_log(log.consultation_id)


def _order(kept: KeptCheckpoint) -> tuple[int, int]:
    return kept.order


def guard_of(connection: Connection) -> Guard | None:
    """The guard of the database of a connection; None where nothing is kept outside, as in tests of single services."""
    found: Guard | None = connection.get_execution_options().get(STORE)
    return found


def agrees(log: Standing, kept: KeptCheckpoint) -> bool:
    """Whether what is kept is the beginning of the log, or all of it."""
    if kept.epoch != log.epoch:
        # A new epoch is committed first, and kept then; it names what was kept before.
        return (kept.size, kept.root) in _ended(log) if kept.epoch < log.epoch else False
    return kept.size <= log.size and log.root(kept.size) == kept.root


def _ended(log: Standing) -> set[tuple[int, bytes]]:
    """The last checkpoints that the epochs of a log name."""
    rows = _EPOCHS.all(log.connection, consultation=log.consultation_id)
    return {(size, root) for size, root in rows}


class _told:
    """What the disk of the place refuses is NotSigning("log_unkept")."""

    def __enter__(self) -> None:
        return None

    def __exit__(self, kind: object, error: BaseException | None, trace: object) -> None:
        if isinstance(error, (OSError, ValueError)):
            raise NotSigning("log_unkept") from error


_EPOCHS = CompiledStatement(
    select(LedgerEpoch.size, LedgerEpoch.root).where(LedgerEpoch.consultation_id == bindparam("consultation"))
)
_PLACES = CompiledStatement(select(CheckpointPlace.id))
_LOGS = CompiledStatement(select(LedgerEntry.consultation_id).where(LedgerEntry.index == 0))
_NOTE_PLACE = text("INSERT INTO checkpoint_place (id, since) VALUES (:id, :since) ON CONFLICT DO NOTHING").bindparams(
    bindparam("since", type_=Moment())
)
