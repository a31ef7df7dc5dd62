"""`flask --app consult reindex`: builds the search index from the database."""

import click
from flask import current_app
from flask.cli import with_appcontext

from consult import clock
from consult.search.handlers import Indexing
from consult.search.seam import Busy
from consult.web import context


@click.command("reindex")
@with_appcontext
def reindex() -> None:
    """Builds the search index from the database; the one there is answers until then."""
    indexing = Indexing(current_app.extensions["consult.search"])
    try:
        count = indexing.rebuild(context.session(), clock.now())
    except Busy:
        raise click.ClickException("The worker is writing to the index; try again in a moment.") from None
    click.echo(f"{count} documents indexed.")
