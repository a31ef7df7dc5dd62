"""The migrations make the tables that the models describe, on both kinds of database."""

from typing import Any

from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import inspect

from consult.db import connect
from consult.models import metadata
from tests.database import Databases
from tests.house.migrations.filled import lines_of
from tests.house.rooms import CHECKOUT


def configuration(url: str) -> Config:
    """Alembic, told where the migrations lie and which database is meant."""
    alembic = Config()
    alembic.set_main_option("script_location", str(CHECKOUT / "migrations"))
    alembic.attributes["url"] = url
    return alembic


SHAPE = {
    "sqlite": ("SELECT type, name, tbl_name, sql FROM sqlite_master ORDER BY type, name",),
    "postgresql": (
        "SELECT table_name, column_name, ordinal_position, data_type, udt_name, is_nullable, column_default,"
        " character_maximum_length, numeric_precision, numeric_scale, is_identity, is_generated"
        " FROM information_schema.columns WHERE table_schema = 'public' ORDER BY table_name, ordinal_position",
        "SELECT conrelid::regclass::text, conname, pg_get_constraintdef(oid) FROM pg_constraint ORDER BY 1, 2, 3",
        "SELECT tablename, indexname, indexdef FROM pg_indexes WHERE schemaname = 'public' ORDER BY 1, 2",
        "SELECT objoid::regclass::text, objsubid, description FROM pg_description"
        " WHERE classoid = 'pg_class'::regclass AND objoid >= 16384 ORDER BY 1, 2",
    ),
}
"""Everything that alembic compares, as a database says it."""
_found: dict[str, list[Any]] = {}


def differences(url: str) -> list[Any]:
    """What alembic would still change to make the database what the models are: looked for once in all databases of
    the same shape."""
    engine = connect(url)
    with engine.connect() as connection:
        asked = SHAPE[connection.dialect.name]
        shape = repr([[lines_of(*row) for row in connection.exec_driver_sql(one)] for one in asked])
        if shape not in _found:
            context = MigrationContext.configure(connection, opts={"compare_type": True})
            _found[shape] = compare_metadata(context, metadata)
    engine.dispose()
    return _found[shape]


def test_migrations_make_what_the_models_describe(databases: Databases) -> None:
    url = databases.bare()
    command.upgrade(configuration(url), "head")
    assert differences(url) == []
    databases.drop(url)


def test_migrations_can_be_taken_back(databases: Databases) -> None:
    url = databases.bare()
    command.upgrade(configuration(url), "head")
    command.downgrade(configuration(url), "base")
    engine = connect(url)
    left = set(inspect(engine).get_table_names()) - {"alembic_version"}
    engine.dispose()
    assert not left
    databases.drop(url)


def test_migrations_form_one_line() -> None:
    assert len(ScriptDirectory.from_config(configuration("")).get_heads()) == 1
