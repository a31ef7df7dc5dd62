"""Which failures are those of the place where things are kept, and not of who asks nor of the program."""

import errno
import sqlite3

from sqlalchemy.exc import DBAPIError, InterfaceError, OperationalError
from sqlalchemy.exc import TimeoutError as NoConnectionFree

from consult.errors import Unavailable

NO_PLACE = frozenset({errno.ENOSPC, errno.EDQUOT, errno.EFBIG, errno.EIO, errno.EROFS})

_SQLITE_BUSY = frozenset({sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED, sqlite3.SQLITE_PROTOCOL})
_SQLITE_AWAY = frozenset(
    {sqlite3.SQLITE_FULL, sqlite3.SQLITE_IOERR, sqlite3.SQLITE_READONLY, sqlite3.SQLITE_CANTOPEN}
)  # fmt: skip
_PRIMARY = 0xFF
"""SQLite's codes say more in their higher bits, such as what it was doing with the disk."""

_POSTGRESQL_BUSY = frozenset({"55P03", "57014", "40001", "40P01", "53300"})
"""A lock or a statement that took too long, two that waited for each other, too many connections."""
_POSTGRESQL_AWAY = ("08", "53", "57P", "58", "25006")
"""No connection, no room, shutting down, the disk failed, a copy that takes nothing in."""


def unavailable(error: BaseException | None) -> Unavailable | None:
    """What `error`, or what it came of, means for who asks; None when it is no failure of database or disk."""
    met: set[int] = set()
    while error is not None and id(error) not in met:
        met.add(id(error))
        reason = _reason(error)
        if reason is not None:
            return Unavailable(reason)
        error = error.__cause__ or error.__context__
    return None


def _reason(error: BaseException) -> str | None:
    if isinstance(error, Unavailable):
        return error.reason
    if isinstance(error, NoConnectionFree):
        return "busy"
    if isinstance(error, DBAPIError):
        return _of_driver(error)
    if isinstance(error, sqlite3.Error):
        return _of_sqlite(error)
    if isinstance(error, OSError) and error.errno in NO_PLACE:
        return "storage_unavailable"
    return None


def _of_driver(error: DBAPIError) -> str | None:
    if isinstance(error.orig, sqlite3.Error):
        return _of_sqlite(error.orig)
    state = getattr(error.orig, "sqlstate", None)
    if state is None:
        lost = error.connection_invalidated or isinstance(error, OperationalError | InterfaceError)
        return "storage_unavailable" if lost else None
    if state in _POSTGRESQL_BUSY:
        return "busy"
    return "storage_unavailable" if state.startswith(_POSTGRESQL_AWAY) else None


def _of_sqlite(error: sqlite3.Error) -> str | None:
    code = getattr(error, "sqlite_errorcode", 0) & _PRIMARY
    if code in _SQLITE_BUSY:
        return "busy"
    return "storage_unavailable" if code in _SQLITE_AWAY else None
