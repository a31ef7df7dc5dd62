"""`flask --app consult restore-drill`: a backup is restored into an empty place, tried, and taken away again."""

import os
import signal
import sys
from pathlib import Path
from urllib.parse import urlsplit

import click
from flask import current_app
from flask.cli import with_appcontext

from consult import clock
from consult.administration.backups import encryption
from consult.administration.backups.commands import site_of
from consult.command_line.localized import Failed, command
from consult.transparency.drill.service import Trial, drill

FOLDER = click.Path(path_type=Path, file_okay=False, exists=True)
FILE = click.Path(path_type=Path, dir_okay=False, exists=True)


@command("restore-drill", bare=True)
@click.option("--backup", type=FOLDER)
@click.option("--identity", type=FILE)
@click.option("--checkpoint", type=FILE, multiple=True)
@with_appcontext
def restore_drill(backup: Path | None, identity: Path | None, checkpoint: tuple[Path, ...]) -> None:
    """Restores a backup on trial, starts the site from it, verifies it and says what a restore would lose."""
    # Whoever ends this ends what it started, too.
    signal.signal(signal.SIGTERM, lambda *_about: sys.exit(128 + signal.SIGTERM))
    secret = encryption.identity_in(identity) if identity else None
    config, notes = current_app.config, [path.read_text("utf-8") for path in checkpoint]
    trial = Trial(
        site_of(config), Path(config["CHECKPOINTS_FOLDER"]), config["LEDGER_ORIGIN"],
        urlsplit(config["SITE_URL"]).netloc, os.environ, backup, secret, notes,
    )  # fmt: skip
    found = drill(trial, click.echo, clock.now())
    if not found.ok:
        raise Failed(found.said)
    click.echo(found.said)
