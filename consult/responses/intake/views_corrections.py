"""What was typed of a paper beside its scan, and what its sender said of it: put right, or kept with the reason."""

from uuid import UUID

from flask import Blueprint, Response, request
from flask.typing import ResponseReturnValue

from consult.consultations.matter import queries
from consult.consultations.models import Consultation
from consult.errors import Invalid, NotFound, Refused
from consult.policy import Action
from consult.responses.intake import corrections, views_scans
from consult.responses.intake.corrections import TYPED, Typed
from consult.responses.views_frame import page, status_of, to, told
from consult.submissions import anchors
from consult.submissions.anchors import NamedPlace
from consult.submissions.models import Comment
from consult.submissions.sender import typing_checks
from consult.web import context
from consult.web.catalogue import say
from consult.web.guard import access

blueprint = Blueprint("typed", __name__)
AT = "/xu-ly/<slug>/ban-chep/"
ONE = AT + "<int:number>/"


@blueprint.get(AT)
@access(Action.RECORD_PAPER, of=queries.by_slug)
def index(consultation: Consultation) -> ResponseReturnValue:
    """The papers of which senders said that they were typed wrong."""
    return page("intake/typed_list", consultation, checks=typing_checks.waiting(context.session(), consultation))


@blueprint.get(ONE)
@access(Action.RECORD_PAPER, of=queries.by_slug)
def show(consultation: Consultation, number: int) -> ResponseReturnValue:
    """A paper beside what was typed of it."""
    return _page(consultation, number)


@blueprint.post(ONE)
@access(Action.RECORD_PAPER, of=queries.by_slug, acts_on=TYPED)
def save(consultation: Consultation, number: int) -> ResponseReturnValue:
    """Puts it right, or keeps it with the reason."""
    session, now = context.session(), context.arrived_at()
    typed = [
        Typed(one.number, *(request.form.get(f"comments.{one.number}.{name}", "") for name in corrections.FIELDS))
        for one in corrections.find(session, consultation, number).comments
        if f"comments.{one.number}.text" in request.form
    ]
    try:
        reason = request.form.get("reason", "")
        changed = corrections.correct(session, consultation, number, typed, reason, context.actor(), now)
    except (Invalid, Refused) as wrong:
        return _page(consultation, number, wrong)
    return to("typed.show", consultation, "done_typing_corrected" if changed else "done_typing_kept", number=number)


@blueprint.get(ONE + "anh/<uuid:attachment>/")
@access(Action.RECORD_PAPER, of=queries.by_slug)
def picture(consultation: Consultation, number: int, attachment: UUID) -> Response:
    """The first page of a scan."""
    paper = corrections.find(context.session(), consultation, number)
    found = next((one for one in typing_checks.scans_of(context.session(), paper) if one.id == attachment), None)
    if found is None:
        raise NotFound
    return views_scans.drawn(found.file_hash)


def _place_words(comment: Comment) -> str:
    document = comment.document.number if comment.document is not None else 0
    revision = comment.revision.number if comment.revision is not None else 0
    page_number = comment.page.number if comment.page is not None else None
    return anchors.label_of(NamedPlace(document, "", revision, 1, comment.path, page_number), say)


def _page(consultation: Consultation, number: int, wrong: Invalid | Refused | None = None) -> ResponseReturnValue:
    session = context.session()
    paper = corrections.find(session, consultation, number)
    return page(
        "intake/typed", consultation, status_of(wrong), paper=paper, states=corrections.states(session, paper),
        place_words=_place_words,
        scans=typing_checks.scans_of(session, paper), check=typing_checks.latest(session, paper),
        form=request.form,
        **told(wrong),
    )  # fmt: skip
