"""The file of the FTS5 index: found, made, read and written, and noticed when it is broken."""

import fcntl
import logging
import os
import secrets
import sqlite3
import unicodedata
import weakref
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

from consult.search.engines.fts5_rows import SCHEMA
from consult.search.engines.seam import IndexBusy, Missing, Unavailable

VERSION = f"3-{unicodedata.unidata_version}"
"""Part of the names: whoever changes the schema, what is stored or how words are folded counts on, and the worker
builds anew. So it does for a newer Unicode: words are folded again to be taken out, and must come out as they went
in."""

WAIT_FOR_WRITER = 10.0

log = logging.getLogger(__name__)


@dataclass(frozen=True)
class _Reader:
    """A connection, and the file and process that it is of."""

    of: tuple[str, int]
    connection: sqlite3.Connection


class Fts5File:
    """The file below `folder`, to which a link points: no two files ever bear the same name, since SQLite finds what
    it keeps beside a file by its name."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.link = folder / f"fts5-v{VERSION}"
        self.idle: list[_Reader] = []
        # Whoever lets go of this object, and whenever: its connections are closed before they are forgotten.
        weakref.finalize(self, _close, self.idle)

    @contextmanager
    def reading(self) -> Iterator[sqlite3.Connection]:
        """A connection inside one snapshot: what is counted is what is shown, whoever writes meanwhile."""
        reader = self._reader()
        try:
            reader.connection.execute("BEGIN")
            yield reader.connection
        finally:
            if reader.connection.in_transaction:
                reader.connection.execute("ROLLBACK")
            self.idle.append(reader)

    def _reader(self) -> "_Reader":
        """A connection that nobody uses, of this process and to the file that is there now; others are closed."""
        wanted = (self._name(), os.getpid())
        while self.idle:
            with suppress(IndexError):
                reader = self.idle.pop()
                if reader.of == wanted:
                    return reader
                reader.connection.close()
        return _Reader(wanted, self.opened())

    def _name(self) -> str:
        """The name of the file that is there now."""
        try:
            return os.readlink(self.link)
        except OSError as failure:
            raise Missing from failure

    @contextmanager
    def writer(self) -> Iterator[sqlite3.Connection]:
        """A transaction of the one writer there may be."""
        with closing(self.opened()) as connection:
            connection.execute("BEGIN IMMEDIATE")
            try:
                yield connection
                connection.execute("COMMIT")
            except BaseException:
                with suppress(sqlite3.Error):
                    connection.execute("ROLLBACK")
                raise

    def opened(self) -> sqlite3.Connection:
        """A connection of its own to the file that is there now."""
        # Never made by opening it: an empty file would look like an index.
        path = f"{(self.folder / self._name()).absolute().as_uri()}?mode=rw"
        # One thread at a time uses it, but not always the same.
        connection = sqlite3.connect(
            path, timeout=WAIT_FOR_WRITER, isolation_level=None, uri=True, check_same_thread=False
        )
        try:
            connection.execute("PRAGMA secure_delete=ON").close()
        except sqlite3.Error:
            connection.close()
            raise
        return connection

    def create(self) -> None:
        """An empty index where there is none; of two who come at once, one makes it."""
        with self._making():
            if self.link.exists():
                return
            name = f"{self.link.name}-{secrets.token_hex(8)}.sqlite"
            os.close(os.open(self.folder / name, os.O_CREAT | os.O_EXCL, 0o600))
            with closing(sqlite3.connect(self.folder / name, isolation_level=None)) as connection:
                connection.executescript(SCHEMA)
            self.link.unlink(missing_ok=True)
            self.link.symlink_to(name)

    def begun(self) -> bool:
        """Whether there is, or was begun, a file of whatever version."""
        return any(self.folder.glob("fts5-v*"))

    def forget(self) -> None:
        """Removes the file and what SQLite keeps beside it; who has it open notices."""
        self.link.unlink(missing_ok=True)
        self.forget_others()

    def forget_others(self) -> None:
        """Removes the files that no link points to."""
        with self._making():
            self._forget_others()

    def _forget_others(self) -> None:
        kept = os.readlink(self.link) if self.link.is_symlink() else ""
        for path in self.folder.glob("fts5-*"):
            if path != self.link and not (kept and path.name.startswith(kept)):
                path.unlink(missing_ok=True)

    @contextmanager
    def _making(self) -> Iterator[None]:
        self.folder.mkdir(parents=True, exist_ok=True)
        descriptor = os.open(self.folder / "making.lock", os.O_RDWR | os.O_CREAT, 0o600)
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX)
            yield
        finally:
            os.close(descriptor)


def _close(readers: list[_Reader]) -> None:
    for reader in readers:
        reader.connection.close()


@contextmanager
def broken_is_unavailable() -> Iterator[None]:
    """A file that is no database any more fails in many ways: all of them mean that the index must be built again."""
    try:
        yield
    except sqlite3.Error as failure:
        if getattr(failure, "sqlite_errorcode", 0) & 0xFF in {sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED}:
            raise IndexBusy from failure
        if getattr(failure, "sqlite_errorcode", 0) & 0xFF == sqlite3.SQLITE_FULL:
            raise
        log.exception("the search index cannot be used")
        raise Unavailable from failure
