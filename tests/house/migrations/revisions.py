"""Databases that stand at a revision and have rows in every table: each is made once and copied."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace

from alembic import command
from alembic.script import Script, ScriptDirectory
from sqlalchemy import Connection, text

from consult.db import connect
from tests.database import Databases, check_deferred_keys
from tests.house.migrations.filled import ROWS, Rows, fill, held, held_like, reflected
from tests.house.migrations.test_migrations import configuration

SCRIPTS: list[Script] = list(ScriptDirectory.from_config(configuration("")).walk_revisions())[::-1]
"""Every migration, the first one first."""
NAMES = [script.revision for script in SCRIPTS]

Filled = Callable[[str], str]
"""Gives the URL of a database of the test's own that stands at the revision of that name and is full of rows."""

BODIES = (
    '{"at":"2026-11-23T03:04:05Z","kind":"published","title":"Quyết định","v":1}',
    # Composed and decomposed letters, an escape, blanks of both kinds, a letter outside the first plane, the empty one.
    '{"reason":"Ti\u1ebfp thu; Ti\u0065\u0302\u0301p thu \\u0001 \\"\u00a0\u3000","v":1}',
    '{"reason":"\U00020b9f null \\\\","v":1}',
    "",
)
"""What the entries of the logs of those databases say."""

Leaves = list[tuple[object, ...]]


@dataclass(frozen=True)
class Step:
    """What rows a database was given at the revision number `start`, what they were after the next migration (the same
    where there is none), and the logs at the first of these moments."""

    start: int
    before: Rows
    after: Rows
    leaves: Leaves


@dataclass(frozen=True)
class Journey:
    """One database on its way from the first revision to the newest, where it stands now, at `url`: at each revision it
    was given rows as that one knows them, and kept all that it had."""

    url: str
    steps: list[Step]
    after: Rows
    leaves: Leaves


def leaves(connection: Connection) -> Leaves:
    """Every entry of the logs as the bytes that are stored, with the nodes and checkpoints beside."""
    raw = "convert_to(body, 'UTF8')" if connection.dialect.name == "postgresql" else "CAST(body AS BLOB)"
    asked = (
        f'SELECT consultation_id, "index", kind, {raw} FROM ledger_entry ORDER BY 1, 2',
        'SELECT consultation_id, level, "index", hash FROM ledger_node ORDER BY 1, 2, 3',
        "SELECT consultation_id, size, note FROM ledger_checkpoint ORDER BY 1, 2",
    )
    rows = (row for one in asked for row in connection.execute(text(one)))
    return [tuple(bytes(value) if isinstance(value, memoryview) else value for value in row) for row in rows]


@contextmanager
def opened(url: str) -> Iterator[Connection]:
    """A connection that leaves nothing open."""
    engine = connect(url, synchronous="OFF")
    with engine.connect() as connection:
        yield connection
    engine.dispose()


def held_at(url: str) -> Rows:
    """What is in the database at `url`, where every row names rows that are there."""
    with opened(url) as connection:
        check_deferred_keys(connection)
        return held(connection)


class FilledDatabases:
    """Those of one kind of database. One at a revision is the nearest that was asked for before it, moved on
    from there."""

    def __init__(self, databases: Databases) -> None:
        self.databases = databases
        self.empty: dict[int, str] = {}
        self.full: dict[str, str] = {}

    def at(self, revision: str) -> str:
        """The URL of a copy at this revision, for whoever asks."""
        if revision not in self.full:
            self.full[revision] = self.databases.copy(self._empty(NAMES.index(revision)))
            with opened(self.full[revision]) as connection:
                fill(connection)
        return self.databases.copy(self.full[revision])

    def journey(self) -> Journey:
        """A database that goes from the first revision to the newest, and is filled at each."""
        url, steps = self.databases.bare(), list[Step]()
        for start, script in enumerate(SCRIPTS):
            command.upgrade(configuration(url), script.revision)
            with opened(url) as connection:
                tables = reflected(connection)
                given = fill(connection, start * ROWS, tables)
                _write_bodies(connection)
                there = leaves(connection)
                check_deferred_keys(connection)
                # Rows that are added change none that were there: one look tells what became of those, too.
                *after, before = held_like(connection, tables, *(step.before for step in steps[-1:]), given)
            steps[-1:] = [replace(step, after=one) for step, one in zip(steps[-1:], after, strict=True)]
            steps.append(Step(start, before, before, there))
        return Journey(url, steps, held_at(url), there)

    def _empty(self, place: int) -> str:
        if place not in self.empty:
            before = max((one for one in self.empty if one < place), default=None)
            url = self.databases.bare() if before is None else self.databases.copy(self.empty[before])
            command.upgrade(configuration(url), NAMES[place])
            self.empty[place] = url
        return self.empty[place]


def _write_bodies(connection: Connection) -> None:
    """Bodies for the entries that have none of these yet."""
    keys = connection.execute(
        text("SELECT consultation_id, \"index\" FROM ledger_entry WHERE body LIKE '%ledger_entry%'")
    ).all()
    assert len(keys) >= len(BODIES)
    said = text('UPDATE ledger_entry SET body = :body WHERE consultation_id = :own AND "index" = :index')
    for place, (own, index) in enumerate(keys):
        connection.execute(said, {"body": BODIES[place % len(BODIES)], "own": own, "index": index})
    connection.commit()
