"""`flask --app consult export-table SLUG --format docx -o FILE`."""

import os
from pathlib import Path

import click
from flask import current_app
from flask.cli import with_appcontext
from sqlalchemy.orm import Session

from consult import clock
from consult.command_line.localized import command, failed
from consult.command_line.words import say
from consult.consultations.matter import queries
from consult.db import Database
from consult.errors import NotFound
from consult.exports import service
from consult.exports.official_language import official, printed_notice
from consult.exports.printed.table_pdf import MOST_ROWS, TooLong
from consult.exports.service import Format
from consult.files.atomic_write import whole
from consult.policy import ANYBODY, Action, decide


@command("export-table")
@click.argument("slug")
@click.option("--format", "wanted", required=True, type=click.Choice([each.value for each in Format]))
@click.option("-o", "--output", required=True, type=click.Path(dir_okay=False, writable=True, path_type=Path))
@with_appcontext
def export_table(slug: str, wanted: str, output: Path) -> None:
    """Writes the public consolidated table of the matter SLUG to a file."""
    database: Database = current_app.extensions["consult.database"]
    with database.session() as session:
        try:
            _write(session, slug, Format(wanted), output)
        except NotFound as missing:
            raise failed("command.no_published_matter", slug=slug) from missing
        except TooLong as long:
            raise failed("command.export_table.too_long", most=MOST_ROWS) from long
        except OSError as why:
            raise failed("command.export_table.not_written", place=output, said=why.strerror) from why
    click.echo(say("command.export_table.done", place=output, size=output.stat().st_size))


def _write(session: Session, slug: str, wanted: Format, output: Path) -> None:
    """Writes it whole, so that what stood at `output` is not lost to a failure."""
    consultation = queries.by_slug(session, slug)
    now = clock.now()
    if decide(ANYBODY, Action.READ_MATTER, consultation, now) is not None:
        raise NotFound
    notice = printed_notice(current_app.config["DEMO"])
    with whole(output) as made:
        service.write(made, session, consultation, wanted, now, official, notice)
        os.fchmod(made.fileno(), 0o644)
