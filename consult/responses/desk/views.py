"""The desk: the list of comments with what is done to many, and one comment. Its other pages stand beside this."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any
from uuid import UUID

from flask import Blueprint, Response, current_app, request
from flask.typing import ResponseReturnValue

from consult.consultations.matter import queries
from consult.consultations.models import Consultation
from consult.consultations.revisions.lineages import filed_drafts
from consult.errors import NotFound, Refused, Taken
from consult.policy import Action
from consult.responses.desk import (
    assignment,
    comment_case,
    forms,
    views_acts,
    views_answers,
    views_approval,
    views_conclusion,
    views_question,
    views_sources,
    views_voices,
)
from consult.responses.desk.comment_case import CommentCase
from consult.responses.desk.listing import case_list
from consult.responses.desk.listing.filters import CaseFilters
from consult.responses.desk.shown_comments import COMMENTS
from consult.responses.desk.typing import typed_places
from consult.responses.questions.seen import seen
from consult.responses.questions.service import question_of
from consult.responses.remarks.service import remark_on
from consult.responses.views_frame import CONFLICT, OK, handler, knows_senders, page, tell_taken, term, to, today
from consult.submissions import anchors
from consult.submissions.acts import service as acts
from consult.submissions.anchors import NamedPlace
from consult.submissions.sender import calls
from consult.submissions.sender.models import Call
from consult.text import blank, one_line, stored
from consult.web import context
from consult.web.catalogue import say
from consult.web.files import downloads, pictures
from consult.web.guard import access, may

blueprint = Blueprint("desk", __name__)
for part in (views_acts, views_answers, views_approval, views_conclusion, views_question, views_sources, views_voices):
    blueprint.register_blueprint(part.blueprint)


@blueprint.get("/xu-ly/<slug>/")
@access(Action.SEE_COMMENTS, of=queries.by_slug)
def index(consultation: Consultation) -> ResponseReturnValue:
    """The comments of a matter, filtered."""
    return _list(consultation)


@blueprint.post("/xu-ly/<slug>/")
@access(Action.ASSIGN, of=queries.by_slug, acts_on=COMMENTS)
def many(consultation: Consultation) -> ResponseReturnValue:
    """Does one thing to the comments that were ticked, to all that it may be done to."""
    try:
        chosen = forms.numbers(request.form)
        if request.form.get("act") == "answer":
            return to("answers.new", consultation, comment=chosen)
        act = request.form.get("act", "")
        tell_taken(_do(consultation, act, chosen), f"done_{act}")
    except Refused as refused:
        return _list(consultation, refused)
    if request.form.get("back") == "comment":
        return to("comment", consultation, number=chosen[0])
    return to("index", consultation, **forms.narrowed(request.args))


@blueprint.get("/xu-ly/<slug>/y-kien/<int:number>/")
@access(Action.SEE_COMMENTS, of=queries.by_slug)
def comment(consultation: Consultation, number: int) -> ResponseReturnValue:
    """One comment: what was sent, every version and act, who has it in hand, its answer."""
    return show_comment(consultation, number)


@blueprint.get("/xu-ly/<slug>/tep/<uuid:attachment_id>/")
@access(Action.SEE_SENDERS, of=queries.by_slug)
def attachment(consultation: Consultation, attachment_id: UUID) -> Response:
    """A file that came with a submission, to be saved and not shown here."""
    set_apart = may(Action.TRIAGE, consultation)
    found = comment_case.attachment(context.session(), consultation, attachment_id, set_apart)
    return downloads.kept(found.file_hash, found.media_type, found.file_name)


@blueprint.get("/xu-ly/<slug>/y-kien/<int:number>/phan-trang.webp")
@access(Action.SEE_COMMENTS, of=queries.by_slug)
def page_part(consultation: Consultation, number: int) -> Response:
    """The part of a page that a comment is about."""
    shown = comment_case.marked_page(context.session(), consultation, number, may(Action.TRIAGE, consultation))
    return pictures.picture(shown.marked(current_app.extensions["consult.page_images"]))


def show_comment(consultation: Consultation, number: int, status: int = OK, **values: Any) -> ResponseReturnValue:
    """The page of one comment, perhaps with what went wrong on it."""
    apart, senders = may(Action.TRIAGE, consultation), knows_senders(consultation)
    found = comment_case.case_of(context.session(), consultation, number, term(consultation), today(), apart, senders)
    return page(
        "comment/comment", consultation, status, case=found, calls=_calls(consultation, found),
        question=seen(question_of(context.session(), found.comment), apart), today=today(),
        remark=remark_on(context.session(), found.comment),
        **_hands(consultation), **values,
    )  # fmt: skip


def _calls(consultation: Consultation, case: CommentCase) -> Sequence[Call]:
    """The calls that wait for who sent a comment, for who may know who that is."""
    if case.line.closed or case.line.nameless:
        return ()
    return calls.waiting(context.session(), consultation.id, Call.submission_id == case.submission.id)


def _do(consultation: Consultation, act: str, numbers: list[int]) -> Taken:
    """Carries out what a button of the list says."""
    session, actor, now = context.session(), context.actor(), context.arrived_at()
    if act == "release":
        return acts.release(session, consultation, numbers, actor, now)
    if act == "assign":
        unit, user = forms.optional_key(request.form, "to_unit"), forms.optional_key(request.form, "to_user")
        return assignment.assign(session, consultation, numbers, unit, user, actor, now)
    if act == "pass_on":
        note, whom = stored(request.form.get("note", ""))[:2_000], one_line(request.form.get("passed_to", ""))[:300]
        # Who may not do it is told nothing of what would be missing.
        if blank(whom) and may(Action.TRIAGE, consultation):
            raise Refused("passed_on_to_whom")
        return acts.pass_on(session, consultation, numbers, note, actor, now, whom)
    raise NotFound


def _list(consultation: Consultation, refusal: Refused | None = None) -> ResponseReturnValue:
    filters = forms.filters(request.args)
    if filters.path:
        named = typed_places.places(context.session(), consultation, say)
        filters = replace(filters, place=named.to_narrow_by(filters.path))
    handled, until = handler(consultation), term(consultation)
    found = case_list.listed(context.session(), consultation, filters, handled, until, today())
    status = CONFLICT if refusal else OK
    chosen = request.form.getlist("comment")
    return page(
        "index", consultation, status, listed=found, filters=filters, refusal=refusal, chosen=chosen,
        typed=request.form, others=forms.narrowed(request.args), place=_narrowed_to(consultation, filters),
        **_hands(consultation),
    )  # fmt: skip


def _narrowed_to(consultation: Consultation, filters: CaseFilters) -> str:
    """The provision that the list is narrowed to, in words with its draft; empty when it is not."""
    place = filters.place
    if place is None or not place.revision:
        return ""
    filed = filed_drafts(context.session(), consultation.id)[place.document]
    named = NamedPlace(place.document, filed.title, place.revision, filed.drafts, place.path, place.page)
    return anchors.label_of(named, say)


def _hands(consultation: Consultation) -> dict[str, Any]:
    session = context.session()
    return {
        "units": [(str(unit.id), unit.name) for unit in assignment.units_of(session, consultation)],
        "people": [
            (str(person.id), person.name)
            for person in assignment.people_of(session, consultation, context.arrived_at())
        ],
    }
