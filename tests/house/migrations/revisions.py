"""Databases that stand at a revision and have rows in every table: each is made once and copied."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager

from alembic import command
from alembic.script import Script, ScriptDirectory
from sqlalchemy import Connection

from consult.db import connect
from tests.database import Databases, check_deferred_keys
from tests.house.migrations.filled import Rows, fill, held
from tests.house.migrations.test_migrations import configuration

SCRIPTS: list[Script] = list(ScriptDirectory.from_config(configuration("")).walk_revisions())[::-1]
"""Every migration, the first one first."""
NAMES = [script.revision for script in SCRIPTS]

Filled = Callable[[str], str]
"""Gives the URL of a database of the test's own that stands at the revision of that name and is full of rows."""


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
    """Those of one kind of database. One at a revision is the one before it, moved on by one migration."""

    def __init__(self, databases: Databases) -> None:
        self.databases = databases
        self.empty: list[str] = []
        self.full: dict[str, str] = {}

    def at(self, revision: str) -> str:
        """The URL of a copy at this revision, for whoever asks."""
        if revision not in self.full:
            self.full[revision] = self.databases.copy(self._empty(NAMES.index(revision)))
            with opened(self.full[revision]) as connection:
                fill(connection)
        return self.databases.copy(self.full[revision])

    def _empty(self, place: int) -> str:
        while len(self.empty) <= place:
            url = self.databases.copy(self.empty[-1]) if self.empty else self.databases.bare()
            command.upgrade(configuration(url), NAMES[len(self.empty)])
            self.empty.append(url)
        return self.empty[place]
