"""`flask --app consult backup DIR` and `restore DIR`."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import click
from flask import current_app
from flask.cli import with_appcontext

from consult import clock
from consult.administration.backing_up import BackupFailed, back_up
from consult.administration.backing_up import restore as put_back
from consult.command_line.spoken import command, failed
from consult.command_line.words import say

FOLDER = click.Path(path_type=Path, file_okay=False)


@contextmanager
def _told() -> Iterator[None]:
    try:
        yield
    except BackupFailed as why:
        raise failed(f"command.backup_failed.{why.code}", **why.values) from why


def _places() -> tuple[str, Path, Path]:
    config = current_app.config
    return config["DATABASE_URL"], config["FILES_FOLDER"], config["LEDGER_KEY_FOLDER"]


@command("backup", bare=True)
@click.argument("folder", type=FOLDER)
@with_appcontext
def backup(folder: Path) -> None:
    """Writes database, files and ledger keys into FOLDER, which must be new or empty."""
    with _told():
        count = back_up(folder, *_places(), clock.now())
    click.echo(say("command.backup.done", count=count, place=folder))


@command("restore", bare=True)
@click.argument("folder", type=FOLDER)
@with_appcontext
def restore(folder: Path) -> None:
    """Puts the backup in FOLDER into an empty installation; rebuild the search index afterwards (reindex)."""
    with _told():
        count = put_back(folder, *_places())
    click.echo(say("command.restore.done", count=count))
