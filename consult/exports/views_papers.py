"""The papers of the desk, to be taken away as Word files or PDFs: for who works there, never kept on the way."""

from flask import Blueprint, Response, render_template, request

from consult.consultations.invitation_models import OfficialLetter
from consult.consultations.matter import queries
from consult.consultations.models import Consultation
from consult.errors import NotFound
from consult.exports import papers
from consult.exports.accepted_table import views as accepted_table
from consult.exports.answer_table import views as answer_table
from consult.exports.comparison_table import views as comparison
from consult.exports.replies import views as replies
from consult.exports.themes import views as theme_files
from consult.policy import Action
from consult.web import context
from consult.web.files import papers as paper_files
from consult.web.guard import access

blueprint = Blueprint("desk_papers", __name__)
blueprint.register_blueprint(accepted_table.blueprint)
blueprint.register_blueprint(answer_table.blueprint)
blueprint.register_blueprint(comparison.blueprint)
blueprint.register_blueprint(replies.blueprint)
blueprint.register_blueprint(theme_files.blueprint)
BASE = "/xu-ly/<slug>/van-ban-di/"


@blueprint.get(BASE)
@access(Action.SEE_COMMENTS, of=queries.by_slug)
def index(consultation: Consultation) -> Response:
    """Which papers there are."""
    offered = papers.offered(consultation, context.actor())
    page = render_template(
        "exports/papers.html",
        consultation=consultation,
        actor=context.actor(),
        now=context.arrived_at(),
        offered=offered,
        letters=papers.letters_that_ask(context.session(), consultation),
    )
    return Response(page, headers={"Cache-Control": "no-store"})


@blueprint.get(f"{BASE}<name>.<{paper_files.ENDINGS}:ending>")
@access(Action.SEE_COMMENTS, of=queries.by_slug)
def paper(consultation: Consultation, name: str, ending: str) -> Response:
    """One of them, with blanks where nothing is known yet; one that asks, for the letter `?cong-van=`."""
    wanted = papers.offered(consultation, context.actor()).get(name)
    if wanted is None:
        raise NotFound
    letter = _letter(consultation) if wanted.asks else None
    told = papers.told(context.session(), consultation, wanted, letter, context.arrived_at())
    return paper_files.answered(paper_files.described(wanted.template, **told), f"{name}-{consultation.slug}", ending)


def _letter(consultation: Consultation) -> OfficialLetter | None:
    asked = request.args.get("cong-van", "")
    if not asked:
        return None
    found = papers.letters_that_ask(context.session(), consultation)
    letter = next((one for one in found if str(one.id) == asked), None)
    if letter is None:
        raise NotFound
    return letter
