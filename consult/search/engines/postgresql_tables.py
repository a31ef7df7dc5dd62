"""The tables of the PostgreSQL index, in a schema of their own: made, filled, read and written, and let go.

They are no part of the site's data: no migration makes them and no backup holds them. Each build makes tables of a
name of their own beside those that answer; the one row of `state` says which these are.
"""

import hashlib
import secrets
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from typing import Any, NamedTuple

from sqlalchemy import Connection, Engine, text
from sqlalchemy.exc import DBAPIError

from consult import replica
from consult.search.engines.conditions import Field
from consult.search.engines.fts5_rows import FIELDS, row_of, words_of
from consult.search.engines.numbered import ROOM, STANDING
from consult.search.engines.postgresql_query import FACT, SIGNS, pairs_of
from consult.search.engines.seam import Document, IndexBusy, Missing, Unavailable

VERSION = 1
"""Whoever changes the tables, what is stored or how words are folded counts on, and the worker builds anew."""

SCHEMA = "consult_search"
WAIT_FOR_WRITER = 10.0
"""Seconds that a writer waits for another."""
MOST_BYTES = 1_000_000
"""So many bytes of different words a `tsvector` takes: a text that has more is found by the first of them."""
KEY = int.from_bytes(hashlib.sha256(b"consult search index").digest()[:8], signed=True)

NO_TABLE, NO_SCHEMA, BUSY = "42P01", "3F000", "55P03"
DAMAGED = frozenset({"XX001", "XX002"})
"""What the server says of a table or an index that cannot be read any more (PostgreSQL, Appendix A)."""

BEGIN = (
    f"CREATE SCHEMA IF NOT EXISTS {SCHEMA}",
    f"CREATE TABLE IF NOT EXISTS {SCHEMA}.state (version integer PRIMARY KEY, built text, changes bigint)",
)
COLUMNS = ", ".join(f"{name} text NOT NULL" for name in FIELDS)
HELD = "array_to_tsvector(string_to_array(held, ' '))"


class State(NamedTuple):
    """Which tables answer, and how often they were changed since they were built."""

    built: str
    changes: int

    @property
    def documents(self) -> str:
        """The table of what can be found."""
        return f"{SCHEMA}.document_{self.built}"

    @property
    def words(self) -> str:
        """The table of the words there are, with the number of documents that hold each."""
        return f"{SCHEMA}.word_{self.built}"


class Tables:
    """The tables in the database that `engine` reaches."""

    def __init__(self, engine: Engine) -> None:
        self.engine = engine

    @contextmanager
    def reading(self) -> Iterator[tuple[Connection, State]]:
        """A connection inside one snapshot, and the tables that answer in it. Raises Missing."""
        snapshot = replica.engine_of(self.engine).execution_options(isolation_level="REPEATABLE READ")
        with broken_is_unavailable(), snapshot.connect() as connection:
            yield connection, state_of(connection)

    @contextmanager
    def writer(self) -> Iterator[Connection]:
        """A transaction of the one writer there may be, on whatever machine. Raises IndexBusy, also when a later
        release has its own index here: what changed is its worker's to tell it."""
        with broken_is_unavailable(), self.engine.begin() as connection:
            connection.execute(text(f"SET LOCAL lock_timeout = {WAIT_FOR_WRITER * 1000:.0f}"))
            connection.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": KEY})
            if _begun(connection) and _newest(connection) > VERSION:
                raise IndexBusy
            yield connection

    def forget(self) -> None:
        """Removes all of it."""
        with self.writer() as connection:
            connection.execute(text(f"DROP SCHEMA IF EXISTS {SCHEMA} CASCADE"))

    def forget_others(self) -> None:
        """Removes the tables of earlier builds, so that the files on the server's disk are gone with what they held."""
        listed = text("SELECT tablename FROM pg_tables WHERE schemaname = :schema")
        with self.writer() as connection:
            built = state_of(connection).built
            for name in connection.scalars(listed, {"schema": SCHEMA}).all():
                if name != "state" and not name.endswith(f"_{built}"):
                    connection.execute(text(f"DROP TABLE {SCHEMA}.{name}"))
            connection.execute(text(f"DELETE FROM {SCHEMA}.state WHERE version <> {VERSION}"))


def state_of(connection: Connection) -> State:
    """The tables that answer. Raises Missing. Plans are made for what is asked each time: how common a word is decides
    which one is quick."""
    asked = f"SELECT built, changes, set_config('plan_cache_mode', 'force_custom_plan', true) FROM {SCHEMA}.state"
    row = connection.execute(text(f"{asked} WHERE version = {VERSION}")).one_or_none()
    if row is None:
        raise Missing
    return State(row.built, row.changes)


def changed(connection: Connection) -> None:
    """Counts on: the tables hold something else from the commit on."""
    connection.execute(text(f"UPDATE {SCHEMA}.state SET changes = changes + 1 WHERE version = {VERSION}"))


def build(connection: Connection, documents: Iterable[Document]) -> int:
    """Writes tables of a new name, the oldest document first, and has them answer from the commit on; returns how many
    documents they hold."""
    made = State(secrets.token_hex(8), 0)
    for statement in (*BEGIN, *_made(made)):
        connection.execute(text(statement))
    _copy(connection, documents)
    for statement in _filled(made):
        connection.execute(text(statement))
    put = f"INSERT INTO {SCHEMA}.state VALUES ({VERSION}, :built, 0)"
    connection.execute(text(f"{put} ON CONFLICT (version) DO UPDATE SET built = :built, changes = 0"), made._asdict())
    return int(connection.scalar(text(f"SELECT count(*) FROM {made.documents}")) or 0)


def columns_of(document: Document) -> dict[str, str]:
    """A document as its columns: FIELDS, its words in their order, and all that it is found by as `held`."""
    called, said, spelt, facts = words_of(document)
    told = dict(zip(FIELDS, (value.replace("\0", "") for value in row_of(document)), strict=True))
    return {**told, "called": f" {called} ", "said": f" {said} ", "held": " ".join(_held(called, said, spelt, facts))}


@contextmanager
def broken_is_unavailable() -> Iterator[None]:
    """What the server says of tables that are not there or damaged; a server that is away is no matter of the index."""
    try:
        yield
    except DBAPIError as failure:
        said = getattr(failure.orig, "sqlstate", None)
        if said in {NO_TABLE, NO_SCHEMA}:
            raise Missing from failure
        if said == BUSY:
            raise IndexBusy from failure
        if said in DAMAGED:
            raise Unavailable from failure
        raise


def _begun(connection: Connection) -> bool:
    return connection.scalar(text(f"SELECT to_regclass('{SCHEMA}.state')")) is not None


def _newest(connection: Connection) -> int:
    found: int | None = connection.scalar(text(f"SELECT max(version) FROM {SCHEMA}.state"))
    return found or 0


def _made(made: State) -> tuple[str, ...]:
    own = f"{COLUMNS}, called text NOT NULL, said text NOT NULL"
    return (
        f"CREATE TABLE {made.documents} (id bigint PRIMARY KEY, {own}, held tsvector NOT NULL)",
        # Where a row is too long for its page, what is shown goes out of it first, and not what is searched.
        f"ALTER TABLE {made.documents} ALTER COLUMN held SET STORAGE MAIN",
        f"CREATE TABLE {made.words} (word text PRIMARY KEY, documents bigint NOT NULL)",
        f"CREATE TEMP TABLE waiting (turn bigserial, at float8, standing int, {own}, held text) ON COMMIT DROP",
    )


def _filled(made: State) -> tuple[str, ...]:
    names = f"{', '.join(FIELDS)}, called, said"
    number = f"standing * {ROOM} + row_number() OVER (PARTITION BY standing ORDER BY at, turn)"
    return (
        f"INSERT INTO {made.documents} (id, {names}, held) SELECT {number}, {names}, {HELD} FROM waiting",
        f"CREATE INDEX ON {made.documents} (grp)",
        f"CREATE INDEX ON {made.documents} USING gin (held)",
        f"INSERT INTO {made.words} SELECT word, ndoc FROM ts_stat('SELECT held FROM {made.documents}')"
        " WHERE strpos(word, ':') = 0",
        f"ANALYZE {made.documents}",
    )


def _copy(connection: Connection, documents: Iterable[Document]) -> None:
    names = ", ".join((*FIELDS, "called", "said", "held"))
    raw: Any = connection.connection.driver_connection
    with raw.cursor() as cursor, cursor.copy(f"COPY waiting (at, standing, {names}) FROM STDIN") as rows:
        for one in documents:
            rows.write_row((one.at.timestamp(), STANDING.get(one.thing, 0), *columns_of(one).values()))


def _held(called: str, said: str, spelt: str, facts: str) -> Iterator[str]:
    """The different words of a document, each with the sign of its place, then its pairs of words; as many as fit."""
    signed = ((FACT, facts), (SIGNS[Field.TITLE], called), (SIGNS[Field.SAID], said), (SIGNS[Field.SPELT], spelt))
    words = [sign + word for sign, line in signed for word in line.split()]
    words += [*pairs_of(Field.TITLE, called.split()), *pairs_of(Field.SAID, said.split())]
    left = MOST_BYTES
    for word in dict.fromkeys(words):
        left -= len(word.encode())
        if left < 0:
            break
        yield word
