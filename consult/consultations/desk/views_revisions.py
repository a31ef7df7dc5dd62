"""Further revisions of a published matter: upload, look at the outline, see what became of what, publish or discard."""

from flask import Blueprint, flash, request
from flask.typing import ResponseReturnValue

from consult.consultations.desk import forms, forms_revisions
from consult.consultations.desk.shown_documents import COMPARED, DOCUMENT, REVISION
from consult.consultations.desk.views_frame import page, to, waiting, with_refusal
from consult.consultations.files import uploaded_files
from consult.consultations.matter import queries
from consult.consultations.models import Consultation
from consult.consultations.preparation import publication_digest
from consult.consultations.revisions import match_list, matching, next_revision
from consult.errors import Invalid, NotFound, Refused
from consult.policy import Action
from consult.web import context, shown
from consult.web.guard import access

blueprint = Blueprint("revisions", __name__)
BASE = "/xu-ly/<slug>/ban-moi/"
ONE = BASE + "<int:number>/"


@blueprint.get(BASE)
@access(Action.REVISE_MATTER, of=queries.by_slug)
def index(consultation: Consultation) -> ResponseReturnValue:
    """The documents with their revisions, and the form for another one of each."""
    return _index(consultation)


@blueprint.post(ONE)
@access(Action.REVISE_MATTER, of=queries.by_slug, acts_on=DOCUMENT)
def add(consultation: Consultation, number: int) -> ResponseReturnValue:
    """Takes the file of the next revision."""
    session = context.session()
    document = queries.document_of(session, consultation.id, number)
    try:
        data, name = forms.upload(request.files.get("file"))
        upload = uploaded_files.read_upload(data, name, context.files())
        next_revision.add_revision(session, consultation, document, upload, context.actor(), context.arrived_at())
    except Invalid as invalid:
        return _index(consultation, {f"{field}-{number}": code for field, code in invalid.errors.items()})
    return to("new_outline.show", consultation, number=number)


@blueprint.get(ONE)
@access(Action.REVISE_MATTER, of=queries.by_slug)
def show(consultation: Consultation, number: int) -> ResponseReturnValue:
    """The steps of a revision that is not public yet."""
    session = context.session()
    document, revision = waiting(consultation, number)
    return page(
        "revisions/revision",
        consultation=consultation,
        document=document,
        revision=revision,
        before=revision.number - 1,
        kinds=match_list.counts(session, revision),
    )


@blueprint.post(ONE + "doi-chieu/")
@access(Action.REVISE_MATTER, of=queries.by_slug, acts_on=COMPARED)
def match(consultation: Consultation, number: int) -> ResponseReturnValue:
    """Compares it with the revision before, anew."""
    _, revision = waiting(consultation, number)
    matching.match_revision(context.session(), consultation, revision, context.actor(), context.arrived_at())
    return to("matches.index", consultation, number=number, revision=revision.number)


@blueprint.get(ONE + "cong-bo/")
@access(Action.REVISE_MATTER, of=queries.by_slug)
def preview(consultation: Consultation, number: int) -> ResponseReturnValue:
    """Everything that its publication makes public, before it does."""
    return _whole("revisions/revision_publish", consultation, number)


@blueprint.post(ONE + "cong-bo/")
@access(Action.PUBLISH_REVISION, of=queries.by_slug, acts_on=REVISION)
def publish(consultation: Consultation, number: int) -> ResponseReturnValue:
    """Makes public what was shown. Pressed once more, it leads to what is public by then."""
    session, seen = context.session(), shown.sent(f"revision/{number}", "all")
    revision = forms_revisions.shown_revision(request.form)
    document = queries.document_of(session, consultation.id, number)
    if revision and queries.revision_of(session, document, revision).published_at is not None:
        return to("revisions.index", consultation)
    _, waits = waiting(consultation, number)
    try:
        next_revision.publish_revision(session, consultation, waits, context.actor(), context.arrived_at(), seen)
    except Refused as refused:
        if refused.reason == "changed_since_shown":
            return _whole("revisions/revision_publish", consultation, number, refused)
        raise
    flash("preparation.revision_published")
    return to("revisions.index", consultation)


@blueprint.get(ONE + "bo/")
@access(Action.REVISE_MATTER, of=queries.by_slug)
def ask_to_discard(consultation: Consultation, number: int) -> ResponseReturnValue:
    """What goes with it."""
    return _whole("revisions/revision_discard", consultation, number)


@blueprint.post(ONE + "bo/")
@access(Action.REVISE_MATTER, of=queries.by_slug, acts_on=REVISION)
def discard(consultation: Consultation, number: int) -> ResponseReturnValue:
    """Deletes what was shown, as nobody has seen it. Pressed once more, it leads to the revisions that are."""
    session, seen = context.session(), shown.sent(f"revision/{number}", "all")
    try:
        _, revision = waiting(consultation, number)
        next_revision.discard_revision(session, consultation, revision, context.actor(), context.arrived_at(), seen)
    except NotFound:
        return to("revisions.index", consultation)
    except Refused as refused:
        if refused.reason != "changed_since_shown":
            raise
        return _whole("revisions/revision_discard", consultation, number, refused)
    flash("preparation.revision_discarded")
    return to("revisions.index", consultation)


def _whole(name: str, consultation: Consultation, number: int, refusal: Refused | None = None) -> ResponseReturnValue:
    """The page `name` with all that belongs to the revision that is not public yet."""
    session = context.session()
    document, revision = waiting(consultation, number)
    (filed,) = publication_digest.filed(session, [(document, revision)])
    answer = page(
        name,
        consultation=consultation,
        document=document,
        revision=revision,
        counts=filed.counts,
        kinds=match_list.counts(session, revision),
        other_heading=publication_digest.other_heading(consultation, [(document, revision)]),
        refusal=refusal,
    )
    return with_refusal(answer, refusal)


def _index(consultation: Consultation, errors: dict[str, str] | None = None) -> ResponseReturnValue:
    session = context.session()
    documents = queries.documents_of(session, consultation.id)
    revisions = next_revision.revisions_of(session, consultation.id)
    return page("revisions/revisions", errors, consultation=consultation, documents=documents, revisions=revisions)
