"""`flask --app consult worker`: handles the outbox until it is told to stop."""

import click
from flask import current_app
from flask.cli import with_appcontext

from consult import clock
from consult.outbox.worker import Worker, stop_on_signals


@click.command("worker")
@click.option("--once", is_flag=True, help="Handle what is due now, then end.")
@with_appcontext
def worker(once: bool) -> None:
    """Sends mail, keeps the search index, and seals periods that have ended."""
    handling: Worker = current_app.extensions["consult.worker"]
    if once:
        handled = handling.run_once(clock.now)
        click.echo(f"{handled} messages handled.")
        return
    stop = stop_on_signals()
    click.echo("The worker is ready.")
    handling.run(clock.now, stop)
