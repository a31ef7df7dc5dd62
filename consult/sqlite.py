"""What SQLite needs of us: its settings, how a transaction begins, and the queue in which its writers wait."""

import fcntl
import os
import sqlite3
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from sqlalchemy import URL, Connection, Engine, event
from sqlalchemy.exc import OperationalError

from consult.errors import Unavailable
from consult.writer_queue import WriterQueue

PATIENCE = 10_000
"""Milliseconds that a connection waits for somebody who does not stand in the queue of writers."""
LOG_PAGES = 4_000
"""Pages in the write-ahead log (16 MB) after which a commit also brings them into the database, while everybody waits
for it. SQLite's own thousand are some twenty submissions, which write the same pages again and again."""


def is_missing(url: URL) -> bool:
    """Whether `url` names a file of SQLite that is not there. An address of the kind `file:…` says itself what is to be
    made."""
    name = url.database or ":memory:"
    own = name != ":memory:" and not name.startswith("file:")
    return url.get_backend_name() == "sqlite" and own and not Path(name).is_file()


class WriteLock:
    """One writer at a time: threads wait on a lock, processes on a file, in the order they came.

    SQLite's own busy handler starves writers. Every holder opens its own descriptor, since a file lock belongs to it.
    Waiting for a file has no end that could be set: of each process only the one thread whose turn it is does that.
    """

    def __init__(self, path: Path, writers: WriterQueue) -> None:
        self.path = path
        self.writers = writers
        self.threads = threading.Lock()

    @contextmanager
    def held(self) -> Iterator[None]:
        """Acquires the write lock for the block. Raises Unavailable("busy") when its turn does not come, and
        Unavailable("storage_unavailable") when the site was carried over to another database."""
        with self.writers.waiting() as wait:
            wait.take(self.threads)
            try:
                with self._alone_among_processes():
                    yield
            finally:
                self.threads.release()

    @contextmanager
    def alone_at_once(self) -> Iterator[None]:
        """The same without waiting for anybody, also for a file that was closed for good: for who only reads. Raises
        Unavailable("busy") when somebody writes."""
        with self._open() as descriptor:
            try:
                fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError as held:
                raise Unavailable("busy") from held
            yield

    def close_for_good(self, successor: str) -> None:
        """Says that the site lives at `successor` now: from here on no process is given the lock, whatever it was
        started with. To open it again, the lock file is emptied by hand."""
        with self._open() as descriptor:
            os.pwrite(descriptor, successor.encode(), 0)
            os.fsync(descriptor)

    def closed_for(self) -> str:
        """Where the site lives now; empty when it is here."""
        return self.path.read_text(errors="replace") if self.path.exists() else ""

    @contextmanager
    def _alone_among_processes(self) -> Iterator[None]:
        with self._open() as descriptor:
            fcntl.flock(descriptor, fcntl.LOCK_EX)
            if os.fstat(descriptor).st_size:
                raise Unavailable("storage_unavailable")
            yield

    @contextmanager
    def _open(self) -> Iterator[int]:
        descriptor = os.open(self.path, os.O_RDWR | os.O_CREAT, 0o600)
        try:
            yield descriptor
        finally:
            os.close(descriptor)


def prepare(engine: Engine, synchronous: str) -> None:
    """Has every connection of `engine` use WAL and foreign keys, and wait for the disk as `synchronous` says."""

    pragmas = (
        "journal_mode=WAL",
        f"synchronous={synchronous}",
        "foreign_keys=ON",
        f"busy_timeout={PATIENCE}",
        f"wal_autocheckpoint={LOG_PAGES}",
    )

    def connected(raw: Any, _record: Any) -> None:
        raw.isolation_level = None
        for pragma in pragmas:
            raw.execute(f"PRAGMA {pragma}")

    event.listen(engine, "connect", connected)
    event.listen(engine, "begin", _begin)


def make_no_file(engine: Engine) -> None:
    """Has `engine` open a database that is there and never make one, as SQLite does unasked: a site whose disk is away,
    or whose backup is yet to be restored, would go on as a new one. Raises OperationalError where it is used."""

    def opened(_dialect: Any, _record: Any, _names: Any, options: dict[str, Any]) -> Any:
        if not is_missing(engine.url):
            return None
        return sqlite3.connect(f"{Path(engine.url.database or '').absolute().as_uri()}?mode=rw", uri=True, **options)

    if engine.dialect.name == "sqlite":
        event.listen(engine, "do_connect", opened)


def _begin(connection: Connection) -> None:
    """Writers begin IMMEDIATE: a deferred transaction that reads and then writes fails with a stale snapshot."""
    statement = "BEGIN IMMEDIATE" if connection.get_execution_options().get("consult_writing") else "BEGIN"
    try:
        # Every transaction begins here: the driver is asked directly.
        connection.connection.cursor().execute(statement)
    except sqlite3.Error as error:
        raise OperationalError(statement, None, error) from error
