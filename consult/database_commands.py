"""`flask --app consult db …`: the schema, through Alembic."""

import click
from alembic import command
from flask import current_app
from flask.cli import AppGroup

from consult import clock, schema
from consult.ledger import keys

group = AppGroup("db", help="The schema of the database.")


@group.command("upgrade")
def upgrade() -> None:
    """Brings the schema to the newest revision."""
    current_app.config["INSTANCE"].mkdir(parents=True, exist_ok=True)
    schema.upgrade(current_app.config["DATABASE_URL"])
    click.echo("The schema is at the newest revision.")
    if not keys.load(current_app.config["LEDGER_KEY_FOLDER"]):
        keys.create(current_app.config["LEDGER_KEY_FOLDER"], clock.now())
        click.echo("The first key of the public ledger is made; the backup keeps it.")


@group.command("revision")
@click.option("-m", "--message", required=True)
def revision(message: str) -> None:
    """Writes a new migration from what the models say."""
    command.revision(schema.configuration(current_app.config["DATABASE_URL"]), message, autogenerate=True)
