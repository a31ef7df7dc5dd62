"""Where a site comes from and where it goes, and that nobody writes there meanwhile."""

from collections.abc import Collection, Iterator
from contextlib import contextmanager

from sqlalchemy import Connection, Engine, inspect, make_url
from sqlalchemy.exc import SQLAlchemyError

from consult import schema, sqlite
from consult.db import Database, connect
from consult.errors import Unavailable
from consult.relocation.failures import NotMoved

NOT_OURS = {"alembic_version", "_litestream_seq", "_litestream_lock"}
"""Tables beside those of the site: the migrations' own, and those of the tool that ships SQLite's log."""
SECRETS = ("password", "sslpassword")
"""Options of an address that are nobody's to see."""


@contextmanager
def source_of(database: Database, names: Collection[str]) -> Iterator[tuple[Connection, sqlite.WriteLock]]:
    """The database of the site, open for reading, with the lock that every writer waits for. Raises NotMoved when it is
    no SQLite file, holds a table beside those `names`, or somebody is writing."""
    lock = database.lock
    if not isinstance(lock, sqlite.WriteLock):
        raise NotMoved("not_from_sqlite")
    try:
        with lock.alone_at_once(), database.engine.connect() as connection:
            _check_tables(connection, names)
            connection.rollback()
            # Who writes without our lock, as a shell of SQLite does, waits for this transaction.
            with connection.execution_options(consult_writing=True).begin():
                yield connection, lock
    except Unavailable as busy:
        raise NotMoved("written", place=database.engine.url.database) from busy


@contextmanager
def target_at(url: str, names: Collection[str]) -> Iterator[Engine]:
    """The target with the schema of this release, which is made where there is no table yet. Raises NotMoved, also
    for tables that are none of those `names`, and schema.UpgradeFailed."""
    _check_address(url)
    engine = connect(url)
    try:
        _make_schema(engine, url, names)
        yield engine
    except SQLAlchemyError as away:
        raise NotMoved("not_reached", place=shown(url), why=_reason(away)) from away
    finally:
        engine.dispose()


def shown(url: str) -> str:
    """An address as it may be shown: without a password, which may stand among its options too."""
    return make_url(url).difference_update_query(SECRETS).render_as_string()


def _check_address(url: str) -> None:
    try:
        if make_url(url).get_dialect().driver == "psycopg":
            return
    except (SQLAlchemyError, ImportError, ValueError) as bad:
        # It may hold a password: what was given is not repeated.
        raise NotMoved("not_postgresql") from bad
    raise NotMoved("not_postgresql")


def _make_schema(engine: Engine, url: str, names: Collection[str]) -> None:
    with engine.connect() as connection:
        encoding = connection.exec_driver_sql("SHOW server_encoding").scalar()
        present = set(inspect(connection).get_table_names())
    if encoding != "UTF8":
        raise NotMoved("encoding", encoding=encoding)
    strange = present.difference(names, NOT_OURS)
    if strange:
        raise NotMoved("another_program", table=min(strange))
    if schema.state(engine) is not schema.State.CURRENT:
        schema.upgrade(url)


def _check_tables(source: Connection, names: Collection[str]) -> None:
    """Nothing is left behind unsaid: a table that this release does not know ends the matter."""
    strange = set(inspect(source).get_table_names()).difference(names, NOT_OURS)
    if strange:
        raise NotMoved("strange_table", table=min(strange))


def _reason(failed: SQLAlchemyError) -> str:
    said = str(getattr(failed, "orig", None) or failed).strip()
    return (said.splitlines() or [type(failed).__name__])[0].rstrip(".")
