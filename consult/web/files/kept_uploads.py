"""Files of a form that could not be taken yet: kept aside, named in the page under our signature, and put back into the
form when it is sent again. Nobody can name a file in this way that did not come with that form.
"""

import math
from collections.abc import Collection, Sequence
from typing import Any, NamedTuple

from flask import Flask, current_app, request
from itsdangerous import BadSignature, URLSafeSerializer
from werkzeug.datastructures import FileStorage, ImmutableMultiDict

from consult.errors import Refused, Unavailable
from consult.files.pending_uploads import PendingUploads
from consult.web import context, limits
from consult.web.files import expired_uploads

FIELD = "kept_uploads"


class UploadsLost(Exception):
    """Files that a form was to bring back were let go meanwhile: it is given back, and they are chosen again."""


class Upload(NamedTuple):
    """A file of a form: its field, the name it came with, what its browser called it, and its SHA-256; without that it
    is lost, and has to be chosen again."""

    field: str
    name: str
    media_type: str
    file_hash: str


def keep(but: Collection[str] = ()) -> tuple[Upload, ...]:
    """The files of the present request, kept aside as far as that can be done now, `but` those of some fields."""
    files = [(field, file) for field, file in request.files.items(multi=True) if file.filename and field not in but]
    kept = tuple(_kept(field, file) for field, file in files)
    if any(one.file_hash for one in kept):
        # A session of its own: whatever the request does is another transaction.
        with context.database().session() as session:
            expired_uploads.remember_to_clear(session, context.arrived_at())
    return kept


def beside(errors: Collection[str]) -> tuple[list[str], str]:
    """For a signed-in form that comes back with `errors`: the names of its files in which nothing was wrong, and the
    text of the hidden field that brings them back."""
    kept = keep(errors) if errors and request.method == "POST" else ()
    return [one.name for one in kept if one.file_hash], seal(kept)


def seal(uploads: Sequence[Upload]) -> str:
    """What the page says of those that were kept; empty when none was."""
    kept = [list(one) for one in uploads if one.file_hash]
    return _serializer().dumps(kept) if kept else ""


def bring_back() -> None:
    """Puts what was kept into the form of this request, unless another file was chosen in its place. What was let go
    meanwhile stays away: its field is empty, and its name is among `lost()`."""
    files = list(request.files.items(multi=True))
    chosen = {field for field, file in files if file.filename}
    lost, found = [], []
    for one in _named():
        if one.field in chosen:
            continue
        file = _opened(one)
        if file is None:
            lost.append(one._replace(file_hash=""))
        else:
            found.append((one.field, file))
    if found:
        taken = {field for field, _file in found}
        request.files = ImmutableMultiDict([*(pair for pair in files if pair[0] not in taken), *found])
    request.lost_uploads = tuple(lost)  # type: ignore[attr-defined]


def lost() -> tuple[Upload, ...]:
    """What could not be brought back."""
    return getattr(request, "lost_uploads", ())


def require_all() -> None:
    """Raises UploadsLost when something could not be brought back."""
    if lost():
        raise UploadsLost


def _kept(field: str, file: FileStorage) -> Upload:
    """One file, kept unless its line sends too much or the disk is full."""
    named = Upload(field, file.filename or "", file.mimetype, "")
    try:
        file.seek(0)
        data = file.read()
        for _each in range(max(1, math.ceil(len(data) / max(1, current_app.config["ATTACHMENT_BYTES"])))):
            limits.hit("files_of_address", limits.line(), current_app.config["FILES_OF_ADDRESS"])
        return named._replace(file_hash=_waiting().put(data, context.arrived_at()))
    except (OSError, Refused, Unavailable):
        return named
    finally:
        file.seek(0)


def _named() -> list[Upload]:
    sealed = request.form.get(FIELD, "")
    try:
        return [Upload(*one) for one in _serializer().loads(sealed)] if sealed else []
    except (BadSignature, TypeError, ValueError):
        return []


def _opened(one: Upload) -> FileStorage | None:
    try:
        file: Any = _waiting().store.opened(one.file_hash)
    except (KeyError, ValueError):
        return None
    return FileStorage(file, one.name, one.field, one.media_type)


def _waiting() -> PendingUploads:
    return PendingUploads(current_app.config["WAITING_FOLDER"])


def register(app: Flask) -> None:
    """Gives templates the files that stay with a form."""
    app.jinja_env.globals.update(files_beside=beside)


def _serializer() -> URLSafeSerializer:
    return context.secrets().serializer("kept-uploads")
