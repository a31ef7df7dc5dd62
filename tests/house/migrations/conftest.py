"""What tests of migrations ask for."""

from collections.abc import Iterator

import pytest

from tests.database import Databases
from tests.house.migrations.revisions import Filled, FilledDatabases, Journey


@pytest.fixture(scope="session")
def filled_databases(databases: Databases) -> FilledDatabases:
    """Those of each kind of database in turn."""
    return FilledDatabases(databases)


@pytest.fixture
def filled(filled_databases: FilledDatabases) -> Iterator[Filled]:
    """Databases at any revision, gone after the test."""
    made: list[str] = []

    def at(revision: str) -> str:
        made.append(filled_databases.at(revision))
        return made[-1]

    yield at
    for url in made:
        filled_databases.databases.drop(url)


@pytest.fixture(scope="module")
def journey(filled_databases: FilledDatabases) -> Iterator[Journey]:
    """A database that went from the first revision to the newest: the tests of a file look at the same one."""
    found = filled_databases.journey()
    yield found
    filled_databases.databases.drop(found.url)
