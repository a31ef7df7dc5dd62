"""`flask --app consult witnesses ask`, `… carry NAME FOLDER`, `… bring NAME FOLDER`, for the site; and
`flask --app consult witness FOLDER …`, which runs the program of a witness itself."""

import subprocess
import sys
from pathlib import Path

import click
from flask import current_app
from flask.cli import with_appcontext

from consult import clock
from consult.command_line.localized import Group, command, failed
from consult.command_line.words import say
from consult.resource_paths import DOCS
from consult.web import context
from consult.witness.rounds import WitnessRound
from consult.witness.settings import Witness
from consult.witness.standing import troubles
from consult.witness.stick import bring, carry

PROGRAM = DOCS / "witness.py"
FOLDER = click.Path(path_type=Path, file_okay=False, exists=True)

group = Group("witnesses")


@group.command("ask")
@with_appcontext
def ask() -> None:
    """Asks every witness that the network reaches, as the worker does every hour."""
    found = _witnesses()
    if not any(one.url for one in found):
        raise failed("command.witnesses.none")
    WitnessRound(found, current_app.extensions["consult.signer"]).ask(context.session(), clock.now())
    click.echo(say("command.witnesses_ask.done", names=", ".join(one.name for one in found if one.url)))
    for one in troubles(context.session(), found, clock.now()):
        click.echo(say(f"witness_trouble.{one.code}", name=one.witness, logs=one.logs))


@group.command("carry")
@click.argument("name")
@click.argument("folder", type=FOLDER)
@with_appcontext
def carry_command(name: str, folder: Path) -> None:
    """Writes what a witness without a network is to sign into a folder, as of a stick."""
    signer = current_app.extensions["consult.signer"]
    slugs = list(carry(context.session(), _named(name), folder, signer, clock.now()))
    click.echo(say("command.witnesses_carry.done", count=len(slugs), folder=folder))


@group.command("bring")
@click.argument("name")
@click.argument("folder", type=FOLDER)
@with_appcontext
def bring_command(name: str, folder: Path) -> None:
    """Takes what a witness answered from that folder, and says of each log what it said."""
    signer, count = current_app.extensions["consult.signer"], 0
    for slug, answer in bring(context.session(), _named(name), folder, signer, clock.now()):
        click.echo(f"{slug}: {say(f'witness_said.{answer.said}')}")
        count += 1
    click.echo(say("command.witnesses_bring.done", count=count))


@command("witness", bare=True, context_settings={"ignore_unknown_options": True})
@click.argument("words", nargs=-1, type=click.UNPROCESSED)
def witness_command(words: tuple[str, ...]) -> None:
    """Runs docs/witness.py, the program of a witness, which shares no code with the site."""
    raise SystemExit(subprocess.run([sys.executable, str(PROGRAM), *words], check=False).returncode)


def _witnesses() -> tuple[Witness, ...]:
    found: tuple[Witness, ...] = current_app.extensions["consult.witnesses"]
    return found


def _named(name: str) -> Witness:
    found = next((one for one in _witnesses() if one.name == name), None)
    if found is None:
        raise failed("command.witnesses.unknown", name=name)
    return found
