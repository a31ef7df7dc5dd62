"""What those said who were answered, for the desk: sums and lines, never who said which."""

from flask import Blueprint
from flask.typing import ResponseReturnValue

from consult.consultations.matter import queries
from consult.consultations.models import Consultation
from consult.policy import Action
from consult.responses.ratings import service as ratings
from consult.responses.ratings.models import Rated
from consult.responses.views_frame import page
from consult.web import context
from consult.web.guard import access

blueprint = Blueprint("ratings", __name__)


@blueprint.get("/xu-ly/<slug>/tra-loi-co-ro-khong/")
@access(Action.SEE_COMMENTS, of=queries.by_slug)
def index(consultation: Consultation) -> ResponseReturnValue:
    """How many said that their answer was clear, and what the others would have it say."""
    session = context.session()
    told, lines = ratings.sums(session, consultation.id), ratings.lines(session, consultation.id)
    works, said = (found(session, consultation.id, Rated.TEXT) for found in (ratings.sums, ratings.lines))
    return page("answers/ratings", consultation, ratings=told, lines=lines, works=works, works_lines=said)
