"""Files on their way with a comment form: checked as soon as they come, kept aside, and named in the form itself under
our signature, so that no step asks for them again and nobody can name a file that was not theirs to send."""

from dataclasses import replace
from typing import Any

from flask import current_app, request
from itsdangerous import BadSignature, URLSafeSerializer

from consult.errors import Invalid, Refused
from consult.files import attachments
from consult.files.attachments import Bounds
from consult.files.pending_uploads import PendingUploads
from consult.submissions.form.forms import CommentForm
from consult.submissions.inputs import AttachmentInput
from consult.web import context, limits
from consult.web.files import expired_uploads

FIELD = "file"


def bounds() -> Bounds:
    """How much this site takes."""
    config = current_app.config
    return Bounds(config["ATTACHMENT_BYTES"], config["ATTACHMENT_PIXELS"], config["ATTACHMENTS"])


def of(form: CommentForm) -> tuple[AttachmentInput, ...]:
    """The files that the form names; none when it was not we who named them."""
    if not form.files:
        return ()
    try:
        return tuple(AttachmentInput(*given) for given in _serializer().loads(form.files))
    except (BadSignature, TypeError, ValueError):
        return ()


def taken(form: CommentForm) -> tuple[CommentForm, dict[str, str]]:
    """The form with the files just chosen, and the error of the first that is not taken; the others are kept."""
    chosen = [given for given in request.files.getlist(FIELD) if given.filename]
    if not chosen:
        return form, {}
    kept, errors = list(of(form)), dict[str, str]()
    for given in chosen:
        try:
            count()
            kept.append(_kept(given.read(bounds().largest + 1), given.filename or "", kept))
        except Invalid as invalid:
            errors = errors or invalid.errors
    expired_uploads.remember_to_clear(context.session(), context.arrived_at())
    return _with(form, kept), errors


def without(form: CommentForm, place: int) -> CommentForm:
    """The form without one of its files."""
    kept = list(of(form))
    return _with(form, kept[:place] + kept[place + 1 :])


def handed_over(form: CommentForm) -> tuple[AttachmentInput, ...]:
    """The files of the form, now in the store for good. Raises Invalid when they waited for too long."""
    files = of(form)
    if bool(form.files) and not files:
        raise Invalid({FIELD: "file_lost"})
    return in_store(files)


def in_store(files: tuple[AttachmentInput, ...]) -> tuple[AttachmentInput, ...]:
    """These files, now in the store for good. Raises Invalid when they waited for too long."""
    for given in files:
        try:
            context.files().put(waiting().get(given.file_hash))
        except (KeyError, ValueError) as gone:
            raise Invalid({FIELD: "file_lost"}) from gone
    return files


def keep_aside(data: bytes) -> str:
    """Keeps a checked file until the form is sent; gives its hash."""
    file_hash = waiting().put(data, context.arrived_at())
    expired_uploads.remember_to_clear(context.session(), context.arrived_at())
    return file_hash


def count() -> None:
    """Raises Invalid when one address sends more files than a crowded hall would."""
    try:
        limits.hit("files_of_address", limits.line(), current_app.config["FILES_OF_ADDRESS"])
    except Refused as refused:
        raise Invalid({FIELD: "files_later"}) from refused


def _kept(data: bytes, name: str, before: list[AttachmentInput]) -> AttachmentInput:
    if len(before) >= bounds().most:
        raise Invalid({FIELD: "too_many_files"})
    checked = attachments.checked(data, name, bounds())
    file_hash = waiting().put(checked.data, context.arrived_at())
    if file_hash in {given.file_hash for given in before}:
        raise Invalid({FIELD: "same_file_twice"})
    return AttachmentInput(file_hash, checked.name, checked.media_type, len(checked.data))


def _with(form: CommentForm, kept: list[AttachmentInput]) -> CommentForm:
    told: list[Any] = [(one.file_hash, one.file_name, one.media_type, one.file_size) for one in kept]
    return replace(form, files=_serializer().dumps(told) if told else "")


def waiting() -> PendingUploads:
    """Where files wait until their form is sent."""
    return PendingUploads(current_app.config["WAITING_FOLDER"])


def _serializer() -> URLSafeSerializer:
    return context.secrets().serializer("files")
