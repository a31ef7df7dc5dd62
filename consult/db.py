"""The database: types, keys, and the one place where a transaction begins, commits and rolls back."""

import secrets
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, nullcontext
from dataclasses import dataclass
from datetime import UTC, datetime
from enum import StrEnum
from functools import partial
from pathlib import Path
from typing import Any
from uuid import UUID

from sqlalchemy import (
    JSON,
    Connection,
    DateTime,
    Dialect,
    Engine,
    Enum,
    ForeignKeyConstraint,
    MetaData,
    Text,
    Uuid,
    create_engine,
    make_url,
)
from sqlalchemy.orm import DeclarativeBase, Mapped, Session, mapped_column
from sqlalchemy.types import TypeDecorator

from consult import locks, postgresql, replica, sqlite
from consult.group_commit import GroupCommit
from consult.locks import Lock as Lock
from consult.traces import request_marks
from consult.transactions import WriteLock, take_over, transaction
from consult.writer_queue import THREADS, WriterQueue

AROUND = "around"
"""Where a session keeps what looks, inside every transaction of its own, whether its act is still the one meant."""

NAMING = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s",
    "pk": "pk_%(table_name)s",
}


class Moment(TypeDecorator[datetime]):
    """An aware instant. SQLite drops time zones, so it is kept as UTC there and made aware again on the way out."""

    impl = DateTime
    cache_ok = True

    def load_dialect_impl(self, dialect: Dialect) -> Any:
        """With a time zone on PostgreSQL, without one on SQLite."""
        return dialect.type_descriptor(DateTime(timezone=dialect.name == "postgresql"))

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """In UTC; raises ValueError for an instant without a time zone."""
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("a moment needs a time zone")
        in_utc = value.astimezone(UTC)
        return in_utc if dialect.name == "postgresql" else in_utc.replace(tzinfo=None)

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """In UTC, and aware."""
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


class Base(DeclarativeBase):
    """The parent of every table."""

    metadata = MetaData(naming_convention=NAMING)
    type_annotation_map = {
        datetime: Moment(),
        UUID: Uuid(),
        str: Text(),
        # Nothing is SQL's NULL however a row is written; the JSON text "null" would be found by no IS NULL.
        dict[str, Any]: JSON(none_as_null=True),
        list[Any]: JSON(none_as_null=True),
    }


def coded(words: type[StrEnum]) -> Enum:
    """A column type that stores an enum's value as text: SQLAlchemy would store its Python name."""
    return Enum(
        words,
        native_enum=False,
        create_constraint=False,
        length=40,
        values_callable=lambda members: [member.value for member in members],
    )


def new_id() -> UUID:
    """A UUIDv7 (RFC 9562, section 6.2, method 3): sorts by the moment it was made in, to a quarter of a microsecond, so
    that keys grow at the end of their index and what one act writes keeps its order."""
    milliseconds, rest = divmod(time.time_ns(), 1_000_000)
    fraction = rest * 4096 // 1_000_000
    return UUID(int=(milliseconds << 80) | (7 << 76) | (fraction << 64) | (2 << 62) | secrets.randbits(62))


class OfConsultation:
    """Rows that live under a matter: their keys begin with `consultation_id`, so the schema can be sharded by it."""

    consultation_id: Mapped[UUID] = mapped_column(primary_key=True, sort_order=-10)


class Numbered(OfConsultation):
    """Rows of a matter with an id of their own."""

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id, sort_order=-9)


def key_of_consultation() -> ForeignKeyConstraint:
    """The foreign key from a row of a matter to the matter."""
    return ForeignKeyConstraint(["consultation_id"], ["consultation.id"])


def key_to(table: str, column: str) -> ForeignKeyConstraint:
    """A foreign key (consultation_id, `column`) to `table`, checked at the commit: inserts come in any order."""
    return ForeignKeyConstraint(
        ["consultation_id", column],
        [f"{table}.consultation_id", f"{table}.id"],
        deferrable=True,
        initially="DEFERRED",
    )


@dataclass(frozen=True)
class Pool:
    """How many connections to PostgreSQL a process keeps open, and how many more it may open in a rush."""

    kept: int = 5
    more: int = 10


class Database:
    """An engine, its sessions, and the queue in which writers wait."""

    def __init__(
        self,
        url: str,
        lock_folder: Path,
        synchronous: str = "FULL",
        pool: Pool | None = None,
        threads: int = THREADS,
    ) -> None:
        self.engine = connect(url, synchronous, pool)
        sqlite.make_no_file(self.engine)
        self.writers = WriterQueue(threads)
        self.lock = _write_lock(self.engine, lock_folder, self.writers)
        self.group_commits: dict[UUID, GroupCommit[Connection, Any]] = {}

    def session(self, of_one_moment: bool = False) -> Session:
        """A new session; whoever opens it closes it. `of_one_moment` is for a page: what it reads first and last, the
        words and the version of them, is of one moment, and comes from the replica where the page is to be read from
        that. On SQLite everything that is read in one transaction is."""
        engine = replica.engine_of(self.engine) if of_one_moment else self.engine
        if of_one_moment and engine.dialect.name == "postgresql":
            engine = engine.execution_options(isolation_level="REPEATABLE READ")
        return Session(engine, expire_on_commit=False, info={"database": self})

    @contextmanager
    def writing(self, consultation_id: UUID) -> Iterator[Connection]:
        """The same as `writing` below for an act that no session takes part in: its one connection.

        For what everybody waits for: what a session does around a transaction takes longer than most statements.
        """
        with self.engine.connect() as connection, transaction(connection, consultation_id, [], self.lock):
            yield connection

    def group_commit(
        self, consultation_id: UUID, write_batch: Callable[[UUID, Connection, Sequence[Any]], None]
    ) -> GroupCommit[Connection, Any]:
        """Where the threads of this process meet that write to one matter; the first to come says how."""
        if consultation_id not in self.group_commits:
            begin, write = partial(self.writing, consultation_id), partial(write_batch, consultation_id)
            self.group_commits.setdefault(consultation_id, GroupCommit(begin, write, self.writers, take_over))
        return self.group_commits[consultation_id]


def connect(url: str, synchronous: str = "FULL", pool: Pool | None = None, patience: int = 0) -> Engine:
    """An engine for `url`; on SQLite with WAL, foreign keys and FULL: what was acknowledged survives a power cut.

    On PostgreSQL a connection of which nothing is known is tried before it is used (`postgresql.UNTRIED`): after a
    restart of the server no request meets a dead one.
    A server that does not answer is waited for by its address or `postgresql.WAITS`, or `patience` seconds instead.
    """
    # What people wrote, and how to reach them, are parameters of statements: they must not stand in a log of errors.
    if make_url(url).get_backend_name() == "sqlite":
        engine = create_engine(url, hide_parameters=True)
        request_marks.count_statements(engine)
        sqlite.prepare(engine, synchronous)
        return engine
    size = pool or Pool()
    waits = postgresql.waits(make_url(url))
    if patience:
        waits |= {"connect_timeout": patience, "tcp_user_timeout": patience * 1000}
    engine = create_engine(url, hide_parameters=True, pool_size=size.kept, max_overflow=size.more, connect_args=waits)
    request_marks.count_statements(engine)
    postgresql.prepare(engine)
    return engine


@contextmanager
def writing(session: Session, of: UUID | Lock) -> Iterator[None]:
    """The transaction of one act: ends any reading, acquires the write lock, and commits when the block returns.

    `of` names what nobody else changes meanwhile: a matter by its id, or a `Lock`. Everything slow comes before it;
    facts are read again inside, since what the session had loaded is forgotten here. SQLite has one queue for all; on
    PostgreSQL the head row of the matter, or the lock, is taken before anything is read. Raising rolls back.
    Inside another `writing` block of the same session it joins that one's transaction, with its own lock as well, but
    never a second matter's (AssertionError). `session.info["written"]` tells from the first commit on that something
    was; what `session.info[AROUND]` makes is entered first and left last in it. Raises Unavailable("busy") when the
    turn does not come.
    """
    if held := session.info.get("writing"):
        locks.take(session.connection(), of, held)
        yield
        session.flush()
        return
    session.rollback()
    session.info["writing"] = held = []
    database: Database | None = session.info.get("database")
    try:
        with (
            transaction(session, of, held, database.lock if database else None),
            session.info.get(AROUND, nullcontext)(),
        ):
            yield
    finally:
        session.info["writing"] = []


def _write_lock(engine: Engine, folder: Path, writers: WriterQueue) -> WriteLock:
    if engine.dialect.name == "sqlite":
        return sqlite.WriteLock(folder / "write.lock", writers)
    return postgresql.WriteLock(engine, writers)
