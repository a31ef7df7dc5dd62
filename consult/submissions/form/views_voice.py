"""A comment spoken instead of written, on its way with the form: checked when it comes, kept aside, and named in the
form under our signature beside the comment that it is."""

from dataclasses import replace
from typing import Any

from flask import Response, request
from itsdangerous import BadSignature, URLSafeSerializer
from werkzeug.datastructures import FileStorage

from consult.errors import Invalid, NotFound
from consult.files import attachments, kinds
from consult.submissions.form import forms, views_files
from consult.submissions.form.forms import CommentForm
from consult.submissions.form.forms_comment import FormComment
from consult.submissions.inputs import AttachmentInput
from consult.submissions.words import VOICE
from consult.web import context
from consult.web.files import downloads

FIELD = "voice"
LONGEST = 180
"""Seconds of one voice, where its container tells them; who stops a little late is not sent away."""
A_LITTLE = 5


def taken(form: CommentForm) -> tuple[CommentForm, dict[str, str]]:
    """The form with the voices just recorded or chosen: `voice` is of the comment being said, `voice.2` of the third,
    which was recorded elsewhere on the device. With the error of the first that is not taken, its comment open."""
    errors: dict[str, str] = {}
    for name, given in request.files.items():
        field, _, index = name.partition(".")
        place = forms.index_of(index, len(form.comments)) if index else form.current
        if field == FIELD and given.filename:
            try:
                form = form.with_changed(place, voice=_kept_aside(given))
            except Invalid as invalid:
                form = form if errors else replace(form, current=place)
                errors = errors or {FIELD: next(iter(invalid.errors.values()))}
    return form, errors


def _kept_aside(given: FileStorage) -> str:
    """A voice that came, kept until the form is sent, as the form names it. Raises Invalid."""
    bounds = views_files.bounds()
    views_files.count()
    checked = attachments.checked(given.read(bounds.largest + 1), given.filename or "", bounds, kinds.SOUNDS)
    if checked.seconds > LONGEST + A_LITTLE:
        raise Invalid({FIELD: "voice_too_long"})
    file_hash = views_files.keep_aside(checked.data)
    told: list[Any] = [file_hash, checked.name, checked.media_type, len(checked.data), round(checked.seconds)]
    signed: str = _serializer().dumps(told)
    return signed


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
