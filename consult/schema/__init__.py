"""The schema's migrations, in the folder at the root: where they are, and bringing a database to the newest."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from enum import StrEnum

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, Engine, NullPool, create_engine, inspect, make_url, text
from sqlalchemy.exc import DBAPIError, SQLAlchemyError

from consult import sqlite
from consult.db import connect
from consult.errors import Impossible
from consult.resource_paths import MIGRATIONS
from consult.schema import steps
from consult.schema.steps import newest as newest

ONE_UPGRADE = 7_260_310_119
"""The number of the lock by which PostgreSQL lets one upgrade pass at a time; any number that nobody else takes."""


LONGEST_WAIT = 5.0
"""Seconds that an upgrade of PostgreSQL waits for a table. Other machines serve meanwhile, and whoever asks for a table
that somebody waits to change waits as well: a backup under way would stop the site."""


class UpgradeFailed(Impossible):
    """The database was not upgraded and is as it was before; the sentence says why, and what to do."""

    family = "command.upgrade_failed"


def configuration(url: str) -> Config:
    """Alembic's configuration for the database at `url`."""
    configured = Config()
    configured.set_main_option("script_location", str(MIGRATIONS))
    configured.attributes["url"] = url
    return configured


def upgrade(url: str) -> None:
    """Brings the database at `url` to the newest revision; one that is there already stays as it is.

    All of it or nothing. Nobody else may write meanwhile: on SQLite who calls holds the writers' queue. Raises
    UpgradeFailed.
    """
    before = standing(url)
    try:
        command.upgrade(configuration(url), "head")
    except Exception as failed:
        # A migration is a program and may fail in any way; what the operator needs to know is the same.
        why = failed if isinstance(failed, UpgradeFailed) else _reason(failed)
        raise UpgradeFailed("undone", why=why, revision=", ".join(before) or "–") from failed
    if before != newest():
        count_anew(url)


@contextmanager
def alone(connection: Connection) -> Iterator[None]:
    """One transaction for everything a migration does, in which nobody else writes and tables may be made anew.

    To change a table SQLite copies it and drops the first one, which others name: their keys rest meanwhile.
    """
    if connection.dialect.name == "sqlite":
        # Inside a transaction this would do nothing.
        connection.connection.cursor().execute("PRAGMA foreign_keys=OFF")
    with connection.execution_options(consult_writing=True).begin():
        if connection.dialect.name == "postgresql":
            connection.execute(text("SELECT pg_advisory_xact_lock(:number)"), {"number": ONE_UPGRADE})
            connection.execute(text(f"SET LOCAL lock_timeout = {LONGEST_WAIT * 1000:.0f}"))
        yield


def check_keys(connection: Connection) -> None:
    """Raises UpgradeFailed for rows that name others which are not there. PostgreSQL looks by itself."""
    if connection.dialect.name == "sqlite":
        orphans = connection.execute(text("PRAGMA foreign_key_check")).all()
        if orphans:
            tables = sorted({f"{orphan[0]} → {orphan[2]}" for orphan in orphans})
            raise UpgradeFailed("orphans", count=len(orphans), tables=", ".join(tables))


def standing(url: str) -> tuple[str, ...]:
    """The revisions a database stands at, all of them ours. Raises UpgradeFailed."""
    found = heads(url)
    strange = set(found) - {script.revision for script in ScriptDirectory(str(MIGRATIONS)).walk_revisions()}
    if strange:
        raise UpgradeFailed("newer", revision=", ".join(sorted(strange)))
    return found


def heads(url: str) -> tuple[str, ...]:
    """The revisions a database stands at, whosever they are. Raises UpgradeFailed where it is not reached."""
    try:
        engine = create_engine(url, poolclass=NullPool)
        with engine.connect() as connection:
            return tuple(MigrationContext.configure(connection).get_current_heads())
    except SQLAlchemyError as away:
        raise UpgradeFailed("not_reached", place=make_url(url).render_as_string(), why=away) from away


def count_anew(url: str) -> None:
    """PostgreSQL chooses its ways by what it counted, and has counted nothing yet in tables and indexes just made.
    What SQLite would count once it would go by for ever: ours are chosen to do well without."""
    engine = connect(url)
    if engine.dialect.name == "postgresql":
        with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
            connection.execute(text("ANALYZE"))
    engine.dispose()


def _reason(failed: BaseException) -> str:
    """The first line of what went wrong, without the statement and the values in it."""
    said = str(failed.orig if isinstance(failed, DBAPIError) and failed.orig else failed).strip()
    return (said.splitlines() or [type(failed).__name__])[0].rstrip(".")


class State(StrEnum):
    """How a database stands to this release: without tables, behind it, ahead of it, right, or ahead by steps that
    leave all that this release reads and writes."""

    MISSING = "missing"
    OLD = "old"
    NEW = "new"
    CURRENT = "current"
    EXPANDED = "expanded"


WORKS = frozenset({State.CURRENT, State.EXPANDED})
"""How a database may stand that the site runs on."""


def state(engine: Engine) -> State:
    """How the database behind `engine` stands; one that was made without migrations is taken as it is. A file that is
    not there is not made by asking. Raises SQLAlchemyError when the database does not answer."""
    url = engine.url
    if sqlite.is_missing(url):
        return State.MISSING
    with engine.connect() as connection:
        at = set(MigrationContext.configure(connection).get_current_heads())
        tables = at or inspect(connection).get_table_names()
        strange = at - {script.revision for script in steps.scripts()}
    if not at:
        return State.CURRENT if tables else State.MISSING
    if at == set(newest()):
        return State.CURRENT
    if not strange:
        return State.OLD
    return State.EXPANDED if serves(engine, newest()) else State.NEW


def serves(engine: Engine, revisions: Sequence[str]) -> bool:
    """Whether code that stands at these revisions works on the schema behind `engine`; false where nothing is there.
    Raises SQLAlchemyError when the database does not answer."""
    if sqlite.is_missing(engine.url):
        return False
    with engine.connect() as connection:
        return all(steps.serves(connection, one) for one in revisions)
