"""`flask --app consult backup DIR`, `backup nightly`, `backup send`, `backup elsewhere`, `backup fetch DIR`, `backup
check DIR`, `backup new-key FILE` and `restore DIR`.

None of them asks for the schema first: the backup before an upgrade is made while it is still the earlier one.
"""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import click
from babel.numbers import format_decimal
from flask import current_app
from flask.cli import with_appcontext

from consult import clock
from consult.administration.backups import create, elsewhere, encryption, last_sending, manifest, restoration
from consult.administration.backups.last_sending import Sending
from consult.administration.backups.next_steps import next_steps
from consult.administration.backups.nightly import Site, alone, earlier_ones
from consult.administration.backups.nightly import nightly as make_nightly
from consult.command_line import closing_again
from consult.command_line.error_messages import telling
from consult.command_line.localized import Failed, GroupOr, command, failed
from consult.command_line.words import language, say
from consult.files.s3.client import Client
from consult.files.s3.settings import BACKUPS

FOLDER = click.Path(path_type=Path, file_okay=False)
FILE = click.Path(path_type=Path, dir_okay=False)

backup = GroupOr("backup", otherwise="into")


@backup.command("into", bare=True, hidden=True)
@click.argument("folder", type=FOLDER)
@with_appcontext
def into(folder: Path) -> None:
    """Writes database, files and keys into FOLDER, which must be new or empty."""
    site = site_of(current_app.config)
    create.check_place(folder, site.instance)
    with alone(site.instance):
        count = create.back_up(
            folder,
            site.database_url,
            site.files,
            site.keys,
            clock.now(),
            recipient=site.recipient,
            scratch=site.instance,
        )
    click.echo(say("command.backup_into.done", count=count, place=folder))


@backup.command("nightly", bare=True)
@with_appcontext
def nightly() -> None:
    """Writes one into CONSULT_BACKUP_FOLDER, after letting go what is too old or in the way."""
    site = site_of(current_app.config)
    if not site.folder.is_absolute():
        raise failed("command.backup_nightly.no_folder", name="CONSULT_BACKUP_FOLDER")
    made = make_nightly(site, clock.now())
    for gone in made.let_go:
        click.echo(say("command.backup_nightly.let_go", place=gone))
    sizes = {"size": _megabytes(made.size), "added": _megabytes(made.added)}
    click.echo(say("command.backup_nightly.done", count=made.count, place=made.folder, **sizes))
    if made.complaints:
        raise Failed(" ".join(map(telling, made.complaints)))


@backup.command("check", bare=True)
@click.argument("folder", type=FOLDER)
@click.option("--identity", type=FILE)
def check(folder: Path, identity: Path | None) -> None:
    """Says whether the backup in FOLDER is whole; needs no key."""
    secret = encryption.identity_in(identity) if identity else None
    found = restoration.check_inside(folder, secret) if secret else manifest.checked(folder)
    code = "command.backup_check.sealed" if found.recipient else "command.backup_check.plain"
    click.echo(say(code, count=len(found.files), at=found.made_at, recipient=found.recipient))


@backup.command("send", bare=True)
@with_appcontext
def send() -> None:
    """Sends the newest backup in CONSULT_BACKUP_FOLDER to the second place."""
    site, client, now = site_of(current_app.config), _second_place(), clock.now()
    newest = next(reversed(earlier_ones(site.folder)), None) if site.folder.is_dir() else None
    if newest is None:
        raise failed("command.backup_send.none_yet", place=site.folder)
    with alone(site.instance, "backup-send.lock"):
        sent = elsewhere.send(client, newest, site.days, clock.local_day(now))
    last_sending.write(site.instance, Sending(now, newest.name))
    for name in sent.let_go:
        click.echo(say("command.backup_nightly.let_go", place=name))
    values = {"name": newest.name, "server": client.address.endpoint, "size": _megabytes(sent.size)}
    click.echo(say("command.backup_send.done", count=sent.count, **values))


@backup.command("elsewhere", bare=True)
@with_appcontext
def listed() -> None:
    """Prints the names of the backups in the second place, the newest first."""
    for name in elsewhere.names(_second_place()):
        click.echo(name)


@backup.command("fetch", bare=True)
@click.argument("folder", type=FOLDER)
@click.option("--backup", "name")
@with_appcontext
def fetch(folder: Path, name: str | None) -> None:
    """Brings a backup, the newest unless it is named, from the second place into FOLDER."""
    client = _second_place()
    wanted = name or next(iter(elsewhere.names(client)), None)
    if wanted is None:
        raise failed("command.backup_fetch.none_there")
    found = elsewhere.fetch(client, wanted, folder)
    click.echo(say("command.backup_fetch.done", name=wanted, count=len(found.files), place=folder))


@backup.command("new-key", bare=True)
@click.argument("file", type=FILE)
def new_key(file: Path) -> None:
    """Makes an identity in FILE, which opens what its recipient was given; run it away from the server."""
    recipient = encryption.new_identity(file, clock.now())
    click.echo(f"CONSULT_BACKUP_KEY={recipient}")
    click.echo(say("command.backup_new_key.keep", place=file), err=True)


@command("restore", bare=True)
@click.argument("folder", type=FOLDER)
@click.option("--identity", type=FILE)
@with_appcontext
def restore(folder: Path, identity: Path | None) -> None:
    """Puts the backup in FOLDER into an empty installation, and says what is to be done next."""
    site = site_of(current_app.config)
    secret = encryption.identity_in(identity) if identity else None
    count = restoration.restore(folder, site.database_url, site.files, site.keys, secret)
    again = current_app.extensions["consult.erase_again"](clock.now())
    if again:
        click.echo(say("command.db_upgrade.erased_again", count=again))
    closing_again.tell(current_app.extensions["consult.close_again"](clock.now()))
    click.echo(say("command.restore.done", count=count))
    for step in next_steps(site.database_url, current_app.config["ENVIRONMENT"] == "production"):
        click.echo(f"  {step}")


def site_of(config: Mapping[str, Any]) -> Site:
    """Where the installation with these settings has its data, and its backups."""
    return Site(
        config["DATABASE_URL"],
        config["FILES_FOLDER"],
        config["KEYS_FOLDER"],
        config["INSTANCE"],
        config["BACKUP_FOLDER"],
        config["BACKUP_DAYS"],
        config["BACKUP_KEY"],
    )


def _second_place() -> Client:
    store = current_app.config["BACKUP_STORE"]
    if not store:
        raise failed("command.backup_fetch.no_store", name=BACKUPS.url)
    return elsewhere.opened(store)


def _megabytes(size: int) -> str:
    return format_decimal(size / 1_000_000, format="#,##0.0", locale=language())
