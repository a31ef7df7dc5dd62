"""The tables for the office: for who works at the desk of the matter, never kept on the way. A small one is made while
one waits; of a large one the package of the matter has it, which is made beside the worker."""

from io import BytesIO

from flask import Blueprint, Response, current_app, redirect, request, url_for
from flask.typing import ResponseReturnValue

from consult.consultations.matter import queries
from consult.consultations.models import Consultation
from consult.exports import internal
from consult.exports.internal import FORMS, Internal
from consult.exports.official_language import official, printed_notice
from consult.exports.package import views as package
from consult.exports.printed.table_pdf import MOST_ROWS
from consult.exports.table_state import small, state_of
from consult.exports.views import MEDIA_TYPES
from consult.policy import Action
from consult.responses.views_frame import page
from consult.web import context
from consult.web.files import downloads
from consult.web.guard import access

blueprint = Blueprint("internal_tables", __name__)
ENDINGS = f"any({', '.join(FORMS)})"


@blueprint.get(f"/xu-ly/<slug>/noi-bo/{Internal.NAMES}.<{ENDINGS}:ending>")
@access(Action.TAKE_NAMES, of=queries.by_slug)
def with_names(consultation: Consultation, ending: str) -> ResponseReturnValue:
    """The table with the names of all who sent something: what goes to the body that issues."""
    return _file(consultation, Internal.NAMES, ending)


@blueprint.get(f"/xu-ly/<slug>/noi-bo/{Internal.DRAFTS}.<{ENDINGS}:ending>")
@access(Action.SEE_COMMENTS, of=queries.by_slug)
def with_drafts(consultation: Consultation, ending: str) -> ResponseReturnValue:
    """The working copy: every answer as it was written last, public or not."""
    return _file(consultation, Internal.DRAFTS, ending)


def _file(consultation: Consultation, wanted: Internal, ending: str) -> ResponseReturnValue:
    notice, now, form = printed_notice(current_app.config["DEMO"]), context.arrived_at(), FORMS[ending]
    if not small(context.session(), state_of(context.session(), consultation, now, notice)):
        return _of_package(consultation, wanted, ending)
    made = BytesIO()
    internal.write(made, context.session(), consultation, wanted, False, now, official, notice, form)
    answer = Response(made.getvalue(), mimetype=MEDIA_TYPES[form])
    answer.headers["Cache-Control"] = "no-store"
    return downloads.attached(answer, _name(consultation, wanted, ending))


def _of_package(consultation: Consultation, wanted: Internal, ending: str) -> ResponseReturnValue:
    """What was made last; without any, the page that tells how far it is. A PDF of too many rows is empty."""
    made = package.opened(consultation, f"{wanted}.{ending}")
    if made is None:
        return redirect(url_for("results_package.show", slug=consultation.slug), 303)
    if package.size_of(made) == 0:
        made.close()
        return page("ending/too_long", consultation, 404, most=MOST_ROWS, endpoint=request.endpoint)
    return package.given(made, MEDIA_TYPES[FORMS[ending]], _name(consultation, wanted, ending))


def _name(consultation: Consultation, wanted: Internal, ending: str) -> str:
    return f"noi-bo-{wanted}-{consultation.slug}.{ending}"
