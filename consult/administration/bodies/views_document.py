"""The document that decided what becomes of a body, as a form brings it, and its file."""

from datetime import date
from uuid import UUID

from flask import Blueprint, Response, request

from consult.administration import forms
from consult.administration.bodies import changes, deciding
from consult.administration.bodies.deciding import DecidingDocument
from consult.errors import Invalid, NotFound
from consult.files.signed_files import KeptFile, keep_file
from consult.people.models import Organisation
from consult.policy import Action
from consult.web import context
from consult.web.files import downloads
from consult.web.guard import access

blueprint = Blueprint("body_documents", __name__)


@blueprint.get("/quan-tri/thay-doi-to-chuc/<uuid:change_id>/tep/")
@access(Action.ADMINISTER)
def file(change_id: UUID) -> Response:
    """The file of the document that decided a change, to be saved."""
    found = changes.change(context.session(), change_id)
    if not found.file_hash:
        raise NotFound
    return downloads.kept(found.file_hash, found.media_type, found.file_name)


def document_of(body: Organisation, today: date, prefix: str = "") -> DecidingDocument:
    """The document that the present form names; `prefix` begins the names of its fields. Raises Invalid by those."""
    number, issuer = (request.form.get(f"{prefix}document_{name}", "") for name in ("number", "issuer"))
    on = forms.day(request.form, f"{prefix}document_on")
    try:
        document = DecidingDocument(number, on, issuer, _file(f"{prefix}document_file"))
        deciding.check(document, body, today)
    except Invalid as invalid:
        raise Invalid({f"{prefix}{name}": code for name, code in invalid.errors.items()}) from invalid
    return document


def _file(field: str) -> KeptFile | None:
    chosen = request.files.get(field)
    if chosen is None or not chosen.filename:
        return None
    try:
        return keep_file(context.files(), chosen.read(), chosen.filename)
    except Invalid as invalid:
        raise Invalid({"document_file": invalid.errors["file"]}) from invalid
