"""Databases for the tests: an empty schema at once, on SQLite and on a PostgreSQL that is started here.

The schema is made once for each engine; after that every test gets a copy of it (a file copied, a database cloned, or
one emptied that another test has left) or the same database inside a transaction that is rolled back.
"""

import getpass
import os
import pwd
import shutil
import subprocess
import tempfile
from abc import ABC, abstractmethod
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import count
from pathlib import Path
from typing import Any, Protocol

from sqlalchemy import URL, Connection, Engine, NullPool, create_engine, make_url, text

from consult import schema
from consult.db import connect
from consult.models import metadata

DEBIAN_SERVERS = Path("/usr/lib/postgresql")
UNPRIVILEGED_USER = "postgres"
MEMORY = "/dev/shm"
ENOUGH = 4 * 1024**3
# Nothing of these databases is to survive a power cut.
CARELESS = ("fsync=off", "synchronous_commit=off", "full_page_writes=off", "max_connections=40", "shared_buffers=32MB",
            "jit=off", "autovacuum=off", "wal_level=minimal", "max_wal_senders=0")  # fmt: skip

GROWTH = 16 * 1024 * 1024
"""Bytes: an empty database has two thirds of them."""

KEEPER = """
"$0" -D "$1/data" -l "$1/log" -w -o "$2" start >&2 || exit 1
echo started
read -r _
"$0" -D "$1/data" -m immediate stop >&2
rm -rf "$1"
"""
"""Starts the server (`pg_ctl`, folder, options) and stops it when the other end of its own input is closed: by who
started it, or by the kernel when that process is gone, even if it was killed."""

CATALOGUES = ("class", "attribute", "attrdef", "constraint", "index", "trigger", "proc", "type", "namespace", "policy",
              "extension", "event_trigger", "statistic", "sequence", "rewrite", "db_role_setting")  # fmt: skip
# Whatever changes a schema writes rows of these, by a transaction with a higher number.
SHAPE = f"""
SELECT pg_database_size(current_database()) / {GROWTH}, datallowconn, datconnlimit,
  {", ".join(f"(SELECT (count(*), max(xmin::text::bigint))::text FROM pg_{one})" for one in CATALOGUES)}
FROM pg_database WHERE datname = current_database()
"""
PUT_OUT = """
SELECT pg_terminate_backend(pid, 10000) FROM pg_stat_activity
WHERE datname = current_database() AND pid <> pg_backend_pid()
"""
WRITTEN = """
SELECT oid::regclass::text FROM pg_class
WHERE relkind = 'r' AND relnamespace = 'public'::regnamespace AND pg_relation_size(oid) > 0
"""
"""The tables that have ever had a row: to empty one takes the server a tenth of a millisecond even when it is empty."""
REWIND = "SELECT setval(format('%I.%I', schemaname, sequencename), start_value, false) FROM pg_sequences"


class Databases(Protocol):
    """Where empty databases with the present schema come from."""

    def fresh(self) -> str:
        """The URL of a new database with every table and no row."""
        ...

    def bare(self) -> str:
        """The URL of a new database without any table, for the migrations."""
        ...

    def upgraded(self) -> str:
        """The URL of a new database that the migrations have brought to the newest revision, as `db upgrade` leaves
        one: for what goes on from there."""
        ...

    def copy(self, url: str) -> str:
        """The URL of a new database that holds what another holds; nobody may be connected to that."""
        ...

    def drop(self, url: str) -> None:
        """Removes a database that came from here; nobody may be connected to it."""
        ...


class _Upgraded(ABC):
    """The migrations are carried out once, which takes seconds; whoever asks gets a copy."""

    _first: str = ""

    @abstractmethod
    def bare(self) -> str: ...

    @abstractmethod
    def copy(self, url: str) -> str: ...

    def upgraded(self) -> str:
        """A copy of the one that was upgraded first."""
        if not self._first:
            url = self.bare()
            schema.upgrade(url)
            self._first = url
        return self.copy(self._first)


class SqliteDatabases(_Upgraded):
    """Files in `folder`; a fresh one is a copy of the first."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.numbers = count(1)
        self.template = folder / "template.sqlite"
        _make_schema(self._url(self.template))

    def _url(self, path: Path) -> str:
        return f"sqlite:///{path}"

    def bare(self) -> str:
        """A file of its own that does not exist yet, in a folder of its own, so that its lock files are its own too."""
        folder = self.folder / str(next(self.numbers))
        folder.mkdir()
        return self._url(folder / "consult.sqlite")

    def fresh(self) -> str:
        """A copy of the schema."""
        return self._copied(self.template)

    def copy(self, url: str) -> str:
        """A file of its own that holds what the other holds."""
        engine = connect(url)
        _fold_back(engine)
        engine.dispose()
        return self._copied(_file_of(url))

    def _copied(self, file: Path) -> str:
        url = self.bare()
        shutil.copyfile(file, _file_of(url))
        return url

    def drop(self, url: str) -> None:
        """Removes the folder of that database."""
        shutil.rmtree(_file_of(url).parent)


class PostgresDatabases(_Upgraded):
    """Databases of one server. A fresh one is cloned from the template inside the server, which copies hundreds of
    files; or it is one that was dropped, emptied, as long as nothing but rows was changed in it."""

    def __init__(self, server: URL) -> None:
        self.server = server
        self.numbers = count(1)
        self.administration = create_engine(server, isolation_level="AUTOCOMMIT", poolclass=NullPool)
        self._create("consult_template", "template0")
        _make_schema(self._url("consult_template"))
        with self._inside("consult_template") as connection:
            self.made_as = self._shape(connection)
        self.of_the_schema: set[str] = set()
        self.spare: list[str] = []

    def _url(self, name: str) -> str:
        return self.server.set(database=name).render_as_string(hide_password=False)

    def _create(self, name: str, template: str) -> None:
        with self.administration.connect() as connection:
            connection.execute(text(f'CREATE DATABASE "{name}" TEMPLATE "{template}"'))

    def bare(self) -> str:
        """A new database without tables."""
        return self._cloned("template0")

    def fresh(self) -> str:
        """A clone of the schema, or one that was emptied."""
        if self.spare:
            return self._url(self.spare.pop())
        url = self._cloned("consult_template")
        self.of_the_schema.add(str(make_url(url).database))
        return url

    def copy(self, url: str) -> str:
        """A clone of another."""
        return self._cloned(str(make_url(url).database))

    def _cloned(self, template: str) -> str:
        name = f"consult_{next(self.numbers)}"
        self._create(name, template)
        return self._url(name)

    def drop(self, url: str) -> None:
        """Drops that database, or empties it for the next, putting out whoever forgot to leave it."""
        name = str(make_url(url).database)
        if name in self.of_the_schema and self._emptied(name):
            self.spare.append(name)
            return
        self.of_the_schema.discard(name)
        with self.administration.connect() as connection:
            connection.execute(text(f'DROP DATABASE "{name}" WITH (FORCE)'))

    def _emptied(self, name: str) -> bool:
        """Whether it is as it was made; if nothing but rows was changed in it, they are gone then."""
        with self._inside(name) as connection:
            same = bool(self._shape(connection) == self.made_as)
            if same:
                self._empty(connection)
            return same

    def _shape(self, connection: Connection) -> Any:
        """What differs once anything but rows was changed in a database: a table, an index, a rule, a setting; or once
        it has grown, since what is deleted still takes room."""
        return connection.execute(text(SHAPE)).one()

    def _empty(self, connection: Connection) -> None:
        connection.execute(text(PUT_OUT))
        deleting = [f"DELETE FROM {table}" for table in connection.scalars(text(WRITTEN))]
        connection.execute(text("; ".join(["SET session_replication_role = replica", *deleting, REWIND])))

    @contextmanager
    def _inside(self, name: str) -> Iterator[Connection]:
        engine = create_engine(self._url(name), isolation_level="AUTOCOMMIT", poolclass=NullPool)
        with engine.connect() as connection:
            yield connection


def _file_of(url: str) -> Path:
    return Path(make_url(url).database or "")


def _make_schema(url: str) -> None:
    engine = connect(url, synchronous="OFF")
    metadata.create_all(engine)
    _fold_back(engine)
    engine.dispose()


def _fold_back(engine: Engine) -> None:
    """On SQLite, brings what WAL holds back into the file, so that copying the file alone copies everything."""
    if engine.dialect.name == "sqlite":
        with engine.connect() as connection:
            raw = connection.connection.dbapi_connection
            assert raw is not None
            raw.cursor().execute("PRAGMA wal_checkpoint(TRUNCATE)")


def check_deferred_keys(connection: Connection) -> None:
    """Raises IntegrityError or AssertionError for rows whose keys a commit would refuse, inside an open transaction."""
    if connection.dialect.name == "postgresql":
        connection.execute(text("SET CONSTRAINTS ALL IMMEDIATE"))
    else:
        orphans = connection.execute(text("PRAGMA foreign_key_check")).all()
        assert not orphans, f"rows that name others that don't exist: {orphans}"


@contextmanager
def postgresql_server() -> Iterator[URL]:
    """A PostgreSQL of the tests' own, reached through a socket in a temporary folder, gone at the end.

    Raises RuntimeError with the name of the Debian package when no server program is installed.
    """
    programs = _server_programs()
    # A short path: the name of a socket may not exceed 107 bytes.
    folder = Path(tempfile.mkdtemp(prefix="consult-pg-", dir=_where_files_cost_least()))
    as_whom = _whom_to_run_as(folder)
    try:
        _run([programs / "initdb", "--no-sync", "--auth=trust", "--encoding=UTF8", "--locale=C.UTF-8",
              "--username=consult", "-D", folder / "data"], as_whom)  # fmt: skip
        settings = ("listen_addresses=", f"unix_socket_directories={folder}", *CARELESS)
        options = " ".join(f"-c {setting}" for setting in settings)
        with _kept([programs / "pg_ctl", folder, options], as_whom):
            yield URL.create("postgresql+psycopg", "consult", query={"host": str(folder)}, database="postgres")
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _where_files_cost_least() -> str | None:
    """In memory where there is room; else where temporary files are (None)."""
    return MEMORY if os.path.isdir(MEMORY) and shutil.disk_usage(MEMORY).free >= ENOUGH else None


def _server_programs() -> Path:
    found = sorted(DEBIAN_SERVERS.glob("*/bin/initdb"), key=lambda path: int(path.parts[-3]))
    if not found:
        raise RuntimeError(
            "The tests need PostgreSQL: apt-get install postgresql (or run make test, which installs it)."
        )
    return found[-1].parent


def _whom_to_run_as(folder: Path) -> dict[str, Any]:
    """PostgreSQL refuses to run as root: root hands the folder to Debian's own user for it."""
    if os.geteuid() != 0:
        return {}
    account = pwd.getpwnam(UNPRIVILEGED_USER)
    os.chown(folder, account.pw_uid, account.pw_gid)
    return {"user": account.pw_name, "group": account.pw_gid, "extra_groups": []}


def _run(command: list[str | Path], as_whom: dict[str, Any]) -> None:
    done = subprocess.run(
        command, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, timeout=120, cwd="/",
        **as_whom,
    )  # fmt: skip
    if done.returncode != 0:
        who = as_whom.get("user") or getpass.getuser()
        raise RuntimeError(f"{Path(command[0]).name} failed as {who}: {done.stdout.decode(errors='replace')}")


@contextmanager
def _kept(words: list[str | Path], as_whom: dict[str, Any]) -> Iterator[None]:
    """Runs the server for as long as this goes on, and no longer than this process lives, however it ends."""
    keeper = subprocess.Popen(
        ["sh", "-c", KEEPER, *words], stdin=subprocess.PIPE, stdout=subprocess.PIPE, cwd="/", start_new_session=True,
        **as_whom,
    )  # fmt: skip
    assert keeper.stdin is not None and keeper.stdout is not None
    with keeper.stdin, keeper.stdout:
        if not keeper.stdout.readline():
            raise RuntimeError(f"no PostgreSQL was started: {Path(words[1], 'log').read_text(errors='replace')}")
        yield
    keeper.wait(300)
