"""`flask --app consult maintenance on|off`: says to everybody that the site is being worked on, and that it is over."""

from datetime import UTC, datetime, timedelta

import click
from flask import current_app
from flask.cli import with_appcontext

from consult import clock
from consult.command_line.localized import Group, failed
from consult.command_line.words import language, say
from consult.web.requests.maintenance import Maintenance, Switch
from consult.web.templating import moment_in

group = Group("maintenance")
WHOLE, OF_DAY = "%Y-%m-%d %H:%M", "%H:%M"
LONGEST_MESSAGE = 500


@group.command("on", bare=True)
@click.option("--until", default="")
@click.option("--message", default="")
@click.option("--message-en", default="")
@click.option("--closed", is_flag=True)
@with_appcontext
def on(until: str, message: str, message_en: str, closed: bool) -> None:
    """Keeps the site from changing, or closes it, until `maintenance off`."""
    if max(len(message), len(message_en)) > LONGEST_MESSAGE:
        raise failed("command.maintenance_on.long", most=LONGEST_MESSAGE)
    now = clock.now()
    ends = _moment(until, now) if until else None
    _switch().turn_on(Maintenance(now, ends, message.strip(), message_en.strip(), closed))
    _tell(_switch())


@group.command("off", bare=True)
@with_appcontext
def off() -> None:
    """Ends it."""
    if not _switch().turn_off():
        raise failed("command.maintenance_off.not_on")
    click.echo(say("command.maintenance_off.done"))


@group.command("state", bare=True)
@with_appcontext
def state() -> None:
    """Says whether it is on."""
    _tell(_switch())


def _tell(switch: Switch) -> None:
    announced = switch.state()
    if announced is None:
        click.echo(say("command.maintenance_state.off"))
        return
    how = "closed" if announced.closed else "reads"
    began = moment_in(announced.began, language())
    click.echo(say(f"command.maintenance_state.{how}", began=began))
    if announced.until is not None:
        click.echo(say("command.maintenance_state.until", until=moment_in(announced.until, language())))


def _moment(said: str, now: datetime) -> datetime:
    """The instant that is written in the local calendar; a time alone is of today, or of tomorrow once it is past.
    Raises Failed for what is none, or over already."""
    local = now.astimezone(clock.LOCAL_ZONE)
    ends = _written(said, WHOLE)
    if ends is None and (of_day := _written(said, OF_DAY)) is not None:
        ends = datetime.combine(local.date(), of_day.time(), clock.LOCAL_ZONE)
        ends += timedelta(days=ends <= local)
    if ends is None:
        raise failed("command.maintenance_on.not_a_moment", given=said)
    if ends <= now:
        raise failed("command.maintenance_on.over", given=said)
    return ends.astimezone(UTC)


def _written(said: str, form: str) -> datetime | None:
    try:
        return datetime.strptime(said, form).replace(tzinfo=clock.LOCAL_ZONE)
    except ValueError:
        return None


def _switch() -> Switch:
    found: Switch = current_app.extensions["consult.maintenance"]
    return found
