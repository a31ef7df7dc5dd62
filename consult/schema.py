"""The schema's migrations, in the folder at the root: where they are, and bringing a database to the newest."""

from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.script import ScriptDirectory

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
