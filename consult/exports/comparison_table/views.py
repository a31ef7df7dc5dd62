"""The comparison of two drafts as a Word file, for the desk."""

from collections.abc import Iterator
from os import SEEK_END
from tempfile import TemporaryFile
from typing import IO

from flask import Blueprint, Response, current_app

from consult.consultations.document_models import Revision
from consult.consultations.matter import queries
from consult.consultations.models import Consultation
from consult.consultations.revisions import matching, successors
from consult.errors import NotFound
from consult.exports import heading
from consult.exports.comparison_table import changed_rows, document
from consult.exports.comparison_table.document import Compared
from consult.exports.official_language import official, printed_notice
from consult.policy import Action
from consult.submissions import anchors
from consult.web import context
from consult.web.files import downloads, papers
from consult.web.guard import access

blueprint = Blueprint("comparison", __name__)
CHUNK = 64 * 1024


@blueprint.get("/xu-ly/<slug>/ban-so-sanh/<int:newer>-<int:older>.docx")
@access(Action.REVISE_MATTER, of=queries.by_slug)
def download(consultation: Consultation, newer: int, older: int) -> Response:
    """Draft `newer` of the main document, public or still waiting, beside an earlier one: whole before the first byte
    is sent."""
    session, line = context.session(), _line(consultation, newer, older)
    notice = printed_notice(current_app.config["DEMO"])
    head = heading.head(session, consultation, context.arrived_at(), notice)
    # Closed with the answer, which hands it out piece by piece.
    file = TemporaryFile()  # noqa: SIM115
    rows = changed_rows.rows(session, consultation, line)
    document.write(file, Compared(head, older, newer), rows, official)
    answer = Response(_sent(file), mimetype=papers.DOCX, headers={"Cache-Control": "no-store"})
    answer.call_on_close(file.close)
    answer.content_length = file.seek(0, SEEK_END)
    return downloads.attached(answer, f"ban-so-sanh-{consultation.slug}-{newer}-{older}.docx")


def _line(consultation: Consultation, newer: int, older: int) -> list[Revision]:
    """The drafts from the older to the newer one; raises NotFound where they cannot be compared."""
    session = context.session()
    filed = queries.document_of(session, consultation.id, anchors.MAIN)
    last = queries.revision_of(session, filed, newer)
    before = matching.previous(session, last)
    if older >= newer or before is None or not matching.is_matched(session, last):
        raise NotFound
    line = [one for one in [*successors.line_to(session, before), last] if one.number >= older]
    if line[0].number != older or "pages" in {one.grammar for one in line}:
        raise NotFound
    return line


def _sent(made: IO[bytes]) -> Iterator[bytes]:
    made.seek(0)
    with made:
        while chunk := made.read(CHUNK):
            yield chunk
