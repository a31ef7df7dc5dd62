"""The layout of a letter, looked at as advice: of a file that is only shown to us, or of a scan on a draft."""

from typing import Any
from uuid import UUID

from flask import Blueprint, request
from flask.typing import ResponseReturnValue

from consult.consultations.matter import queries
from consult.consultations.models import Consultation
from consult.errors import Invalid, NotFound
from consult.policy import Action
from consult.web import context
from consult.web.guard import access
from consult.workspace import draft_scans, drafts
from consult.workspace.papers import layout
from consult.workspace.views_frame import page

blueprint = Blueprint("layout", __name__)
ADDRESS = "/to-chuc/kiem-tra-the-thuc/"


@blueprint.get(ADDRESS)
@access(Action.USE_WORKSPACE)
def form() -> ResponseReturnValue:
    """Where a file is chosen."""
    return page("papers/layout")


@blueprint.post(ADDRESS)
@access(Action.USE_WORKSPACE, alone="a file is looked at and not kept")
def check() -> ResponseReturnValue:
    """What there is to say of the file; it is not kept."""
    file = request.files.get("file")
    try:
        advice = layout.checked(file.read() if file else b"")
    except Invalid as invalid:
        return page("papers/layout", 422, errors=invalid.errors)
    return page("papers/layout", advice=advice, looked_at=file.filename if file else "")


@blueprint.get("/to-chuc/<slug>/ban-soan/<uuid:draft_id>/tep/<uuid:attachment_id>/the-thuc/")
@access(Action.USE_WORKSPACE, of=queries.by_slug)
def of_scan(consultation: Consultation, draft_id: UUID, attachment_id: UUID) -> ResponseReturnValue:
    """What there is to say of a scan on a draft."""
    draft = drafts.find(context.session(), consultation, draft_id, context.actor())
    found = draft_scans.attachment_of(context.session(), draft, attachment_id)
    if not layout.readable(found.media_type):
        raise NotFound
    values: dict[str, Any] = {"consultation": consultation, "draft": draft, "looked_at": found.file_name}
    try:
        advice = layout.checked(context.files().get(found.file_hash))
    except Invalid as invalid:
        return page("papers/layout", errors=invalid.errors, **values)
    return page("papers/layout", advice=advice, **values)
