"""The documents of a matter in preparation: add, replace the file, remove."""

from flask import Blueprint, request
from flask.typing import ResponseReturnValue

from consult.consultations.desk import forms
from consult.consultations.desk.shown_documents import DOCUMENT
from consult.consultations.desk.views_frame import page, to, typed
from consult.consultations.files import uploaded_files
from consult.consultations.matter import queries
from consult.consultations.models import Consultation
from consult.consultations.preparation import documents as adding
from consult.errors import Invalid
from consult.policy import Action
from consult.web import context
from consult.web.guard import access

blueprint = Blueprint("documents", __name__)
BASE = "/xu-ly/<slug>/chuan-bi/tai-lieu/"


@blueprint.get(BASE)
@access(Action.EDIT_MATTER, of=queries.by_slug)
def index(consultation: Consultation) -> ResponseReturnValue:
    """The documents, and the form for another one."""
    return _page(consultation, {})


@blueprint.post(BASE)
@access(Action.EDIT_MATTER, of=queries.by_slug, alone="a new document")
def add(consultation: Consultation) -> ResponseReturnValue:
    """Adds a document."""
    try:
        title, role = forms.document(request.form)
        data, name = forms.upload(request.files.get("file"))
        upload = uploaded_files.read_upload(data, name, context.files())
        adding.add_document(context.session(), consultation, title, role, upload, context.actor(), context.arrived_at())
    except Invalid as invalid:
        return _page(consultation, typed(), invalid.errors)
    return to("documents.index", consultation)


@blueprint.post(BASE + "<int:number>/tep/")
@access(Action.EDIT_MATTER, of=queries.by_slug, acts_on=DOCUMENT)
def replace(consultation: Consultation, number: int) -> ResponseReturnValue:
    """Puts another file in the place of a document's."""
    document = queries.document_of(context.session(), consultation.id, number)
    try:
        data, name = forms.upload(request.files.get("file"))
        upload = uploaded_files.read_upload(data, name, context.files())
        adding.replace_file(context.session(), consultation, document, upload, context.actor(), context.arrived_at())
    except Invalid as invalid:
        errors = {f"{field}-{number}": code for field, code in invalid.errors.items()}
        return _page(consultation, {}, errors)
    return to("outline.show", consultation, number=number)


@blueprint.post(BASE + "<int:number>/bo/")
@access(Action.EDIT_MATTER, of=queries.by_slug, acts_on=DOCUMENT)
def remove(consultation: Consultation, number: int) -> ResponseReturnValue:
    """Removes a document."""
    document = queries.document_of(context.session(), consultation.id, number)
    adding.remove_document(context.session(), consultation, document, context.actor(), context.arrived_at())
    return to("documents.index", consultation)


def _page(
    consultation: Consultation, form: dict[str, str], errors: dict[str, str] | None = None
) -> ResponseReturnValue:
    session = context.session()
    documents = queries.documents_of(session, consultation.id)
    newest = adding.newest_revisions(session, consultation.id)
    pairs = [(document, newest[document.id]) for document in documents if document.id in newest]
    return page("documents", errors, consultation=consultation, documents=pairs, form=form)
