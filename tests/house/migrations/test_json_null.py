"""A column of JSON that has nothing is NULL, as any other; the text `null` is never stored."""

import pytest
from alembic import command
from sqlalchemy import JSON, text

from consult.db import Base, connect
from tests.house.migrations.revisions import Filled
from tests.house.migrations.test_migrations import configuration


def test_every_column_of_json_stores_nothing_as_null() -> None:
    columns = [column for table in Base.metadata.tables.values() for column in table.columns]
    json = [column for column in columns if isinstance(column.type, JSON)]
    assert len(json) > 10
    assert not [str(column) for column in json if not column.type.none_as_null]


@pytest.mark.parametrize("column", ["comment.box", "consultation.profile_rules"])
def test_an_upgrade_makes_null_of_what_was_the_text_null(filled: Filled, column: str) -> None:
    url, (table, name) = filled("b81d5f27c0e4"), column.split(".")
    engine = connect(url, synchronous="OFF")
    with engine.begin() as connection:
        connection.execute(text(f"UPDATE {table} SET {name} = 'null'"))
    command.upgrade(configuration(url), "head")
    with engine.connect() as connection:
        counted = text(f"SELECT count(*), count({name}) FROM {table}")
        assert tuple(connection.execute(counted).one()) == (4, 0)
    engine.dispose()
