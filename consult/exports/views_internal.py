"""The tables for the office: for who works at the desk of the matter, never kept on the way."""

from io import BytesIO

from flask import Blueprint, Response, current_app

from consult.consultations.matter import queries
from consult.consultations.models import Consultation
from consult.exports import internal
from consult.exports.internal import Internal
from consult.exports.official_language import official, printed_notice
from consult.exports.service import Format
from consult.exports.views import MEDIA_TYPES
from consult.policy import Action
from consult.web import context
from consult.web.files import downloads
from consult.web.guard import access

blueprint = Blueprint("internal_tables", __name__)


@blueprint.get(f"/xu-ly/<slug>/noi-bo/{Internal.NAMES}.docx")
@access(Action.TAKE_NAMES, of=queries.by_slug)
def with_names(consultation: Consultation) -> Response:
    """The table with the names of all who sent something."""
    return _file(consultation, Internal.NAMES)


@blueprint.get(f"/xu-ly/<slug>/noi-bo/{Internal.DRAFTS}.docx")
@access(Action.SEE_COMMENTS, of=queries.by_slug)
def with_drafts(consultation: Consultation) -> Response:
    """The working copy: every answer as it was written last, public or not."""
    return _file(consultation, Internal.DRAFTS)


def _file(consultation: Consultation, wanted: Internal) -> Response:
    made = BytesIO()
    notice, now = printed_notice(current_app.config["DEMO"]), context.arrived_at()
    internal.write(made, context.session(), consultation, wanted, False, now, official, notice)
    answer = Response(made.getvalue(), mimetype=MEDIA_TYPES[Format.DOCX])
    answer.headers["Cache-Control"] = "no-store"
    return downloads.attached(answer, f"noi-bo-{wanted}-{consultation.slug}.docx")
