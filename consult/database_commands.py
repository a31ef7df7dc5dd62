"""`flask --app consult db …`: the schema, through Alembic."""

import click
from alembic import command
from flask import Flask, current_app
from flask.cli import with_appcontext

from consult import keys_commands, schema
from consult.command_line.spoken import Group, failed
from consult.command_line.words import say
from consult.errors import Unavailable
from consult.patience import Patience
from consult.sqlite import WriteLock
from consult.web import context

group = Group("db")


@group.command("upgrade", bare=True)
@with_appcontext
def upgrade() -> None:
    """Brings the schema to the newest revision, and makes the keys that are not there yet."""
    instance = current_app.config["INSTANCE"]
    instance.mkdir(parents=True, exist_ok=True)
    try:
        with WriteLock(instance / "upgrade.lock", Patience()).held():
            with context.database().lock.held():
                schema.upgrade(current_app.config["DATABASE_URL"])
            click.echo(say("command.db_upgrade.done"))
            keys_commands.make_first()
    except Unavailable as busy:
        raise failed("command.fault.database_busy") from busy


@group.command("revision", bare=True)
@click.option("-m", "--message", required=True)
@with_appcontext
def revision(message: str) -> None:
    """Writes a new migration from what the models say."""
    command.revision(schema.configuration(current_app.config["DATABASE_URL"]), message, autogenerate=True)


def register(app: Flask) -> None:
    """Gives `app` the commands for its schema and its keys."""
    app.cli.add_command(group)
    app.cli.add_command(keys_commands.group)
