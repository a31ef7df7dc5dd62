"""`flask --app consult ledger new-epoch SLUG` and `ledger keep-here`: what an operator does after a restore."""

from pathlib import Path

import click
from flask import current_app
from flask.cli import with_appcontext
from sqlalchemy import select

from consult import clock
from consult.command_line import closing_again
from consult.command_line.localized import failed
from consult.command_line.words import say
from consult.consultations.matter import queries
from consult.consultations.models import Consultation
from consult.db import Lock, writing
from consult.errors import NotFound
from consult.ledger.guard import Guard
from consult.transparency import epochs
from consult.transparency.commands import group
from consult.web import context

__all__ = ["group", "keep_here", "new_epoch"]

FILE = click.Path(path_type=Path, dir_okay=False, exists=True)


@group.command("new-epoch")
@click.argument("slug")
@click.option("--reason", required=True)
@click.option("--checkpoint", type=FILE, multiple=True)
@click.option("--yes", is_flag=True)
@with_appcontext
def new_epoch(slug: str, reason: str, checkpoint: tuple[Path, ...], yes: bool) -> None:
    """Goes on with a log whose database was set back, after saying what is lost."""
    session, signer = context.session(), current_app.extensions["consult.signer"]
    notes = [path.read_text("utf-8") for path in checkpoint]
    try:
        consultation = queries.logged(session, slug)
    except NotFound as missing:
        raise failed("command.no_published_matter", slug=slug) from missing
    found = epochs.loss(session, consultation, notes, signer)
    if found is not None:
        click.echo(_told(found))
    if not yes and found is not None:
        click.confirm(say("command.ledger_new_epoch.sure"), abort=True)
    begun = epochs.begin(session, consultation, notes, reason, signer, clock.now())
    click.echo(say("command.ledger_new_epoch.done", slug=slug, number=begun.number))
    _close_erased()


@group.command("keep-here")
@click.option("--yes", is_flag=True)
@with_appcontext
def keep_here(yes: bool) -> None:
    """Has the checkpoints of this database kept in this place from now on, also of logs of which what was kept is gone,
    and forgets logs it does not have."""
    session, guard = context.session(), _guard()
    known = set(session.scalars(select(Consultation.id)))
    strange = [one for one in guard.store.logs() if one not in known]
    lost = guard.lost(session.connection())
    told = {"folder": guard.store.folder, "count": len(strange), "lost": len(lost)}
    session.rollback()
    click.echo(say("command.ledger_keep_here.told", **told))
    if not yes:
        click.confirm(say("command.ledger_keep_here.sure"), abort=True)
    with writing(session, Lock.REFERENCE):
        guard.adopt(session.connection(), clock.now())
    for one in strange:
        guard.store.set_aside(one)
    click.echo(say("command.ledger_keep_here.done", folder=guard.store.folder))
    _close_erased()


def _close_erased() -> None:
    """What was erased again before the log took entries is closed in it now, and so is what was taken back since."""
    closed = current_app.extensions["consult.erase_again"](clock.now())
    if closed:
        click.echo(say("command.ledger_new_epoch.closed", count=closed))
    closing_again.tell(current_app.extensions["consult.close_again"](clock.now()))


def _guard() -> Guard:
    guard: Guard = current_app.extensions["consult.log_guard"]
    return guard


def _told(found: epochs.Loss) -> str:
    known = {"epoch": found.last.epoch, "size": found.last.size, "root": found.last.root.hex()}
    if found.entries is None:
        return say("command.ledger_new_epoch.forked", **known)
    first, last = found.entries
    return say("command.ledger_new_epoch.lost", **known, first=first, last=last)
