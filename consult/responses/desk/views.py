"""The desk: the list of comments with what is done to many, and one comment. Its other pages stand beside this."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from flask import Blueprint, Response, current_app, request
from flask.typing import ResponseReturnValue

from consult.consultations.matter import queries
from consult.consultations.models import Consultation
from consult.errors import Invalid, Refused
from consult.policy import Action
from consult.responses.coordination import found as coordination
from consult.responses.desk import (
    comment_case,
    forms,
    set_apart,
    views_acts,
    views_answers,
    views_question,
    views_set_apart,
    views_sources,
    views_voices,
)
from consult.responses.desk.comment_case import CommentCase
from consult.responses.desk.in_sight.hinted import Hinted, hinted
from consult.responses.desk.listing import forms_place, views_list_acts, views_page, views_place
from consult.responses.desk.set_apart import SetApart
from consult.responses.desk.shown_comments import COMMENTS
from consult.responses.questions.seen import seen
from consult.responses.questions.service import question_of
from consult.responses.second_words.told import second_words
from consult.responses.views_frame import OK, knows_senders, opened, page, tell_taken, term, to, today
from consult.submissions.comments import comment_state
from consult.submissions.comments.places import ever_moved, steps_of
from consult.submissions.comments.visible import is_in_check
from consult.submissions.receiving.models import Attachment
from consult.submissions.sender import calls
from consult.submissions.sender.models import Call
from consult.web import context
from consult.web.files import downloads, pictures
from consult.web.guard import access, may

blueprint = Blueprint("desk", __name__)
PAGES = {"word": "coordination.new", "move": "moving.ask"}
"""What is done to the comments that were ticked on a page of its own, by the button that leads there."""
for part in (views_acts, views_answers, views_question, views_set_apart, views_sources, views_voices):
    blueprint.register_blueprint(part.blueprint)
blueprint.url_defaults(views_place.carry_on)


@blueprint.get("/xu-ly/<slug>/")
@access(Action.SEE_COMMENTS, of=queries.by_slug)
def index(consultation: Consultation) -> ResponseReturnValue:
    """The comments of a matter, filtered."""
    return views_page.show(consultation)


@blueprint.post("/xu-ly/<slug>/")
@access(Action.ASSIGN, of=queries.by_slug, acts_on=COMMENTS)
def many(consultation: Consultation) -> ResponseReturnValue:
    """Does one thing to the comments that were ticked, to all that it may be done to."""
    act = request.form.get("act", "")
    try:
        chosen = forms.numbers(request.form)
        if act == "answer":
            return to("answers.new", consultation, comment=chosen, tu=forms_place.query_of(request.args))
        if act in PAGES:
            return to(PAGES[act], consultation, comment=chosen, tu=forms_place.query_of(request.args) or None)
        tell_taken(views_list_acts.do(consultation, act, chosen), f"done_{act}")
    except (Invalid, Refused) as wrong:
        return views_page.show(consultation, wrong)
    if request.form.get("back") == "comment":
        return to("comment", consultation, number=chosen[0])
    return views_page.back_to_list(consultation, chosen)


@blueprint.post("/xu-ly/<slug>/tat-ca/")
@access(Action.ASSIGN, of=queries.by_slug, alone="what came or was changed since the list was shown is left out")
def all_of_them(consultation: Consultation) -> ResponseReturnValue:
    """Does one thing to all that the filters leave, on every page of the list, to all that it may be done to."""
    try:
        tell_taken(views_page.do_to_all(consultation), f"done_{request.form.get('act')}")
    except (Invalid, Refused) as wrong:
        return views_page.show(consultation, wrong)
    return views_page.back_to_list(consultation)


@blueprint.get("/xu-ly/<slug>/y-kien/<int:number>/")
@access(Action.SEE_COMMENTS, of=queries.by_slug)
def comment(consultation: Consultation, number: int) -> ResponseReturnValue:
    """One comment: what was sent, every version and act, who has it in hand, its answer."""
    return show_comment(consultation, number)


@blueprint.get("/xu-ly/<slug>/tep/<uuid:attachment_id>/")
@access(Action.SEE_SENDERS, of=queries.by_slug)
def attachment(consultation: Consultation, attachment_id: UUID) -> Response:
    """A file that came with a submission, to be saved and not shown here."""
    found = comment_case.attachment(context.session(), consultation, attachment_id, True)
    apart = _opened_sent(consultation, found)
    found = comment_case.attachment(context.session(), consultation, attachment_id, apart)
    return downloads.kept(found.file_hash, found.media_type, found.file_name)


@blueprint.get("/xu-ly/<slug>/y-kien/<int:number>/phan-trang.webp")
@access(Action.SEE_COMMENTS, of=queries.by_slug)
def page_part(consultation: Consultation, number: int) -> Response:
    """The part of a page that a comment is about."""
    shown = comment_case.marked_page(context.session(), consultation, number, opened(consultation, number))
    return pictures.picture(shown.marked(current_app.extensions["consult.page_images"]))


def show_comment(consultation: Consultation, number: int, status: int = OK, **values: Any) -> ResponseReturnValue:
    """The page of one comment, perhaps with what went wrong on it."""
    apart, senders = opened(consultation, number), knows_senders(consultation)
    found = comment_case.case_of(context.session(), consultation, number, term(consultation), today(), apart, senders)
    return page(
        "comment/comment", consultation, status, case=found, hinted=_hinted(consultation, found),
        calls=_calls(consultation, found), today=today(),
        question=seen(question_of(context.session(), found.comment), may(Action.TRIAGE, consultation)),
        words=coordination.of_comments(context.session(), consultation, [number]),
        apart=_apart(consultation, number),
        stood=steps_of(context.session(), consultation.id, ever_moved(found.acts)).get(found.comment.id, ()),
        word=second_words(context.session(), consultation.id, [found.comment.id]).get(found.comment.id),
        beside=views_place.beside(consultation, number),
        **views_page.hands(consultation),
        **views_page.tags_of(consultation, [found.line]), **values,
    )  # fmt: skip


def _opened_sent(consultation: Consultation, file: Attachment) -> bool:
    """Whether who looks deals with what is set apart, and has opened a comment that a file came with."""
    if file.submission_id is None or not may(Action.TRIAGE, consultation):
        return False
    session, actor, now = context.session(), context.actor(), context.arrived_at()
    return set_apart.has_opened_sent(session, consultation, file.submission_id, actor, now)


def _apart(consultation: Consultation, number: int) -> SetApart | None:
    """How a comment stands that is set apart, for who deals with it."""
    if not may(Action.TRIAGE, consultation):
        return None
    one = comment_state.read(context.session(), consultation.id, [number])[0]
    return set_apart.standing(context.session(), one, current_app.config["SET_ASIDE_DAYS"])


def _hinted(consultation: Consultation, case: CommentCase) -> Hinted | None:
    """What is pointed out in the words, to who decides whether they are public, as long as nobody has decided that."""
    line = case.line
    if line.closed or line.nameless or not may(Action.TRIAGE, consultation) or not is_in_check(line.visibility):
        return None
    return hinted(line, () if case.submission.public_name else (case.submission.shown_name,))


def _calls(consultation: Consultation, case: CommentCase) -> Sequence[Call]:
    """The calls that wait for who sent a comment, for who may know who that is."""
    if case.line.closed or case.line.nameless:
        return ()
    return calls.waiting(context.session(), consultation.id, Call.submission_id == case.submission.id)
