"""What a command could not do, told by what went wrong underneath: the code of a sentence, and the values it names."""

import errno
from typing import Any

from alembic.util.exc import CommandError
from sqlalchemy.exc import ArgumentError, DBAPIError, NoSuchModuleError, SQLAlchemyError

from consult.errors import NotFound, Unavailable

Told = tuple[str, dict[str, Any]]

OF_SQLITE = (
    ("no such table", "schema_missing"),
    ("no such column", "schema_old"),
    ("has no column", "schema_old"),
    ("unable to open database file", "database_not_opened"),
    ("database is locked", "database_busy"),
    ("readonly", "database_read_only"),
    ("database or disk is full", "disk_full"),
    ("disk I/O error", "disk_failed"),
    ("not a database", "database_damaged"),
    ("malformed", "database_damaged"),
)
OF_POSTGRESQL = {
    "42P01": "schema_missing",
    "42703": "schema_old",
    "53100": "disk_full",
    "25006": "database_read_only",
    "42501": "database_read_only",
    "55P03": "database_busy",
    "40P01": "database_busy",
}
OF_SYSTEM = {
    errno.ENOSPC: "disk_full",
    errno.EDQUOT: "disk_full",
    errno.EACCES: "not_permitted",
    errno.EPERM: "not_permitted",
    errno.EROFS: "not_permitted",
    errno.ENOENT: "no_such_file",
    errno.ENOTDIR: "no_such_file",
    errno.EISDIR: "no_such_file",
    errno.EEXIST: "exists",
    errno.EIO: "disk_failed",
}


def explained(error: BaseException) -> Told | None:
    """The code `command.fault.<…>` of the sentence for what went wrong; None for what nobody foresaw."""
    for one in _chain(error):
        told = _one(one)
        if told is not None:
            return f"command.fault.{told[0]}", told[1]
    return None


def short(error: BaseException) -> str:
    """The first line of what an error says, for the end of a sentence."""
    lines = str(error).strip().splitlines()
    return f"{type(error).__name__}: {lines[0].rstrip('.')}" if lines else type(error).__name__


def _chain(error: BaseException | None) -> list[BaseException]:
    found: list[BaseException] = []
    while error is not None and error not in found:
        found.append(error)
        error = error.__cause__
    return found


def _one(error: BaseException) -> Told | None:
    if isinstance(error, DBAPIError):
        return _of_database(error)
    if isinstance(error, CommandError):
        return "schema_new", {}
    if isinstance(error, ArgumentError | NoSuchModuleError):
        return "database_address", {}
    if isinstance(error, SQLAlchemyError):
        return "database_failed", {"said": short(error)}
    if isinstance(error, MemoryError):
        return "no_memory", {}
    if isinstance(error, NotFound):
        return "not_found", {}
    if isinstance(error, Unavailable) and error.reason == "files_unavailable":
        return "files_unavailable", {"said": str(error)}
    if isinstance(error, OSError):
        return _of_system(error)
    return None


def _of_database(error: DBAPIError) -> Told:
    said = str(error.orig)
    state = getattr(error.orig, "sqlstate", None)
    code = OF_POSTGRESQL.get(state or "") or next((code for words, code in OF_SQLITE if words in said), None)
    if code is not None:
        return code, {}
    away = state is None and type(error.orig).__module__.startswith("psycopg") or error.connection_invalidated
    return ("database_away" if away else "database_failed"), {"said": short(error.orig or error)}


def _of_system(error: OSError) -> Told:
    code = OF_SYSTEM.get(error.errno or 0)
    place = str(error.filename2 or error.filename or "")
    if code in {"disk_full", "disk_failed"}:
        return code, {}
    if code is not None and place:
        return code, {"place": place}
    return "system", {"said": f"{error.strerror or short(error)}{f' ({place})' if place else ''}"}
