"""The next draft, begun from what was accepted: what goes into the drafter's own file, what collides, and the file."""

from flask import Blueprint, Response, current_app, url_for
from flask.typing import ResponseReturnValue

from consult.catalogues import translations
from consult.consultations.matter import queries
from consult.consultations.models import Consultation
from consult.errors import NotFound, Refused
from consult.policy import Action
from consult.responses.redlines import accepted
from consult.responses.redlines.accepted import Accepted
from consult.responses.redlines.redlined import Redlined, redlined
from consult.responses.redlines.remarks import Remarks
from consult.responses.redlines.word_drafts import DOCX, WordDrafts, is_converted, is_word
from consult.responses.views_frame import CONFLICT, OK, page
from consult.web import context
from consult.web.files import downloads
from consult.web.guard import access

blueprint = Blueprint("redlines", __name__)
BASE = "/xu-ly/<slug>/du-thao-tiep-thu/"
MOST_SHOWN = 200


@blueprint.get(BASE)
@access(Action.SEE_COMMENTS, of=queries.by_slug)
def show(consultation: Consultation) -> ResponseReturnValue:
    """Every accepted wording with what becomes of it in the file."""
    found = accepted.accepted(context.session(), consultation)
    made, refusal = None, None
    try:
        made = _made(consultation, found) if is_word(found.revision) and found.wordings else None
    except Refused as refused:
        refusal = refused
    return page(
        "redlines/index",
        consultation,
        CONFLICT if refusal else OK,
        found=found,
        made=made,
        is_word=is_word(found.revision),
        is_converted=is_converted(found.revision),
        most=MOST_SHOWN,
        refusal=refusal,
    )


@blueprint.get(BASE + "du-thao.docx")
@access(Action.SEE_COMMENTS, of=queries.by_slug)
def file(consultation: Consultation) -> Response:
    """The newest draft with the accepted wordings as tracked changes."""
    found = accepted.accepted(context.session(), consultation)
    if not is_word(found.revision):
        raise NotFound
    made = Response(_made(consultation, found).file, mimetype=DOCX, headers={"Cache-Control": "no-store"})
    stem = found.revision.file_name.rpartition(".")[0] or consultation.slug
    return downloads.attached(made, f"{stem} - {_official('redline.file_name')}.docx")


def _made(consultation: Consultation, found: Accepted) -> Redlined:
    beside = Remarks(_official, lambda number: _address(consultation, number))
    return redlined(context.session(), found, _drafts(), beside.author, beside.lines)


def _drafts() -> WordDrafts:
    return WordDrafts(context.files(), current_app.extensions["consult.converted"])


def _address(consultation: Consultation, number: int) -> str:
    return f"{current_app.config['SITE_URL']}{url_for('reading.comment', slug=consultation.slug, number=number)}"


def _official(code: str, **values: object) -> str:
    """The sentence of `code` in the language of the draft."""
    sentence = translations("vi").gettext(code)
    return sentence % values if values else sentence
