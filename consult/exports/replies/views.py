"""The papers that answer a letter, to be taken away as Word files or PDFs, never kept on the way."""

from flask import Blueprint, Response

from consult.consultations.matter import queries
from consult.consultations.models import Consultation
from consult.errors import NotFound
from consult.exports.replies import reply
from consult.policy import Action
from consult.responses.letters.case import letter_case
from consult.responses.views_frame import term, today
from consult.web import context
from consult.web.files import papers as paper_files
from consult.web.guard import access
from consult.web.staff_text.plain import lines_of

blueprint = Blueprint("replies", __name__)


@blueprint.get(f"/xu-ly/<slug>/van-ban/<int:number>/<name>.<{paper_files.ENDINGS}:ending>")
@access(Action.SEE_SENDERS, of=queries.by_slug)
def paper(consultation: Consultation, number: int, name: str, ending: str) -> Response:
    """The reply or the report, with blanks where no answer is approved yet."""
    case = letter_case(context.session(), consultation, number, term(consultation), today(), False)
    template = reply.offered(consultation, case).get(name)
    if template is None:
        raise NotFound
    told = reply.told(consultation, case, context.arrived_at(), lines_of)
    described = paper_files.described(template, **told)
    return paper_files.answered(described, f"{name}-{consultation.slug}-{number}", ending)
