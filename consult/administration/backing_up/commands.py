"""`flask --app consult backup DIR`, `backup nightly`, `backup check DIR`, `backup new-key FILE` and `restore DIR`."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import click
from flask import current_app
from flask.cli import AppGroup, with_appcontext

from consult import clock
from consult.administration.backing_up import making, manifest, restoring, sealing
from consult.administration.backing_up.manifest import BackupFailed
from consult.administration.backing_up.next_steps import next_steps
from consult.administration.backing_up.nightly import Site, alone
from consult.administration.backing_up.nightly import nightly as make_nightly

FOLDER = click.Path(path_type=Path, file_okay=False)
FILE = click.Path(path_type=Path, dir_okay=False)


class _OrFolder(AppGroup):
    """What is no ability's name is the folder of a single backup: `backup /mnt/usb/consult`."""

    def resolve_command(self, ctx: click.Context, args: list[str]) -> Any:
        known = args and (args[0] in self.commands or args[0].startswith("-"))
        return super().resolve_command(ctx, args if known else ["into", *args])


@click.group("backup", cls=_OrFolder)
def backup() -> None:
    """Backups: `backup FOLDER` writes one, `backup nightly` one beside the earlier ones."""


@backup.command("into", hidden=True)
@click.argument("folder", type=FOLDER)
@with_appcontext
def into(folder: Path) -> None:
    """Writes database, files and keys into FOLDER, which must be new or empty."""
    site = _site()
    with _told():
        making.check_place(folder, site.instance)
        with alone(site.instance):
            count = making.back_up(
                folder,
                site.database_url,
                site.files,
                site.keys,
                clock.now(),
                recipient=site.recipient,
                scratch=site.instance,
            )
    click.echo(f"{count} files are backed up in {folder}.")


@backup.command("nightly")
@with_appcontext
def nightly() -> None:
    """Writes one into CONSULT_BACKUP_FOLDER, after letting go what is too old or in the way."""
    site = _site()
    if not site.folder.is_absolute():
        raise click.ClickException("CONSULT_BACKUP_FOLDER must be set, from / on; see docs/operating.md.")
    with _told():
        made = make_nightly(site, clock.now())
    for gone in made.let_go:
        click.echo(f"Let go: {gone}")
    click.echo(f"{made.count} files are backed up in {made.folder}: {_mb(made.size)}, {_mb(made.added)} of it new.")
    if made.complaints:
        raise click.ClickException(" ".join(made.complaints))


@backup.command("check")
@click.argument("folder", type=FOLDER)
@click.option("--identity", type=FILE, help="Opens every file of an encrypted backup as well.")
def check(folder: Path, identity: Path | None) -> None:
    """Says whether the backup in FOLDER is whole; needs no key."""
    with _told():
        secret = sealing.identity_in(identity) if identity else None
        found = restoring.check_inside(folder, secret) if secret else manifest.checked(folder)
    lock = f", encrypted for {found.recipient}" if found.recipient else ", not encrypted"
    click.echo(f"{len(found.files)} files of {found.made_at} are whole{lock}.")


@backup.command("new-key")
@click.argument("file", type=FILE)
def new_key(file: Path) -> None:
    """Makes an identity in FILE, which opens what its recipient was given; run it away from the server."""
    with _told():
        recipient = sealing.new_identity(file, clock.now())
    click.echo(f"CONSULT_BACKUP_KEY={recipient}")
    click.echo(
        f"Keep {file} on two memory sticks in two safes and nowhere on the server: whoever has it can read every "
        "backup, and without it nobody can.",
        err=True,
    )


@click.command("restore")
@click.argument("folder", type=FOLDER)
@click.option("--identity", type=FILE, help="The file of `backup new-key`, for an encrypted backup.")
@with_appcontext
def restore(folder: Path, identity: Path | None) -> None:
    """Puts the backup in FOLDER into an empty installation, and says what is to be done next."""
    site = _site()
    with _told():
        secret = sealing.identity_in(identity) if identity else None
        count = restoring.restore(folder, site.database_url, site.files, site.keys, secret)
    click.echo(f"{count} files are restored. Now run:")
    for step in next_steps(site.database_url, current_app.config["ENVIRONMENT"] == "production"):
        click.echo(f"  {step}")


@contextmanager
def _told() -> Iterator[None]:
    try:
        yield
    except (BackupFailed, OSError) as failed:
        raise click.ClickException(str(failed)) from failed


def _site() -> Site:
    config = current_app.config
    return Site(
        config["DATABASE_URL"],
        config["FILES_FOLDER"],
        config["KEYS_FOLDER"],
        config["INSTANCE"],
        config["BACKUP_FOLDER"],
        config["BACKUP_DAYS"],
        config["BACKUP_KEY"],
    )


def _mb(size: int) -> str:
    return f"{size / 1_000_000:.1f} MB"
