"""`flask --app consult reindex`: builds the search index from the database."""

import click
from flask import current_app
from flask.cli import with_appcontext

from consult import clock
from consult.command_line.localized import command, failed
from consult.command_line.words import say
from consult.search.engines.seam import IndexBusy
from consult.search.handlers import IndexHandlers
from consult.web import context


@command("reindex")
@with_appcontext
def reindex() -> None:
    """Builds the search index from the database; the one there is answers until then."""
    indexing = IndexHandlers(current_app.extensions["consult.search"])
    try:
        count = indexing.rebuild(context.session(), clock.now())
    except IndexBusy:
        raise failed("command.reindex.busy") from None
    click.echo(say("command.reindex.done", count=count))
