"""`flask --app consult import-draft`."""

from pathlib import Path

import click
from flask import current_app
from flask.cli import with_appcontext

from consult import clock, size_limits
from consult.command_line.localized import command, failed
from consult.consultations.files import uploaded_files
from consult.consultations.files.pdf_pages import PdfReader
from consult.consultations.preparation import draft_import
from consult.consultations.preparation.draft_import import BodyNames
from consult.consultations.words import DRAFTS, Kind, Procedure
from consult.db import Database
from consult.files.store import FileStore

MOST_BYTES = size_limits.DRAFT


@command("import-draft")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, readable=True, path_type=Path))
@click.option("--title", required=True)
@click.option("--kind", required=True, type=click.Choice([kind.value for kind in DRAFTS]))
@click.option("--procedure", type=click.Choice([one.value for one in Procedure]), default=Procedure.COMMENT.value)
@click.option("--lead", default="")
@click.option("--answering", default="")
@click.option("--issuing", default="")
@click.option("--publish", is_flag=True)
@with_appcontext
def import_draft(
    file: Path, title: str, kind: str, procedure: str, lead: str, answering: str, issuing: str, publish: bool
) -> None:
    """Brings FILE in as the main draft of a new matter, and prints the matter's slug."""
    named = BodyNames(lead, answering, issuing)
    if file.stat().st_size > MOST_BYTES:
        raise failed("command.import_draft.too_large", most=MOST_BYTES // 1024 // 1024)
    store: FileStore = current_app.extensions["consult.files"]
    reader: PdfReader = current_app.extensions["consult.pdf_reader"]
    upload = uploaded_files.read_upload(file.read_bytes(), file.name, store, reader)
    with _database().session() as session:
        sort = (Kind(kind), Procedure(procedure))
        slug = draft_import.import_draft(session, title, sort, named, upload, publish, clock.now()).slug
    click.echo(slug)


def _database() -> Database:
    found: Database = current_app.extensions["consult.database"]
    return found
