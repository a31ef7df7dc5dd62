"""What every command says that may have met a database that was set back: what was taken back is taken back again."""

import click
from flask import current_app

from consult import clock
from consult.command_line.words import say


def close_again() -> None:
    """Closes again what was closed since the backup, and says how much that was, and how much of the rest keeps the
    site closed. Raises what the database says."""
    done = current_app.extensions["consult.close_again"](clock.now())
    if done.closed:
        click.echo(say("command.closed_again.done", count=done.closed))
    if done.shown:
        click.echo(say("command.closed_again.left", count=done.shown))
