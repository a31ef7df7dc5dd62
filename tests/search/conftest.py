"""What the tests of search share."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import Engine

from consult.db import connect
from consult.outbox.worker import Worker
from consult.search.engines.fts5_index import Fts5Index
from consult.search.engines.postgresql_index import PostgresqlIndex
from consult.search.engines.seam import Search
from consult.search.engines.whoosh_index import WhooshIndex
from tests.database import PostgresDatabases

EACH_ENGINE = (Fts5Index, WhooshIndex, pytest.param(PostgresqlIndex, marks=pytest.mark.postgres))
MakeEngine = Callable[[type], Search]


@pytest.fixture
def worker(app: Flask) -> Worker:
    """The worker of the site."""
    found: Worker = app.extensions["consult.worker"]
    return found


@pytest.fixture(scope="session")
def postgresql(postgresql_databases: PostgresDatabases) -> Iterator[Engine]:
    """A database for the index of one test after the other."""
    engine = connect(postgresql_databases.fresh())
    yield engine
    engine.dispose()


@pytest.fixture
def make_engine(request: pytest.FixtureRequest, tmp_path: Path) -> MakeEngine:
    """Makes an engine of some kind, without an index."""

    def make(kind: type) -> Search:
        if kind is not PostgresqlIndex:
            made: Search = kind(tmp_path / "search")
            return made
        index = PostgresqlIndex(request.getfixturevalue("postgresql"))
        index.forget()
        return index

    return make
