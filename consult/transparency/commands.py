"""`flask --app consult ledger verify SLUG` and `… ledger verify --all`."""

from collections.abc import Iterator

import click
from flask import current_app
from flask.cli import with_appcontext
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from consult import clock
from consult.administration.condition import kept_results, log_checks
from consult.command_line.localized import Group, failed
from consult.command_line.words import language, say
from consult.consultations.matter import queries
from consult.consultations.models import Consultation
from consult.consultations.words import Kind
from consult.db import Database
from consult.errors import NotFound
from consult.ledger.models import LedgerEntry
from consult.ledger.site_entries import SITE_LOG
from consult.programme import heads
from consult.programme.head_models import Programme
from consult.transparency.row_reading import UNREADABLE
from consult.transparency.verification.programme.service import verify_programme
from consult.transparency.verification.service import Tampered, verify
from consult.transparency.verification.site_log import verify_site_log

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
        slugs = published(session) if slug is None else [slug]
        entries = session.scalar(select(func.count()).select_from(LedgerEntry)) if every else 0
    found = {one: why for one in slugs if (why := _why_not(database, one, told=every))}
    if every:
        _keep(len(slugs), entries or 0, list(found))
    if found:
        raise failed("command.ledger_verify.broken", said="; ".join(found.values()))
    if unsigned := _unsigned(database, slugs):
        raise failed("command.ledger_verify.unsigned", count=len(slugs), said=" ".join(unsigned))
    click.echo(say("command.ledger_verify.done", count=len(slugs)))


def _keep(count: int, entries: int, broken: list[str]) -> None:
    """What came of holding all logs against all data, for the page of the site's condition."""
    facts = {"at": clock.now().isoformat(), "count": count, "entries": entries, "broken": broken}
    kept_results.keep(current_app.config["CONDITION_FOLDER"], kept_results.VERIFIED, facts)


def _unsigned(database: Database, slugs: list[str]) -> list[str]:
    """What a database that was set back is told: its rows agree with logs that lack what was signed since. It is no
    finding about the rows, and the page of the site's condition says of it what is so now."""
    guard = current_app.extensions["consult.log_guard"]
    with database.session() as session:
        logs = [(queries.logged(session, one).id, one) for one in slugs]
    found = [log_checks.of_log(database, guard, own_id, slug) for own_id, slug in logs]
    return [say(one.code, **one.details) for one in found if one is not None]


def published(session: Session) -> list[str]:
    """The addresses of all that has a public log, the log of the site too, the oldest first."""
    public = Consultation.published_at.is_not(None) | Programme.public_at.is_not(None) | (Consultation.id == SITE_LOG)
    every = select(Consultation.slug).outerjoin(Programme, Programme.consultation_id == Consultation.id).where(public)
    return list(session.scalars(every.order_by(Consultation.created_at, Consultation.id)))


def _why_not(database: Database, slug: str, told: bool) -> str:
    """Why the matter `slug` does not hold; empty when it does. Each has a session of its own."""
    if told:
        click.echo(f"{slug}:")
    with database.session() as session:
        return why_not(session, slug)


def why_not(session: Session, slug: str) -> str:
    """The same in a session under way, each thing told that holds."""
    try:
        for line in _verified(session, slug):
            click.echo(line)
    except NotFound as missing:
        raise failed("command.no_published_matter", slug=slug) from missing
    except Tampered as found:
        return f"{slug}: {found.told.in_language(language())}"
    except UNREADABLE as error:
        return say("command.ledger_verify.unreadable", slug=slug, said=error)
    return ""


def _verified(session: Session, slug: str) -> Iterator[str]:
    """What is checked of a matter, of a programme or of the site log. Raises NotFound for what is not public."""
    files, signer = current_app.extensions["consult.files"], current_app.extensions["consult.signer"]
    logged, keys = queries.logged(session, slug), [one.key for one in current_app.extensions["consult.witnesses"]]
    if logged.kind is Kind.SITE_LOG:
        return verify_site_log(session, signer, keys)
    if logged.kind is Kind.PROGRAMME:
        return verify_programme(session, heads.public(session, slug), files, signer, keys)
    if logged.published_at is None:
        raise NotFound
    return verify(session, logged, files, signer, keys)
