"""Pictures in the forms of the programme: each opened and painted anew before it is kept, so that no place is in it."""

from flask import current_app, request

from consult.errors import Invalid
from consult.files import attachments, kinds
from consult.files.attachments import Bounds
from consult.files.signed_files import KeptFile
from consult.web import context

PICTURES = frozenset(kind for kind in kinds.ATTACHMENTS if kind.image)


def painted(field: str, most: int) -> list[KeptFile]:
    """The pictures of a field of the form, at most so many. Raises Invalid by the field."""
    chosen = [one for one in request.files.getlist(field) if one.filename]
    if len(chosen) > most:
        raise Invalid({field: "too_many_files"})
    bounds = Bounds(largest=current_app.config["ATTACHMENT_BYTES"])
    try:
        opened = [attachments.checked(one.read(), one.filename or "", bounds, PICTURES) for one in chosen]
    except Invalid as invalid:
        raise Invalid({field: invalid.errors["file"]}) from invalid
    return [KeptFile(context.files().put(one.data), one.name, one.media_type, len(one.data)) for one in opened]
