"""The database of an installation into one file and back, on SQLite and PostgreSQL."""

import os
import shutil
import sqlite3
import subprocess
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from sqlalchemy import URL, Connection, NullPool, create_engine, inspect, make_url, text
from sqlalchemy.exc import OperationalError

from consult import schema
from consult.administration.backups.manifest import BackupFailed

OF_ANOTHER = ("-wal", "-shm", "-journal")
"""How the names end of what SQLite keeps beside a database and, when that is gone, takes for part of the next one."""

NO_DATA = "consult_search"
"""The schema of the search index, which is built anew from the rest (`reindex`); what was taken out of the index is in
no backup of it."""


def kind_of(database_url: str) -> str:
    """`sqlite` or `postgresql`: a copy of one cannot be put into the other."""
    return make_url(database_url).get_backend_name()


def dump(database_url: str, target: Path) -> None:
    """Writes a consistent copy of the database into `target`, while others write. Raises BackupFailed."""
    url = make_url(database_url)
    if url.get_backend_name() == "sqlite":
        _copy_sqlite(Path(url.database or ""), target)
    else:
        _run(["pg_dump", "--format=custom", f"--exclude-schema={NO_DATA}", f"--file={target}", _libpq(url)], url)


def size_of(database_url: str, earlier: Path | None = None) -> int:
    """At most about how many bytes a copy will have; `earlier` is the copy in the newest backup. Raises BackupFailed.

    A dump of PostgreSQL is compressed and has no indexes, often a tenth of the database: room for all of that would
    cost every earlier backup on a small disk. Twice the last one leaves a day for the database to double in.
    """
    url = make_url(database_url)
    if url.get_backend_name() == "sqlite":
        live = Path(url.database or "")
        return sum(path.stat().st_size for path in (live, _beside(live, "-wal")) if path.is_file())
    with _connected(url) as connection:
        size = connection.scalar(text("SELECT pg_database_size(current_database())")) or 0
    return min(size, 2 * earlier.stat().st_size) if earlier else size


def check_empty(database_url: str) -> None:
    """Raises BackupFailed when there is anything in the database that is to be restored."""
    url = make_url(database_url)
    if url.get_backend_name() == "sqlite":
        live = Path(url.database or "")
        if live.exists():
            raise BackupFailed("installation_not_empty", place=live)
        for left in (_beside(live, ending) for ending in OF_ANOTHER):
            if left.exists():
                raise BackupFailed("left_beside", place=left)
        return
    with _connected(url) as connection:
        tables = inspect(connection).get_table_names()
    if tables:
        raise BackupFailed("installation_not_empty", place=url.database)


def load(copy: Path, database_url: str) -> None:
    """Puts a copy where nothing is yet. Raises BackupFailed."""
    url = make_url(database_url)
    if url.get_backend_name() == "sqlite":
        live = Path(url.database or "")
        live.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(copy, live)
    else:
        _run(["pg_restore", "--single-transaction", "--no-owner", f"--dbname={_libpq(url)}", str(copy)], url)
        # A copy brings no counts with it, and PostgreSQL reads whole tables until it has some.
        schema.count_anew(database_url)


def _beside(live: Path, ending: str) -> Path:
    return live.with_name(f"{live.name}{ending}")


@contextmanager
def _connected(url: URL) -> Iterator[Connection]:
    """A connection to PostgreSQL. Raises BackupFailed when there is none."""
    engine = create_engine(url, poolclass=NullPool)
    try:
        with engine.connect() as connection:
            yield connection
    except OperationalError as away:
        raise BackupFailed("not_reached", name=url.database, why=away) from away


def _copy_sqlite(live: Path, target: Path) -> None:
    """SQLite's own backup copies a consistent state while others write."""
    if not live.is_file():
        raise BackupFailed("nothing_there", place=live)
    try:
        with (
            closing(sqlite3.connect(f"{live.resolve().as_uri()}?mode=ro", uri=True)) as source,
            closing(sqlite3.connect(target)) as copy,
        ):
            source.backup(copy)
    except sqlite3.Error as failed:
        raise BackupFailed("not_copied", place=live, said=failed.args[0]) from failed


def _libpq(url: URL) -> str:
    """The address without its password, which the list of processes would show to everybody on the machine."""
    return url.set(drivername="postgresql", password=None).render_as_string()


def _run(command: list[str], url: URL) -> None:
    password = {"PGPASSWORD": str(url.password)} if url.password else {}
    try:
        done = subprocess.run(
            command,
            capture_output=True,
            text=True,
            check=False,
            stdin=subprocess.DEVNULL,
            env={**os.environ, **password},
        )
    except FileNotFoundError as missing:
        raise BackupFailed("not_installed", name=command[0]) from missing
    if done.returncode != 0:
        said = done.stderr.strip().splitlines() or [str(done.returncode)]
        # What follows the error is advice about it.
        cause = next((line for line in said if "error:" in line), said[-1]).partition("error:")
        raise BackupFailed("program_failed", name=command[0], said=(cause[2] or cause[0]).strip())
