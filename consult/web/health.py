"""What `administration.condition` asks of the stores below the site: the schema, the database, a folder."""

import os
import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from tempfile import TemporaryFile

from alembic.runtime.migration import MigrationContext
from sqlalchemy import Engine, text
from sqlalchemy.exc import SQLAlchemyError

from consult.timed_cache import TimedCache

TRUSTED_FOR = 2.0
"""Seconds for which it is told in one process that a disk takes what is written, or does not, before it is tried again:
whoever asks without end does not keep the disk from those who write."""
PROBE = 4096
"""Bytes that are written on trial: a block of most disks."""

BRIEFLY = 0.2
"""Seconds that a commit on trial waits for whoever is writing."""

_found: dict[str, TimedCache[bool]] = {}
_failed: set[str] = set()
"""The databases that did not take what was last written to them in this process."""


def schema_of(engine: Engine) -> tuple[str, ...] | None:
    """The revisions of the schema that the database stands at; None when it cannot be reached."""
    try:
        with engine.connect() as connection:
            return MigrationContext.configure(connection).get_current_heads()
    except SQLAlchemyError:
        return None


def commits(engine: Engine) -> bool:
    """Whether a commit would reach the disk: tried now or a moment ago, since a disk may be read and not be written."""
    return _lately(f"database {engine.url}", lambda: _commits(engine))


def writing_failed(engine: Engine) -> None:
    """Notes that a disk did not take what was to be written: from now on it is asked for a whole commit until one
    succeeds. A block beside a database may find room where the database finds none."""
    _failed.add(str(engine.url))


def _commits(engine: Engine) -> bool:
    """Tried as cheaply as can be, unless writing has failed.

    On SQLite a block goes to the disk beside the database, and the database's own file must be open to writing: a row
    of its own would have to wait for everybody who writes. On PostgreSQL a message of no meaning is committed.
    """
    try:
        if engine.dialect.name == "postgresql":
            with engine.begin() as connection:
                connection.execute(text("SELECT pg_logical_emit_message(true, 'consult', '')"))
            return True
        path = Path(engine.url.database or "")
        if str(engine.url) in _failed and not _committed(path):
            return False
        _failed.discard(str(engine.url))
        return os.access(path, os.W_OK) and _writable(path.parent)
    except SQLAlchemyError:
        return False


def _committed(path: Path) -> bool:
    """Whether SQLite takes a whole commit that changes nothing. Whoever is writing meanwhile shows that it does, or is
    told so."""
    try:
        address = f"{path.absolute().as_uri()}?mode=rw"
        with closing(sqlite3.connect(address, timeout=BRIEFLY, uri=True, isolation_level=None)) as own:
            own.execute("PRAGMA synchronous=FULL")
            own.execute("BEGIN IMMEDIATE")
            [number] = own.execute("PRAGMA user_version").fetchone()
            own.execute(f"PRAGMA user_version = {number:d}")
            own.execute("COMMIT")
    except sqlite3.Error:
        return False
    return True


def writable(folder: Path) -> bool:
    """Whether a file can be put into `folder`, or where it will be made, and reaches the disk: tried, now or a moment
    ago, since a full disk is seen only so."""
    return _lately(f"folder {folder}", lambda: _writable(folder))


def _lately(what: str, tried: Callable[[], bool]) -> bool:
    return _found.setdefault(what, TimedCache(True)).now(lambda: (tried(), TRUSTED_FOR))


def _writable(folder: Path) -> bool:
    try:
        with TemporaryFile(dir=folder if folder.exists() else folder.parent) as file:
            file.write(b"\0" * PROBE)
            file.flush()
            os.fsync(file.fileno())
    except OSError:
        return False
    return True
