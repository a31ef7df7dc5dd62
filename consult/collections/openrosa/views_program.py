"""What the programs of field collectors ask and send, as OpenRosa 1.0 has it: which forms there are, a form, and filled
forms in one post or several. A branch signs in with its key as the password (HTTP Basic)."""

import hashlib
from collections.abc import Mapping
from typing import Any

from flask import Blueprint, Response, current_app, render_template, request, url_for
from flask.typing import ResponseReturnValue
from werkzeug.datastructures import FileStorage
from werkzeug.exceptions import HTTPException

from consult.collections import clause_list
from consult.collections.inputs import NewFile
from consult.collections.models import Branch
from consult.collections.openrosa import service, xlsform
from consult.collections.openrosa.filled import LARGEST, Filled, file_name
from consult.collections.openrosa.models import ProgramInstance
from consult.collections.openrosa.service import Piece
from consult.collections.openrosa.xlsform import Form
from consult.collections.views_frame import branch_of_program
from consult.collections.views_printed import whole
from consult.errors import Invalid, NotFound, Refused
from consult.files import attachments, kinds
from consult.files.attachments import Bounds
from consult.submissions.views_frame import site_codes
from consult.web import context, tickets
from consult.web.catalogue import say
from consult.web.guard import public

blueprint = Blueprint("program", __name__)
AT = "/thu-thap/odk/<int:collection>/"
TAKEN = kinds.SOUNDS | {kinds.PDF, kinds.JPEG, kinds.PNG, kinds.WEBP}
MOST_PIECES = 100
"""Files of one post, each of which is opened."""
LATER = frozenset({"files_busy", "scanner_silent", "files_closed"})
"""What is no fault of a file: the program sends it again by itself."""
FORBIDDEN = frozenset({"collection_closed", "collection_matter_over"})


class SignInNeeded(Exception):
    """No key was sent, or none that is good: it is asked for."""


@blueprint.get(AT + "formList")
@public()
def form_list(collection: int) -> Response:
    """The one form of the collection, with the hash by which a program sees that it is another one."""
    made = _form(_branch(collection))
    digest = hashlib.md5(xlsform.xml(made).encode(), usedforsecurity=False).hexdigest()
    at = whole(url_for("program.form", collection=collection, name=made.form_id))
    return _xml("forms", form=made, digest=digest, address=at)


@blueprint.get(AT + "forms/<name>.xml")
@public()
def form(collection: int, name: str) -> Response:
    """The form itself."""
    made = _form(_branch(collection))
    if name != made.form_id:
        raise NotFound
    return Response(xlsform.xml(made), mimetype="text/xml")


@blueprint.route(AT + "submission", methods=["HEAD"])
@public()
def negotiate(collection: int) -> ResponseReturnValue:
    """Where filled forms are sent, after signing in; how large a post may be is told as everywhere here."""
    _branch(collection)
    return "", 204, {"Location": whole(url_for("program.submit", collection=collection))}


@blueprint.post(AT + "submission")
@public(alone="a filled form, known by its own id")
def submit(collection: int) -> ResponseReturnValue:
    """A filled form, or one more piece of it. Where a file cannot be taken the rest is kept all the same, and waits for
    who collects; once it was recorded without that file, the program may stop sending it."""
    branch = _branch(collection)
    tickets.check_origin()
    sent = request.files.get("xml_submission_file")
    if sent is None:
        raise Invalid({"xml": "no_form_sent"})
    data = sent.read(LARGEST + 1)
    filled = service.read(branch.collection, data)
    known = service.before(context.session(), branch, filled)
    recorded = known is not None and known.gathering is not None
    pieces, refused = _pieces(filled, known)
    done = service.receive(context.session(), branch, data, filled, pieces, site_codes(), context.arrived_at())
    if refused and not (recorded and LATER.isdisjoint(refused.values())):
        return _not_taken({f"{name}: {say(f'error.{code}')}": code for name, code in refused.items()})
    return _told(201, say("odk.received" if done.gathering else "odk.received_in_part", missing=len(done.missing)))


@blueprint.errorhandler(SignInNeeded)
def ask_to_sign_in(_needed: SignInNeeded) -> ResponseReturnValue:
    """Asks for the key: Basic alone, since only a hash of it is kept."""
    return _told(401, say("odk.sign_in"), {"WWW-Authenticate": 'Basic realm="consult", charset="UTF-8"'})


@blueprint.errorhandler(Refused)
def refused(error: Refused) -> ResponseReturnValue:
    """Why not, in words that the program shows; it keeps what it has."""
    status = 403 if error.reason in FORBIDDEN else 429 if error.reason == "too_many" else 409
    return _told(status, say(f"reason.{error.reason}"))


@blueprint.errorhandler(Invalid)
def invalid(error: Invalid) -> ResponseReturnValue:
    """What is wrong with it."""
    return _not_taken({say(f"error.{code}"): code for code in error.errors.values()})


def _not_taken(why: Mapping[str, str]) -> ResponseReturnValue:
    """The sentences, each with its code; a program comes again by itself for what is no fault of what it sent."""
    later = LATER.issuperset(why.values())
    return _told(503 if later else 400, "; ".join(why), {"Retry-After": "60"} if later else {})


@blueprint.errorhandler(NotFound)
@blueprint.errorhandler(HTTPException)
def not_found(error: Exception) -> ResponseReturnValue:
    """No such form, or what HTTP refuses: a post that is too large, a connection that broke."""
    code = error.code if isinstance(error, HTTPException) else 404
    return _told(code or 500, say("odk.too_large" if code == 413 else "odk.not_found"))


@blueprint.after_request
def as_openrosa(answer: Response) -> Response:
    """The headers by which a program knows that it is not a page of a hotel that answers."""
    answer.headers["X-OpenRosa-Version"] = "1.0"
    answer.headers["X-OpenRosa-Accept-Content-Length"] = str(current_app.config["ATTACHMENT_BYTES"] + LARGEST)
    answer.headers["Content-Language"] = context.language()
    return answer


def _branch(collection: int) -> Branch:
    """Who sent its key. Raises SignInNeeded, also for the key of another collection."""
    found = branch_of_program()
    if found is None or found.collection.number != collection:
        raise SignInNeeded
    return found


def _form(branch: Branch) -> Form:
    clauses = clause_list.of_collection(context.session(), branch.collection, say)
    return xlsform.form(branch.collection, clauses, say)


def _pieces(filled: Filled, known: ProgramInstance | None) -> tuple[dict[str, Piece], dict[str, str]]:
    """The files of this post by the names of the form, and why others of them cannot be taken; those that came before
    are not looked at twice. Slow."""
    there: Mapping[str, Any] = known.media if known is not None else {}
    if len(request.files) > MOST_PIECES:
        raise Invalid({"xml": "too_many_pieces"})
    found, refused = {}, {}
    for part, file in request.files.items(multi=True):
        if part == "xml_submission_file":
            continue
        # Some devices take names apart into letters and accents: here too they are compared as they are kept.
        names = [file_name(one) for one in (part, file.filename or "")]
        name = next((one for one in names if one in filled.files), names[1] or names[0])
        try:
            found[name] = _piece(filled, name, file, there.get(name))
        except Invalid as wrong:
            refused[name] = next(iter(wrong.errors.values()))
    return found, refused


def _piece(filled: Filled, name: str, file: FileStorage, known: Mapping[str, Any] | None) -> Piece:
    config = current_app.config
    data = file.read(config["ATTACHMENT_BYTES"] + 1)
    came = hashlib.sha256(data).hexdigest()
    if known is not None:
        return Piece(came, NewFile(**known["file"]))
    bounds = Bounds(config["ATTACHMENT_BYTES"], config["ATTACHMENT_PIXELS"])
    checked = attachments.checked(data, name, bounds, TAKEN)
    kept = context.files().put(checked.data)
    kind = service.kind_of(filled, name, checked.media_type)
    return Piece(came, NewFile(kind, kept, checked.name, checked.media_type, len(checked.data)))


def _told(status: int, words: str, headers: Mapping[str, str] | None = None) -> ResponseReturnValue:
    return _xml("answer", words=words), status, dict(headers or {})


def _xml(name: str, **values: Any) -> Response:
    return Response(render_template(f"collections/openrosa/{name}.xml", **values), mimetype="text/xml")
