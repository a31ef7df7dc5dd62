"""Two PostgreSQL servers of the tests' own, of which one follows the other: for what a replica is read for, and for
what is lost when one takes the other's place."""

import shutil
import tempfile
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

from sqlalchemy import NullPool, create_engine, make_url, text

from tests import database
from tests.database import PostgresDatabases

SETTINGS = ("listen_addresses=", "fsync=off", "full_page_writes=off", "max_connections=40", "shared_buffers=32MB",
            "jit=off", "autovacuum=off", "wal_level=replica", "max_wal_senders=4", "wal_keep_size=64MB",
            "hot_standby=on", "wal_receiver_status_interval=1s", "wal_retrieve_retry_interval=100ms")  # fmt: skip
NAME = "consult"


class ReplicatedServers:
    """The primary, and the replica that began as a copy of it; each can be stopped, and started again."""

    def __init__(self, folder: Path, held: ExitStack) -> None:
        self.folder = folder
        self.held = held
        self.programs = database._server_programs()
        self.as_whom = database._whom_to_run_as(folder)
        self.primary, self.replica = folder / "one", folder / "two"

    def begin(self) -> None:
        """Starts the primary with the tables of the site, then the replica."""
        for place in (self.primary, self.replica):
            self._run("mkdir", place)
        initial = ("--no-sync", "--auth=trust", "--encoding=UTF8", "--locale=C.UTF-8", "--username=consult")
        self._run(self.programs / "initdb", *initial, "-D", self.primary / "data")
        self._keep(self.primary)
        made = PostgresDatabases(make_url(self.url(self.primary)).set(database="postgres"))
        made._create(NAME, "consult_template")
        made.administration.dispose()
        copy = ("-U", "consult", "-h", self.primary, "-D", self.replica / "data", "-R", "-X", "stream", "--no-sync")
        self._run(self.programs / "pg_basebackup", *copy, "-c", "fast")
        self._keep(self.replica)

    def url(self, *places: Path) -> str:
        """The address of the database on one of them; on the one of several that takes what is written."""
        hosts = ",".join(str(place) for place in places)
        writes = "&target_session_attrs=read-write" if len(places) > 1 else ""
        return f"postgresql+psycopg://consult@/{NAME}?host={hosts}{writes}"

    def stop(self, place: Path) -> None:
        """Ends a server as a power cut would."""
        self._control(place, "-m", "immediate", "stop")

    def start(self, place: Path) -> None:
        """Starts it again."""
        self._control(place, "-l", place / "log", "-o", self._options(place), "start")

    def promote(self) -> None:
        """The replica is the primary from now on."""
        self._control(self.replica, "promote")

    def say(self, place: Path, statement: str) -> object:
        """What a server answers to one statement."""
        engine = create_engine(self.url(place), isolation_level="AUTOCOMMIT", poolclass=NullPool)
        with engine.connect() as connection:
            found = connection.execute(text(statement))
            return found.scalar() if found.returns_rows else None

    def _control(self, place: Path, *words: str | Path) -> None:
        self._run(self.programs / "pg_ctl", "-D", place / "data", "-w", *words)

    def _keep(self, place: Path) -> None:
        self.held.enter_context(database._kept([self.programs / "pg_ctl", place, self._options(place)], self.as_whom))

    def _options(self, place: Path) -> str:
        return " ".join(f"-c {one}" for one in (*SETTINGS, f"unix_socket_directories={place}"))

    def _run(self, *command: str | Path) -> None:
        database._run(list(command), self.as_whom)


@contextmanager
def replicated_servers() -> Iterator[ReplicatedServers]:
    """Both, gone at the end."""
    folder = Path(tempfile.mkdtemp(prefix="consult-rep-", dir=database._where_files_cost_least()))
    try:
        with ExitStack() as held:
            servers = ReplicatedServers(folder, held)
            servers.begin()
            yield servers
    finally:
        shutil.rmtree(folder, ignore_errors=True)
