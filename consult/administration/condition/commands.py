"""`flask --app consult check`: the condition of the site, a sentence for each part."""

import click
from flask import current_app
from flask.cli import with_appcontext

from consult import clock
from consult.administration.condition.findings import look_at, summary
from consult.command_line.localized import Failed, command, traced
from consult.command_line.words import say
from consult.version import VERSION
from consult.web import context


@command("check", bare=True)
@with_appcontext
def check() -> None:
    """Says of each part of the site whether it is in order and what to do; fails when something is broken."""
    found = look_at(current_app.extensions["consult.checks"], context.session(), clock.now(), traced())
    for one in found:
        part, said = say(f"condition.{one.check}"), say(one.code, **one.details)
        click.echo(f"[{say(f'condition.state.{one.state}')}] {part}: {said}")
    code, count = summary(found)
    said = say(code, count=count)
    if code == "condition.broken":
        raise Failed(said)
    click.echo(said)


@command("version", bare=True)
def version() -> None:
    """Says which version this is, and nothing else."""
    click.echo(VERSION)
