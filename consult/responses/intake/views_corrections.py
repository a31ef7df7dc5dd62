"""What was typed of a paper beside its scan, and what its sender said of it: put right, or kept with the reason."""

from collections.abc import Mapping
from uuid import UUID

from flask import Blueprint, Response, request, url_for
from flask.typing import ResponseReturnValue

from consult.comparison.differences import word_differences
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
from consult.web import context, parked_answers
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
    """A paper beside what was typed of it; or as an earlier round of the form was answered."""
    return parked_answers.found() or _page(consultation, number)


@blueprint.post(ONE)
@access(Action.RECORD_PAPER, of=queries.by_slug, acts_on=TYPED)
def save(consultation: Consultation, number: int) -> ResponseReturnValue:
    """Puts it right, or keeps it with the reason; or takes over what the sender wrote, to be looked at once more."""
    here = url_for("desk.typed.show", slug=consultation.slug, number=number)
    if (taken := request.form.get("take", "")).isdigit():
        form = request.form.to_dict() | _words_of_sender(consultation, number, taken)
        return parked_answers.parked(_page(consultation, number, form=form), here, f"y-kien-{taken}")
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
        return parked_answers.parked(_page(consultation, number, wrong), here)
    return to("typed.show", consultation, "done_typing_corrected" if changed else "done_typing_kept", number=number)


@blueprint.get(ONE + "anh/<uuid:attachment>/<int:page>/")
@access(Action.RECORD_PAPER, of=queries.by_slug)
def picture(consultation: Consultation, number: int, attachment: UUID, page: int) -> Response:
    """A page of a scan."""
    paper = corrections.find(context.session(), consultation, number)
    found = next((one for one in typing_checks.scans_of(context.session(), paper) if one.id == attachment), None)
    if found is None:
        raise NotFound
    return views_scans.drawn(found.file_hash, page)


def _words_of_sender(consultation: Consultation, number: int, taken: str) -> dict[str, str]:
    """The fields of one comment as its sender wrote them, for the form."""
    check = typing_checks.latest(context.session(), corrections.find(context.session(), consultation, number))
    row = check.texts.get(taken, {}) if check is not None else {}
    return {f"comments.{taken}.{name}": words for name, words in row.items()}


def _place_words(comment: Comment) -> str:
    document = comment.document.number if comment.document is not None else 0
    revision = comment.revision.number if comment.revision is not None else 0
    page_number = comment.page.number if comment.page is not None else None
    return anchors.label_of(NamedPlace(document, "", revision, 1, comment.path, page_number), say)


def _page(
    consultation: Consultation,
    number: int,
    wrong: Invalid | Refused | None = None,
    form: Mapping[str, str] | None = None,
) -> ResponseReturnValue:
    session = context.session()
    paper = corrections.find(session, consultation, number)
    scans = typing_checks.scans_of(session, paper)
    return page(
        "intake/typed", consultation, status_of(wrong), paper=paper, states=corrections.states(session, paper),
        place_words=_place_words, difference=word_differences, check=typing_checks.latest(session, paper),
        scans=[(one, page_at) for one in scans for page_at in range(views_scans.count_of(one.file_hash))],
        form=request.form if form is None else form, **told(wrong),
    )  # fmt: skip
