"""What every test may ask for: the real documents, and databases."""

import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import Engine
from sqlalchemy.orm import Session

from consult.db import connect
from tests.database import Databases, PostgresDatabases, SqliteDatabases, postgresql_server

CHECKOUT = Path(__file__).resolve().parent.parent


@pytest.fixture(scope="session")
def samples() -> Path:
    """The folder of real documents. A test that needs it fails without it: a skipped proof proves nothing."""
    folder = Path(os.environ.get("CONSULT_SAMPLES") or CHECKOUT.parent / "shared" / "data")
    if not folder.is_dir():
        pytest.fail(
            f"There are no real documents at {folder}. Point CONSULT_SAMPLES at the folder that holds legal/, eia/, "
            "comments/, areas/ and suites/, or leave these tests out with: pytest -m 'not real'",
            pytrace=False,
        )
    return folder


@pytest.fixture(scope="session")
def sqlite_databases(tmp_path_factory: pytest.TempPathFactory) -> SqliteDatabases:
    """Empty SQLite databases, as many as are asked for."""
    return SqliteDatabases(tmp_path_factory.mktemp("sqlite"))


@pytest.fixture(scope="session")
def postgresql_databases() -> Iterator[PostgresDatabases]:
    """Empty databases on a PostgreSQL that runs for as long as these tests do."""
    with postgresql_server() as server:
        yield PostgresDatabases(server)


@pytest.fixture(scope="session", params=["sqlite", pytest.param("postgresql", marks=pytest.mark.postgres)])
def databases(request: pytest.FixtureRequest) -> Databases:
    """Each kind of database in turn: whatever asks for this runs on both."""
    return request.getfixturevalue(f"{request.param}_databases")


@pytest.fixture(scope="session")
def engine(databases: Databases) -> Iterator[Engine]:
    """One database for all tests that roll back, on both kinds."""
    engine = connect(databases.fresh(), synchronous="OFF")
    yield engine
    engine.dispose()


@pytest.fixture
def session(engine: Engine) -> Iterator[Session]:
    """A session for the tests of services and models, on both kinds of database.

    It commits and rolls back as any other, inside one transaction that is undone after the test.
    """
    with engine.connect() as connection:
        transaction = connection.begin()
        with Session(connection, join_transaction_mode="create_savepoint", expire_on_commit=False) as session:
            yield session
        transaction.rollback()


@pytest.fixture
def database_url(databases: Databases) -> Iterator[str]:
    """A database of the test's own on both kinds, for what really commits: locks, threads, processes."""
    url = databases.fresh()
    yield url
    databases.drop(url)


@pytest.fixture
def sqlite_url(sqlite_databases: SqliteDatabases) -> Iterator[str]:
    """A SQLite database of the test's own, for tests of pages: what they prove does not depend on the kind."""
    url = sqlite_databases.fresh()
    yield url
    sqlite_databases.drop(url)
