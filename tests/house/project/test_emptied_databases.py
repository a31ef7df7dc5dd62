"""A database that another test has left is as good as a new one, or is not handed on."""

from collections.abc import Callable

import pytest
from sqlalchemy import Connection, func, select, text
from sqlalchemy.exc import OperationalError
from sqlalchemy.orm import Session

from consult.db import connect
from consult.people.models import Organisation
from tests.builders import make_organisation
from tests.database import PostgresDatabases

pytestmark = pytest.mark.postgres


def next_after(databases: PostgresDatabases, use: Callable[[Connection], object]) -> tuple[str, str]:
    """A database that was used and dropped while somebody was still connected to it, and the next one."""
    url = databases.fresh()
    engine = connect(url)
    with engine.connect() as connection:
        use(connection)
        connection.commit()
        databases.drop(url)
        with pytest.raises(OperationalError):
            connection.execute(text("SELECT 1"))
        connection.invalidate()
    engine.dispose()
    return url, databases.fresh()


def test_the_next_finds_no_row(postgresql_databases: PostgresDatabases) -> None:
    used, given = next_after(postgresql_databases, lambda connection: make_organisation(Session(connection)))
    engine = connect(given)
    with engine.connect() as connection:
        assert given == used and connection.scalar(select(func.count()).select_from(Organisation)) == 0
    engine.dispose()
    postgresql_databases.drop(given)


@pytest.mark.parametrize(
    "statement",
    [
        "CREATE TABLE beside (id int)",
        "CREATE INDEX more ON organisation (name)",
        "ALTER TABLE organisation ALTER name DROP NOT NULL",
        "ALTER TABLE organisation DISABLE TRIGGER ALL",
        "TRUNCATE organisation CASCADE",
        "CREATE SEQUENCE numbers",
    ],
)
def test_where_more_than_rows_was_changed_nobody_is_next(
    postgresql_databases: PostgresDatabases, statement: str
) -> None:
    used, given = next_after(postgresql_databases, lambda connection: connection.execute(text(statement)))
    assert given != used
    postgresql_databases.drop(given)
