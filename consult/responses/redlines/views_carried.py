"""What a later draft made of every accepted wording: read by itself, and said by a person where it is not certain."""

from flask import Blueprint, flash, request
from flask.typing import ResponseReturnValue

from consult.consultations.desk import typed_places
from consult.consultations.document_models import Revision
from consult.consultations.matter import queries
from consult.consultations.models import Consultation
from consult.errors import Invalid
from consult.policy import Action
from consult.responses.changes import confirmed
from consult.responses.redlines.carried import carried
from consult.responses.redlines.shown_carried import CARRIED
from consult.responses.views_frame import OK, UNPROCESSABLE, page, to
from consult.submissions import anchors
from consult.web import context
from consult.web.catalogue import say
from consult.web.guard import access

blueprint = Blueprint("carried", __name__)
BASE = "/xu-ly/<slug>/tiep-thu-trong-ban/<int:revision>/"
MOST_SHOWN = 200


@blueprint.get(BASE)
@access(Action.REVISE_MATTER, of=queries.by_slug)
def index(consultation: Consultation, revision: int) -> ResponseReturnValue:
    """The accepted wordings of earlier drafts in this one."""
    return _index(consultation, revision)


@blueprint.post(BASE + "<int:number>/")
@access(Action.REVISE_MATTER, of=queries.by_slug, acts_on=CARRIED)
def confirm(consultation: Consultation, revision: int, number: int) -> ResponseReturnValue:
    """Says where the wording of a comment stands in this draft, or that it does not."""
    session, draft = context.session(), _revision(consultation, revision)
    try:
        path = "" if request.form.get("kept") != "yes" else _typed(draft, request.form.get(f"place-{number}", ""))
        confirmed.confirm(session, consultation, draft, {number: path}, context.actor(), context.arrived_at())
    except Invalid as invalid:
        return _index(consultation, revision, {f"place-{number}": code for code in invalid.errors.values()})
    flash("desk.done_carried")
    return to("carried.index", consultation, revision=revision)


def _index(consultation: Consultation, number: int, errors: dict[str, str] | None = None) -> ResponseReturnValue:
    draft = _revision(consultation, number)
    found = carried(context.session(), consultation, draft)
    return page(
        "redlines/carried",
        consultation,
        UNPROCESSABLE if errors else OK,
        errors=errors or {},
        revision=draft,
        open_ones=[one for one in found if not one.is_settled],
        kept=[one for one in found if one.is_settled and one.is_kept],
        missing=[one for one in found if one.is_settled and not one.is_kept],
        form=request.form,
        label=lambda path: anchors.label(path, say),
        most=MOST_SHOWN,
    )


def _typed(draft: Revision, words: str) -> str:
    """The path of the place that was typed; raises Invalid for none, several, and one that is not there."""
    known = queries.paths_of(context.session(), draft)
    meant = typed_places.paths(words, known, say)
    if len(meant) != 1 or meant[0] not in known:
        raise Invalid({"place": "unknown_place" if meant else "required"})
    return meant[0]


def _revision(consultation: Consultation, number: int) -> Revision:
    session = context.session()
    return queries.revision_of(session, queries.document_of(session, consultation.id, anchors.MAIN), number)
