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
from tests.house.rooms import CHECKOUT


def configuration(url: str) -> Config:
    """Alembic, told where the migrations lie and which database is meant."""
    alembic = Config()
    alembic.set_main_option("script_location", str(CHECKOUT / "migrations"))
    alembic.attributes["url"] = url
    return alembic


def differences(url: str) -> list[Any]:
    """What alembic would still change to make the database what the models are."""
    engine = connect(url)
    with engine.connect() as connection:
        found = compare_metadata(MigrationContext.configure(connection, opts={"compare_type": True}), metadata)
    engine.dispose()
    return found


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
