"""The table of answers as a file, for who answers at the desk of the matter; never kept on the way."""

from collections.abc import Callable
from io import BytesIO
from typing import Any

from flask import Blueprint, Response, current_app, request

from consult.consultations.matter import queries
from consult.consultations.models import Consultation
from consult.exports import service
from consult.exports.answer_table import lines, spreadsheet, word_file
from consult.exports.answer_table.lines import Wanted
from consult.exports.heading import head
from consult.exports.official_language import official, printed_notice
from consult.exports.service import Format
from consult.exports.views import MEDIA_TYPES
from consult.policy import Action
from consult.responses.answer_tables import views_listed
from consult.responses.views_frame import knows_senders, today
from consult.web import context
from consult.web.files import downloads
from consult.web.guard import access

blueprint = Blueprint("answer_table", __name__)
Write = Callable[..., None]


@blueprint.get("/xu-ly/<slug>/bang-tra-loi/bang.docx")
@access(Action.DRAFT_ANSWER, of=queries.by_slug)
def as_word(consultation: Consultation) -> Response:
    """The rows of the list as a Word file."""
    return _file(consultation, word_file.write, "docx", MEDIA_TYPES[Format.DOCX])


@blueprint.get("/xu-ly/<slug>/bang-tra-loi/bang.xlsx")
@access(Action.DRAFT_ANSWER, of=queries.by_slug)
def as_spreadsheet(consultation: Consultation) -> Response:
    """The same as a spreadsheet."""
    return _file(consultation, spreadsheet.write, "xlsx", MEDIA_TYPES[Format.ROWS_XLSX])


def _file(consultation: Consultation, write: Write, ending: str, media_type: str) -> Response:
    made = BytesIO()
    write(made, *_content(consultation), official)
    answer = Response(made.getvalue(), mimetype=media_type)
    answer.headers["Cache-Control"] = "no-store"
    return downloads.attached(answer, f"bang-tra-loi-{consultation.slug}.{ending}")


def _content(consultation: Consultation) -> tuple[Any, Any]:
    """The head and the rows of what the address asks for."""
    session, now = context.session(), context.arrived_at()
    _above, entries = service.printed(session, consultation, now)
    above = head(session, consultation, now, printed_notice(current_app.config["DEMO"]))
    which = lines.ALL if request.args.get("ca") == lines.ALL else lines.NO_DRAFT
    numbers = frozenset(views_listed.numbers(consultation))
    wanted = Wanted(numbers, which, knows_senders(consultation), today())
    return above, lines.lines(session, consultation, entries, wanted, official)
