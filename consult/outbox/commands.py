"""`flask --app consult worker`: handles the outbox until it is told to stop; `outbox …`: what it has given up."""

from datetime import timedelta

import click
from flask import current_app
from flask.cli import with_appcontext

from consult import clock
from consult.command_line.localized import Group, command
from consult.command_line.words import say
from consult.db import Database
from consult.outbox import dead_letters
from consult.outbox.condition import LOOK_BACK
from consult.outbox.stopping import stop_on_signals
from consult.outbox.worker import Worker


@command("worker")
@click.option("--once", is_flag=True)
@with_appcontext
def worker(once: bool) -> None:
    """Sends mail, keeps the search index, and seals periods that have ended."""
    handling: Worker = current_app.extensions["consult.worker"]
    if once:
        handled = handling.run_once(clock.now)
        click.echo(say("command.worker.done", count=handled))
        return
    stop = stop_on_signals()
    click.echo(say("command.worker.ready"))
    handling.run(clock.now, stop)


group = Group("outbox")


@group.command("retry")
@click.argument("event", default="")
@click.option("--days", type=click.IntRange(min=1, max=3650), default=LOOK_BACK.days, show_default=True)
@with_appcontext
def retry(event: str, days: int) -> None:
    """Has what was given up handled anew, of one kind of EVENT or of all."""
    now = clock.now()
    with _database().session() as session:
        count = dead_letters.retry(session, event, now - timedelta(days=days), now)
    click.echo(say("command.outbox_retry.done", count=count))


@group.command("forget")
@click.argument("event", default="")
@with_appcontext
def forget(event: str) -> None:
    """Has the condition of the site tell no more of what was given up."""
    with _database().session() as session:
        count = dead_letters.forget(session, event, clock.now())
    click.echo(say("command.outbox_forget.done", count=count))


def _database() -> Database:
    database: Database = current_app.extensions["consult.database"]
    return database
