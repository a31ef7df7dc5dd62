"""The pages of dialogues at the desk: called over what does not satisfy in the answers to a letter, and recorded."""

from flask import Blueprint, Response, current_app, request
from flask.typing import ResponseReturnValue
from sqlalchemy import select

from consult.consultations.matter import queries
from consult.consultations.models import Consultation
from consult.errors import Invalid, NotFound, Refused
from consult.files.signed_files import KeptFile, keep_file
from consult.policy import Action
from consult.responses.dialogues import forms, service
from consult.responses.dialogues.shown import DIALOGUE, SECOND_WORDS
from consult.responses.second_words.terms import SecondWordTerms
from consult.responses.second_words.waiting import waiting
from consult.responses.views_frame import page, status_of, to, told
from consult.submissions.models import Submission
from consult.web import context
from consult.web.files import downloads
from consult.web.guard import access

blueprint = Blueprint("dialogues", __name__)
CALL = "/xu-ly/<slug>/van-ban/<int:letter>/doi-thoai/"
ONE = "/xu-ly/<slug>/doi-thoai/<int:number>/"


@blueprint.get(CALL)
@access(Action.HOLD_DIALOGUE, of=queries.by_slug)
def ask(consultation: Consultation, letter: int) -> ResponseReturnValue:
    """The form for a dialogue over a letter."""
    return _calling(consultation, letter)


@blueprint.post(CALL)
@access(Action.HOLD_DIALOGUE, of=queries.by_slug, acts_on=SECOND_WORDS)
def call(consultation: Consultation, letter: int) -> ResponseReturnValue:
    """Calls it."""
    session, sent = context.session(), _letter(consultation, letter)
    try:
        new, terms = forms.new_dialogue(request.form), SecondWordTerms.of(current_app.config)
        service.call(session, consultation, sent, new, terms, context.actor(), context.arrived_at())
    except (Invalid, Refused) as wrong:
        session.rollback()
        return _calling(consultation, letter, wrong)
    return to("letters.show", consultation, "done_dialogue_called", number=letter)


@blueprint.get(ONE)
@access(Action.HOLD_DIALOGUE, of=queries.by_slug)
def show(consultation: Consultation, number: int) -> ResponseReturnValue:
    """One dialogue: when, where, over what, who came and what came of it; or the form for its minutes."""
    return _one(consultation, number)


@blueprint.post(ONE)
@access(Action.HOLD_DIALOGUE, of=queries.by_slug, acts_on=DIALOGUE)
def record(consultation: Consultation, number: int) -> ResponseReturnValue:
    """Records the minutes."""
    session = context.session()
    over = list(service.points_of(session, service.dialogue(session, consultation, number)))
    try:
        minutes = forms.minutes(request.form, over, _file())
        service.record(session, consultation, number, minutes, context.actor(), context.arrived_at())
    except (Invalid, Refused) as wrong:
        session.rollback()
        return _one(consultation, number, wrong)
    return to("dialogues.show", consultation, "done_dialogue_recorded", number=number)


@blueprint.get(f"{ONE}bien-ban/")
@access(Action.HOLD_DIALOGUE, of=queries.by_slug)
def minutes(consultation: Consultation, number: int) -> Response:
    """The minutes as they were signed."""
    found = service.dialogue(context.session(), consultation, number)
    if not found.minutes_hash:
        raise NotFound
    return downloads.kept(found.minutes_hash, found.minutes_type, found.minutes_name)


def _letter(consultation: Consultation, number: int) -> Submission:
    own = (Submission.consultation_id == consultation.id, Submission.number == number)
    found = context.session().scalar(select(Submission).where(*own))
    if found is None:
        raise NotFound
    return found


def _calling(consultation: Consultation, letter: int, wrong: Invalid | Refused | None = None) -> ResponseReturnValue:
    session, sent = context.session(), _letter(consultation, letter)
    return page(
        "dialogues/call", consultation, status_of(wrong), letter=sent, form=request.form,
        waits=waiting(session, consultation.id, submission_id=sent.id),
        ticked=request.form.getlist("comment") if request.method == "POST" else None, **told(wrong),
    )  # fmt: skip


def _one(consultation: Consultation, number: int, wrong: Invalid | Refused | None = None) -> ResponseReturnValue:
    session = context.session()
    found = service.dialogue(session, consultation, number)
    return page(
        "dialogues/dialogue", consultation, status_of(wrong), one=found, points=service.points_of(session, found),
        letter=session.get_one(Submission, (consultation.id, found.submission_id)), form=request.form,
        why_not=service.why_not_record(session, found, context.arrived_at()), **told(wrong),
    )  # fmt: skip


def _file() -> KeptFile | None:
    """The minutes that were chosen, kept; None where none were. Raises Invalid."""
    chosen = request.files.get("file")
    if chosen is None or not chosen.filename:
        return None
    return keep_file(context.files(), chosen.read(), chosen.filename)
