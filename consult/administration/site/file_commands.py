"""`flask --app consult move-files FOLDER`: what all machines must see goes where the settings say."""

from pathlib import Path

import click
from flask import current_app
from flask.cli import with_appcontext

import config
from consult.command_line.localized import command, failed
from consult.command_line.words import say
from consult.files.places.carrying import carry
from consult.files.places.folder import FolderPlace
from consult.files.places.opening import place_at

HASHED = frozenset({"files", "waiting"})
"""Kinds whose names are the hashes of their content."""
NAMED = 3
"""So many of the files that were not carried over are named."""


@command("move-files", bare=True)
@click.argument("folder", type=click.Path(path_type=Path, file_okay=False, exists=True))
@with_appcontext
def move_files(folder: Path) -> None:
    """Carries files, forms, answers, tables and packages from FOLDER, the earlier CONSULT_SHARED or CONSULT_INSTANCE,
    to where the settings say that they lie."""
    bad: list[str] = []
    for kind in config.KEPT:
        bad += _moved(folder.resolve(), kind)
    if bad:
        raise failed("command.move_files.damaged", count=len(bad), names=", ".join(bad[:NAMED]))
    click.echo(say("command.move_files.next", folder=folder))


def _moved(folder: Path, kind: str) -> list[str]:
    """Carries one kind, and gives the names of what is not right there."""
    source, target = FolderPlace(folder / kind), place_at(current_app.config[f"{kind.upper()}_FOLDER"])
    if source.address == target.address:
        raise failed("command.move_files.same", folder=source.address)
    found = list(carry(source, target, kind in HASHED))
    new = sum(one.good and not one.before for one in found)
    click.echo(say("command.move_files.kind", kind=kind, new=new, before=sum(one.before for one in found)))
    return [f"{kind}/{one.name}" for one in found if not one.good]
