"""`flask --app consult move-to-postgresql TARGET`: the site leaves its SQLite file for good."""

import click
from flask import current_app
from flask.cli import with_appcontext
from sqlalchemy.orm import Session

from consult.command_line.localized import command, failed
from consult.command_line.words import say
from consult.models import metadata
from consult.relocation.contents import Content
from consult.relocation.service import Moved, move
from consult.transparency import commands as ledger_commands
from consult.web import context


@command("move-to-postgresql")
@click.argument("target", envvar="CONSULT_MOVE_TO")
@with_appcontext
def move_to_postgresql(target: str) -> None:
    """Carries every row of the site over to the database TARGET, and looks at its log and files there. The address may
    hold a password, which the list of processes would show: CONSULT_MOVE_TO does not."""
    moved = move(context.database(), target, metadata.sorted_tables, _holds, _tell)
    _sum_up(moved)


def _holds(session: Session) -> None:
    """Whether every matter agrees with its log there, and every kept file is what it was."""
    slugs = ledger_commands.published(session)
    broken = [why for why in (ledger_commands.why_not(session, slug) for slug in slugs) if why]
    if broken:
        raise failed("command.ledger_verify.broken", said="; ".join(broken))
    click.echo(say("command.ledger_verify.done", count=len(slugs)))
    files = context.files()
    count = 0
    for name in files.names():
        files.opened(name).close()
        count += 1
    click.echo(say("command.move_to_postgresql.files", count=count))


def _tell(name: str, content: Content) -> None:
    click.echo(say("command.move_to_postgresql.table", name=name, rows=content.rows, hash=content.fingerprint[:16]))


def _sum_up(moved: Moved) -> None:
    code = "before" if moved.before else "done"
    click.echo(say(f"command.move_to_postgresql.{code}", tables=len(moved.contents), rows=moved.rows))
    click.echo(say("command.move_to_postgresql.next", instance=current_app.config["INSTANCE"]))
