"""The schema's migrations, in the folder at the root: where they are, and bringing a database to the newest."""

from enum import StrEnum
from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Engine, inspect

MIGRATIONS = Path(__file__).resolve().parent.parent / "migrations"


def configuration(url: str) -> Config:
    """Alembic's configuration for the database at `url`."""
    configured = Config()
    configured.set_main_option("script_location", str(MIGRATIONS))
    configured.attributes["url"] = url
    return configured


def upgrade(url: str) -> None:
    """Brings the database at `url` to the newest revision; one that is there already stays as it is."""
    command.upgrade(configuration(url), "head")


def newest() -> tuple[str, ...]:
    """The newest revisions that the folder has: one, unless two branches were not merged."""
    return tuple(ScriptDirectory(str(MIGRATIONS)).get_heads())


class State(StrEnum):
    """How a database stands to this release: without tables, behind it, ahead of it, or right."""

    MISSING = "missing"
    OLD = "old"
    NEW = "new"
    CURRENT = "current"


def state(engine: Engine) -> State:
    """How the database behind `engine` stands; one that was made without migrations is taken as it is. A file that is
    not there is not made by asking. Raises SQLAlchemyError when the database does not answer."""
    url = engine.url
    if url.get_backend_name() == "sqlite" and url.database and not Path(url.database).is_file():
        return State.MISSING
    with engine.connect() as connection:
        at = set(MigrationContext.configure(connection).get_current_heads())
        tables = at or inspect(connection).get_table_names()
    if not at:
        return State.CURRENT if tables else State.MISSING
    if at == set(newest()):
        return State.CURRENT
    known = {script.revision for script in ScriptDirectory(str(MIGRATIONS)).walk_revisions()}
    return State.OLD if at <= known else State.NEW
