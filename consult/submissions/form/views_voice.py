"""A comment spoken instead of written, on its way with the form: checked when it comes, kept aside, and named in the
form under our signature beside the comment that it is."""

from typing import Any

from flask import Response, request
from itsdangerous import BadSignature, URLSafeSerializer

from consult.errors import Invalid, NotFound
from consult.files import attachments, kinds
from consult.submissions.form import views_files
from consult.submissions.form.forms import CommentForm, FormComment
from consult.submissions.inputs import AttachmentInput
from consult.submissions.words import VOICE
from consult.web import context
from consult.web.files import downloads

FIELD = "voice"
LONGEST = 180
"""Seconds of one voice, where its container tells them; who stops a little late is not sent away."""
A_LITTLE = 5


def taken(form: CommentForm) -> tuple[CommentForm, dict[str, str]]:
    """The form with the voice just recorded or chosen for the comment being written, or the error of it."""
    given = request.files.get(FIELD)
    if given is None or not given.filename:
        return form, {}
    bounds = views_files.bounds()
    try:
        views_files.count()
        checked = attachments.checked(given.read(bounds.largest + 1), given.filename, bounds, kinds.SOUNDS)
    except Invalid as invalid:
        return form, {FIELD: next(iter(invalid.errors.values()))}
    if checked.seconds > LONGEST + A_LITTLE:
        return form, {FIELD: "voice_too_long"}
    file_hash = views_files.keep_aside(checked.data)
    told: list[Any] = [file_hash, checked.name, checked.media_type, len(checked.data), round(checked.seconds)]
    return form.with_open(voice=_serializer().dumps(told)), {}


def kept(form: CommentForm) -> list[AttachmentInput | None]:
    """The voice of each comment, in their order; None for those that are written."""
    return [_of(comment, place) for place, comment in enumerate(form.comments)]


def played(voice: AttachmentInput) -> Response:
    """A voice that waits, to be heard. Raises NotFound when it waited for too long."""
    try:
        return downloads.played_once(views_files.waiting().store, voice.file_hash, voice.media_type)
    except (KeyError, ValueError) as gone:
        raise NotFound from gone


def all_of(form: CommentForm) -> tuple[AttachmentInput, ...]:
    """The voices of the form."""
    return tuple(one for one in kept(form) if one is not None)


def _of(comment: FormComment, place: int) -> AttachmentInput | None:
    if not comment.voice:
        return None
    try:
        file_hash, name, media_type, size, *seconds = _serializer().loads(comment.voice)
        return AttachmentInput(file_hash, name, media_type, size, VOICE, place, comment.language, *seconds)
    except (BadSignature, TypeError, ValueError):
        return None


def _serializer() -> URLSafeSerializer:
    return context.secrets().serializer("voice")
