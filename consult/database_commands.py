"""`flask --app consult db …`: the schema, through Alembic."""

import sys

import click
from alembic import command
from flask import current_app
from flask.cli import with_appcontext
from sqlalchemy import make_url

from consult import clock, keys_commands, schema, sqlite
from consult.command_line import closing_again
from consult.command_line.localized import Group, failed
from consult.command_line.words import say
from consult.errors import Unavailable
from consult.keys.ring import Purpose
from consult.sqlite import WriteLock
from consult.web import context
from consult.writer_queue import WriterQueue

group = Group("db")


@group.command("upgrade", bare=True)
@click.option("--lost", type=keys_commands.LOST, multiple=True)
@with_appcontext
def upgrade(lost: tuple[str, ...]) -> None:
    """Brings the schema to the newest revision, and makes the keys that are not there yet, unless one is missing that
    was not said to be `lost`: then nothing has changed."""
    instance, url = current_app.config["INSTANCE"], current_app.config["DATABASE_URL"]
    instance.mkdir(parents=True, exist_ok=True)
    try:
        with WriteLock(instance / "upgrade.lock", WriterQueue()).held():
            with context.database().lock.held():
                keys_commands.check_first(bool(schema.standing(url)), [Purpose(one) for one in lost])
                schema.upgrade(url)
            click.echo(say("command.db_upgrade.done"))
            keys_commands.make_first()
        _erase_again()
    except Unavailable as busy:
        raise failed("command.fault.database_busy") from busy


def _erase_again() -> None:
    """A database that was restored, by whatever tool, brings back neither what was erased nor what was closed."""
    again = current_app.extensions["consult.erase_again"](clock.now())
    if again:
        click.echo(say("command.db_upgrade.erased_again", count=again))
    closing_again.tell(current_app.extensions["consult.close_again"](clock.now()))


@group.command("current", bare=True)
@with_appcontext
def current() -> None:
    """Prints the revision that the database stands at, also one of a later release, or a dash."""
    url = current_app.config["DATABASE_URL"]
    standing = () if sqlite.is_missing(make_url(url)) else schema.heads(url)
    click.echo(", ".join(standing) or "–")


@group.command("serves", bare=True)
@click.argument("revision")
@with_appcontext
def serves(revision: str) -> None:
    """Ends with 0 when the code of a revision works on the schema that the database has, and says so; else with 1."""
    works = schema.serves(context.database().engine, [revision])
    click.echo(say(f"command.db_serves.{'works' if works else 'too_old'}", revision=revision))
    sys.exit(0 if works else 1)


@group.command("revision", bare=True)
@click.option("-m", "--message", required=True)
@with_appcontext
def revision(message: str) -> None:
    """Writes a new migration from what the models say."""
    command.revision(schema.configuration(current_app.config["DATABASE_URL"]), message, autogenerate=True)
