"""`flask --app consult db …`: the schema, through Alembic."""

import click
from alembic import command
from flask import current_app

from consult import clock, schema
from consult.command_line.spoken import Group
from consult.command_line.words import say
from consult.ledger import keys

group = Group("db")


@group.command("upgrade", bare=True)
def upgrade() -> None:
    """Brings the schema to the newest revision."""
    current_app.config["INSTANCE"].mkdir(parents=True, exist_ok=True)
    schema.upgrade(current_app.config["DATABASE_URL"])
    click.echo(say("command.db_upgrade.done"))
    if not keys.load(current_app.config["LEDGER_KEY_FOLDER"]):
        keys.create(current_app.config["LEDGER_KEY_FOLDER"], clock.now())
        click.echo(say("command.db_upgrade.key"))


@group.command("revision", bare=True)
@click.option("-m", "--message", required=True)
def revision(message: str) -> None:
    """Writes a new migration from what the models say."""
    command.revision(schema.configuration(current_app.config["DATABASE_URL"]), message, autogenerate=True)
