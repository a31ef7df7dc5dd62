"""`flask --app consult check`: the condition of the site, a sentence for each part."""

import click
from flask import current_app
from flask.cli import with_appcontext

from consult import clock
from consult.administration.condition.findings import State, look_at
from consult.web import context
from consult.web.catalogue import say


@click.command("check")
@with_appcontext
def check() -> None:
    """Says of each part of the site whether it is in order and what to do; fails when something is broken."""
    found = look_at(current_app.extensions["consult.checks"], context.session(), clock.now())
    for one in found:
        click.echo(
            f"{say(f'condition.state.{one.state}'):<12} {say(f'condition.{one.check}')}: {say(one.code, **one.details)}"
        )
    broken = sum(one.state in (State.BROKEN, State.UNKNOWN) for one in found)
    if broken:
        raise click.ClickException(say("condition.broken", count=broken))
    click.echo(say("condition.nothing_broken"))
