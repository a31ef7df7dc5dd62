"""The accepted wordings of a matter as a Word file, for the desk."""

from io import BytesIO

from flask import Blueprint, Response, current_app

from consult.consultations.matter import queries
from consult.consultations.models import Consultation
from consult.exports import heading
from consult.exports.accepted_table import document
from consult.exports.accepted_table.document import AcceptedTable
from consult.exports.official_language import official, printed_notice
from consult.policy import Action
from consult.responses.redlines import accepted
from consult.responses.redlines.clauses import Clauses, lines_of
from consult.web import context
from consult.web.files import downloads, papers
from consult.web.guard import access

blueprint = Blueprint("accepted_table", __name__)


@blueprint.get("/xu-ly/<slug>/du-thao-tiep-thu/loi-van.docx")
@access(Action.SEE_COMMENTS, of=queries.by_slug)
def download(consultation: Consultation) -> Response:
    """Every accepted wording beside what the newest draft says, clause by clause."""
    session, made = context.session(), BytesIO()
    head = heading.head(session, consultation, context.arrived_at(), printed_notice(current_app.config["DEMO"]))
    found = accepted.accepted(session, consultation)
    document.write(made, AcceptedTable(head, found, Clauses(lines_of(session, found.revision))), official)
    answer = Response(made.getvalue(), mimetype=papers.DOCX, headers={"Cache-Control": "no-store"})
    return downloads.attached(answer, f"loi-van-tiep-thu-{consultation.slug}.docx")
