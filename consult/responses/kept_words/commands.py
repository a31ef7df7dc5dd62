"""`flask --app consult desk-words SLUG`: the words of a matter's comments held against the texts, or kept anew."""

from __future__ import annotations

import click
from flask.cli import with_appcontext

from consult.command_line.localized import command, failed
from consult.command_line.words import say
from consult.consultations.matter import queries
from consult.errors import NotFound
from consult.responses.kept_words import keeping
from consult.web import context

MOST_NAMED = 20


@command("desk-words")
@click.argument("slug")
@click.option("--rebuild", is_flag=True)
@with_appcontext
def desk_words(slug: str, rebuild: bool) -> None:
    """Tells which comments say something else than is kept of them, or keeps the words of all anew. Ends with 1 when
    there are such comments."""
    session = context.session()
    try:
        matter = queries.by_slug(session, slug)
    except NotFound:
        raise failed("similar.no_matter", slug=slug) from None
    if rebuild:
        click.echo(say("desk_words.rebuilt", count=keeping.rebuild(session, matter.id)))
        return
    wrong = keeping.differing(session, matter.id)
    if wrong:
        named = ", ".join(str(number) for number in wrong[:MOST_NAMED])
        raise failed("desk_words.differ", count=len(wrong), which=named)
    click.echo(say("desk_words.right"))
