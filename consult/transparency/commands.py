"""`flask --app consult ledger verify SLUG`."""

import click
from flask import current_app
from flask.cli import AppGroup, with_appcontext

from consult.consultations import finding
from consult.db import Database
from consult.errors import NotFound
from consult.transparency.tampering import UNREADABLE
from consult.transparency.verifying import Tampered, verify

group = AppGroup("ledger", help="The public log of a matter.")


@group.command("verify")
@click.argument("slug")
@with_appcontext
def verify_command(slug: str) -> None:
    """Checks everything in the database about the matter SLUG against its public log, and names the first entry or row
    that does not hold."""
    database: Database = current_app.extensions["consult.database"]
    files, signer = current_app.extensions["consult.files"], current_app.extensions["consult.signer"]
    with database.session() as session:
        try:
            consultation = finding.by_slug(session, slug)
            if consultation.published_at is None:
                raise NotFound
            for line in verify(session, consultation, files, signer):
                click.echo(line)
        except NotFound as missing:
            raise click.ClickException(f"There is no published matter {slug}.") from missing
        except Tampered as found:
            raise click.ClickException(f"Does not hold: {found}.") from found
        except UNREADABLE as error:
            raise click.ClickException(f"Does not hold: a row of {slug} cannot be read ({error}).") from error
    click.echo("Everything holds.")
