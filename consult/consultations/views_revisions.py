"""Further revisions of a published matter: upload, look at the outline, see what became of what, publish or discard."""

from typing import Any

from flask import Blueprint, flash, request
from flask.typing import ResponseReturnValue

from consult.consultations import finding, forms, matched, matching, reading_files, revising
from consult.consultations.views_frame import page, to, waiting
from consult.errors import Invalid
from consult.policy import Action
from consult.web import context
from consult.web.guard import access

blueprint = Blueprint("revisions", __name__)
BASE = "/xu-ly/<slug>/ban-moi/"
ONE = BASE + "<int:number>/"


@blueprint.get(BASE)
@access(Action.REVISE_MATTER, of=finding.by_slug)
def index(consultation: Any) -> ResponseReturnValue:
    """The documents with their revisions, and the form for another one of each."""
    return _index(consultation)


@blueprint.post(ONE)
@access(Action.REVISE_MATTER, of=finding.by_slug)
def add(consultation: Any, number: int) -> ResponseReturnValue:
    """Takes the file of the next revision."""
    session = context.session()
    document = finding.document_of(session, consultation.id, number)
    try:
        data, name = forms.upload(request.files.get("file"))
        upload = reading_files.read_upload(data, name, context.files())
        revising.add_revision(session, consultation, document, upload, context.actor(), context.arrived_at())
    except Invalid as invalid:
        return _index(consultation, {f"{field}-{number}": code for field, code in invalid.errors.items()})
    return to("new_outline.show", consultation, number=number)


@blueprint.get(ONE)
@access(Action.REVISE_MATTER, of=finding.by_slug)
def show(consultation: Any, number: int) -> ResponseReturnValue:
    """The steps of a revision that is not public yet."""
    session = context.session()
    document, revision = waiting(consultation, number)
    return page(
        "revision",
        consultation=consultation,
        document=document,
        revision=revision,
        before=revision.number - 1,
        kinds=matched.counts(session, revision),
    )


@blueprint.post(ONE + "doi-chieu/")
@access(Action.REVISE_MATTER, of=finding.by_slug)
def match(consultation: Any, number: int) -> ResponseReturnValue:
    """Compares it with the revision before, anew."""
    _, revision = waiting(consultation, number)
    matching.match_revision(context.session(), consultation, revision, context.actor(), context.arrived_at())
    return to("matches.index", consultation, number=number, revision=revision.number)


@blueprint.post(ONE + "cong-bo/")
@access(Action.REVISE_MATTER, of=finding.by_slug)
def publish(consultation: Any, number: int) -> ResponseReturnValue:
    """Makes it public."""
    _, revision = waiting(consultation, number)
    revising.publish_revision(context.session(), consultation, revision, context.actor(), context.arrived_at())
    flash("preparation.revision_published")
    return to("revisions.index", consultation)


@blueprint.post(ONE + "bo/")
@access(Action.REVISE_MATTER, of=finding.by_slug)
def discard(consultation: Any, number: int) -> ResponseReturnValue:
    """Deletes it, as nobody has seen it."""
    _, revision = waiting(consultation, number)
    revising.discard_revision(context.session(), consultation, revision, context.actor(), context.arrived_at())
    flash("preparation.revision_discarded")
    return to("revisions.index", consultation)


def _index(consultation: Any, errors: dict[str, str] | None = None) -> ResponseReturnValue:
    session = context.session()
    documents = finding.documents_of(session, consultation.id)
    revisions = revising.revisions_of(session, consultation.id)
    return page("revisions", errors, consultation=consultation, documents=documents, revisions=revisions)
