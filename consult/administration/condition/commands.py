"""`flask --app consult check`: the condition of the site, a sentence for each part; `--alert` mails what is new."""

from collections.abc import Sequence
from contextlib import suppress
from datetime import datetime

import click
from flask import current_app
from flask.cli import with_appcontext

from consult import clock
from consult.administration.condition.alert_round import AlertRound, NotSent
from consult.administration.condition.findings import Finding, State, look_at, summary
from consult.administration.condition.watch_checks import CertificateCheck
from consult.command_line.localized import Failed, command, failed, traced
from consult.command_line.words import say
from consult.version import VERSION
from consult.web import context

NOT_TOLD = 75
"""What `check --alert` ends with when something is wrong and nobody could be told (EX_TEMPFAIL): the machine's journal
has it then."""


@command("check", bare=True)
@click.option("--alert", is_flag=True)
@with_appcontext
def check(alert: bool) -> None:
    """Says of each part of the site whether it is in order and what to do; fails when something is broken."""
    now = clock.now()
    with suppress(OSError):
        CertificateCheck(current_app.config).look(context.session(), now)
    found = look_at(current_app.extensions["consult.checks"], context.session(), now, traced())
    if alert:
        _alert(found, now)
        return
    for one in found:
        click.echo(_told(one))
    code, count = summary(found)
    said = say(code, count=count)
    if code == "condition.broken":
        raise Failed(said)
    click.echo(said)


def _alert(found: Sequence[Finding], now: datetime) -> None:
    """Mails what is new. When that cannot be, what is not in order stands in the journal, and the command fails."""
    alerts: AlertRound = current_app.extensions["consult.alerts"]
    try:
        told = alerts.tell(found, now)
    except (NotSent, OSError) as failure:
        for one in found:
            if one.state is not State.WELL:
                click.echo(_told(one), err=True)
        why = failure.why if isinstance(failure, NotSent) else "not_kept"
        error = failed(f"command.check.{why}", said=getattr(failure, "said", failure))
        error.exit_code = NOT_TOLD  # type: ignore[misc]
        raise error from failure
    click.echo(say("command.check.told" if told else "command.check.nothing_new"))


def _told(one: Finding) -> str:
    return f"[{say(f'condition.state.{one.state}')}] {say(f'condition.{one.check}')}: {say(one.code, **one.details)}"


@command("version", bare=True)
def version() -> None:
    """Says which version this is, and nothing else."""
    click.echo(VERSION)
