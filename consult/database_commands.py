"""`flask --app consult db …`: the schema, through Alembic."""

from pathlib import Path

import click
from alembic import command
from alembic.config import Config
from flask import current_app
from flask.cli import AppGroup

from consult import clock
from consult.ledger import keys

MIGRATIONS = Path(__file__).resolve().parent.parent / "migrations"

group = AppGroup("db", help="The schema of the database.")


def configuration(url: str) -> Config:
    """Alembic's configuration for the database at `url`."""
    configured = Config()
    configured.set_main_option("script_location", str(MIGRATIONS))
    configured.attributes["url"] = url
    return configured


@group.command("upgrade")
def upgrade() -> None:
    """Brings the schema to the newest revision."""
    current_app.config["INSTANCE"].mkdir(parents=True, exist_ok=True)
    command.upgrade(configuration(current_app.config["DATABASE_URL"]), "head")
    click.echo("The schema is at the newest revision.")
    if not keys.load(current_app.config["LEDGER_KEY_FOLDER"]):
        keys.create(current_app.config["LEDGER_KEY_FOLDER"], clock.now())
        click.echo("The first key of the public ledger is made; the backup keeps it.")


@group.command("revision")
@click.option("-m", "--message", required=True)
def revision(message: str) -> None:
    """Writes a new migration from what the models say."""
    command.revision(configuration(current_app.config["DATABASE_URL"]), message, autogenerate=True)
