"""What `administration.condition` asks of the stores below the site: the schema, the database, a folder."""

import os
from collections.abc import Callable
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

_found: dict[str, TimedCache[bool]] = {}


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


def _commits(engine: Engine) -> bool:
    """Tried as cheaply as can be.

    On SQLite a block goes to the disk beside the database, and the database's own file must be open to writing: a row
    of its own would have to wait for everybody who writes. On PostgreSQL a message of no meaning is committed.
    """
    try:
        if engine.dialect.name == "postgresql":
            with engine.begin() as connection:
                connection.execute(text("SELECT pg_logical_emit_message(true, 'consult', '')"))
            return True
        path = Path(engine.url.database or "")
        return os.access(path, os.W_OK) and _writable(path.parent)
    except SQLAlchemyError:
        return False


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
