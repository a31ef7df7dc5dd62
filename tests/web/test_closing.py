"""A request ends in peace when its database is gone: what it has to answer reaches whoever asked."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import create_engine, func, select

from consult.web import context
from tests.application import end, make_app
from tests.database import PostgresDatabases

pytestmark = pytest.mark.postgres


@pytest.fixture
def app(postgresql_databases: PostgresDatabases, tmp_path: Path) -> Iterator[Flask]:
    """A site on PostgreSQL."""
    url = postgresql_databases.fresh()
    made = make_app(url, tmp_path)
    yield made
    end(made)
    postgresql_databases.drop(url)


@pytest.mark.parametrize("opened", [context.session, context.connection])
def test_what_reads_on_a_connection_that_the_server_ended_is_closed_without_a_word(app: Flask, opened: object) -> None:
    assert callable(opened)
    engine = app.extensions["consult.database"].engine
    another = create_engine(engine.url)
    with app.test_request_context("/"):
        own = opened().execute(select(func.pg_backend_pid())).scalar_one()
        with another.connect() as connection:
            connection.execute(select(func.pg_terminate_backend(own)))
        context.close_database()
        assert engine.pool.checkedout() == 0
        assert opened().execute(select(1)).scalar_one() == 1
    another.dispose()
