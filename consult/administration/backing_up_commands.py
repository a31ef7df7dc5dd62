"""`flask --app consult backup DIR` and `restore DIR`."""

from pathlib import Path

import click
from flask import current_app
from flask.cli import with_appcontext

from consult import clock
from consult.administration.backing_up import BackupFailed, back_up
from consult.administration.backing_up import restore as put_back

FOLDER = click.Path(path_type=Path, file_okay=False)


def _places() -> tuple[str, Path, Path]:
    config = current_app.config
    return config["DATABASE_URL"], config["FILES_FOLDER"], config["KEYS_FOLDER"]


@click.command("backup")
@click.argument("folder", type=FOLDER)
@with_appcontext
def backup(folder: Path) -> None:
    """Writes database, files and keys into FOLDER, which must be new or empty."""
    try:
        count = back_up(folder, *_places(), clock.now())
    except (BackupFailed, OSError) as failed:
        raise click.ClickException(str(failed)) from failed
    click.echo(f"{count} files are backed up in {folder}.")


@click.command("restore")
@click.argument("folder", type=FOLDER)
@with_appcontext
def restore(folder: Path) -> None:
    """Puts the backup in FOLDER into an empty installation; rebuild the search index afterwards (reindex)."""
    try:
        count = put_back(folder, *_places())
    except (BackupFailed, OSError) as failed:
        raise click.ClickException(str(failed)) from failed
    click.echo(f"{count} files are restored. Now run: flask --app consult reindex")
