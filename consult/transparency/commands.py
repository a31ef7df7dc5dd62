"""`flask --app consult ledger verify SLUG` and `… ledger verify --all`."""

import click
from flask import current_app
from flask.cli import with_appcontext
from sqlalchemy import select
from sqlalchemy.orm import Session

from consult.command_line.localized import Group, failed
from consult.command_line.words import language, say
from consult.consultations.matter import queries
from consult.consultations.models import Consultation
from consult.db import Database
from consult.errors import NotFound
from consult.transparency.row_reading import UNREADABLE
from consult.transparency.verification.service import Tampered, verify

group = Group("ledger")


@group.command("verify")
@click.argument("slug", required=False)
@click.option("--all", "every", is_flag=True)
@with_appcontext
def verify_command(slug: str | None, every: bool) -> None:
    """Checks everything in the database about a matter, or about all, against the public log."""
    if (slug is None) is not every:
        raise failed("command.ledger_verify.which")
    database: Database = current_app.extensions["consult.database"]
    with database.session() as session:
        slugs = _published(session) if slug is None else [slug]
    broken = [why for why in (_why_not(database, one, told=every) for one in slugs) if why]
    if broken:
        raise failed("command.ledger_verify.broken", said="; ".join(broken))
    click.echo(say("command.ledger_verify.done", count=len(slugs)))


def _published(session: Session) -> list[str]:
    public = Consultation.published_at.is_not(None)
    return list(session.scalars(select(Consultation.slug).where(public).order_by(Consultation.published_at)))


def _why_not(database: Database, slug: str, told: bool) -> str:
    """Why the matter `slug` does not hold; empty when it does. Each has a session of its own."""
    files, signer = current_app.extensions["consult.files"], current_app.extensions["consult.signer"]
    if told:
        click.echo(f"{slug}:")
    with database.session() as session:
        try:
            consultation = queries.by_slug(session, slug)
            if consultation.published_at is None:
                raise NotFound
            for line in verify(session, consultation, files, signer):
                click.echo(line)
        except NotFound as missing:
            raise failed("command.no_published_matter", slug=slug) from missing
        except Tampered as found:
            return f"{slug}: {found.told.in_language(language())}"
        except UNREADABLE as error:
            return say("command.ledger_verify.unreadable", slug=slug, said=error)
    return ""
