"""What the comments of a form are about, in words."""

from sqlalchemy.orm import Session

from consult.consultations.models import Consultation
from consult.consultations.revisions.lineages import FiledDrafts, filed_drafts
from consult.errors import NotFound
from consult.outline.citations import Say
from consult.submissions import anchors
from consult.submissions.anchors import NamedPlace
from consult.submissions.form.forms import CommentForm
from consult.submissions.inputs import AnchorInput


def parsed(anchor: str) -> AnchorInput | None:
    """The place a field names; None for the whole matter, and for what no form of ours would send."""
    try:
        return anchors.parse(anchor)
    except NotFound:
        return None


def places(form: CommentForm) -> list[AnchorInput | None]:
    """The place of every comment."""
    return [parsed(comment.anchor) for comment in form.comments]


def labels(session: Session, consultation: Consultation, form: CommentForm, say: Say) -> list[str]:
    """The words of every comment's place; the database is asked once, and only where one has a place."""
    filed = filed_drafts(session, consultation.id) if any(places(form)) else {}
    return [
        anchors.label_of(_named(place, filed), say, place.part is not None) if place else say("place.matter")
        for place in places(form)
    ]


def _named(place: AnchorInput, filed: dict[int, FiledDrafts]) -> NamedPlace:
    own = filed.get(place.document, FiledDrafts("", 0))
    revision = own.drafts if place.revision is None else place.revision
    return NamedPlace(place.document, own.title, revision, own.drafts, place.path, place.page)
