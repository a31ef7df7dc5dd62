"""The papers of a draft, to be taken away while it is written: as a Word file to go on with, or as a PDF to read."""

from uuid import UUID

from flask import Blueprint, Response

from consult.consultations.matter import queries
from consult.consultations.models import Consultation
from consult.errors import NotFound
from consult.policy import Action
from consult.web import context
from consult.web.files import papers as paper_files
from consult.web.guard import access
from consult.workspace import content as organisation_content
from consult.workspace import drafts
from consult.workspace.papers import draft_papers

blueprint = Blueprint("papers", __name__)


@blueprint.get(f"/to-chuc/<slug>/ban-soan/<uuid:draft_id>/van-ban/<name>.<{paper_files.ENDINGS}:ending>")
@access(Action.USE_WORKSPACE, of=queries.by_slug)
def paper(consultation: Consultation, draft_id: UUID, name: str, ending: str) -> Response:
    """One paper of a draft of the person's body, with blanks where it says nothing yet."""
    draft = drafts.find(context.session(), consultation, draft_id, context.actor())
    form = organisation_content.read(draft.content).form
    if name not in draft_papers.offered(consultation, draft.kind, form):
        raise NotFound
    told = draft_papers.of_draft(context.session(), consultation, draft)
    described = paper_files.described(draft_papers.TEMPLATES[name], **told.said())
    return paper_files.answered(described, f"{name}-{consultation.slug}", ending)
