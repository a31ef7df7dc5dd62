"""Approving drafted answers, many at once, and publishing the approved ones together."""

from flask import Blueprint, request
from flask.typing import ResponseReturnValue

from consult.consultations.matter import queries
from consult.consultations.models import Consultation
from consult.errors import Invalid, NotFound, Refused
from consult.policy import Action
from consult.responses.answers import answer_state, approval, publication
from consult.responses.desk import forms, review_list
from consult.responses.desk.shown_answers import ANSWERS
from consult.responses.views_frame import knows_senders, page, status_of, tell_taken, term, to, today, told
from consult.responses.words import AnswerState
from consult.web import context
from consult.web.guard import access

blueprint = Blueprint("approval", __name__)


@blueprint.get("/xu-ly/<slug>/phe-duyet/")
@access(Action.SEE_COMMENTS, of=queries.by_slug)
def sheet(consultation: Consultation) -> ResponseReturnValue:
    """All drafted answers on one page, critiques and refusals first; it prints for signature."""
    return _sheet(consultation)


@blueprint.post("/xu-ly/<slug>/phe-duyet/")
@access(Action.APPROVE_ANSWER, of=queries.by_slug, acts_on=ANSWERS)
def decide(consultation: Consultation) -> ResponseReturnValue:
    """Approves all that were ticked, or sends them back with a note."""
    chosen, note = forms.chosen_answers(request.form), request.form.get("note", "")
    session, actor, now = context.session(), context.actor(), context.arrived_at()
    try:
        if request.form.get("act") == "approve":
            done = approval.approve(session, consultation, chosen, actor, now, note, _releases(), _saw_warnings())
        elif request.form.get("act") == "send_back":
            done = approval.send_back(session, consultation, chosen, note, actor, now)
        else:
            raise NotFound
    except (Invalid, Refused) as wrong:
        return _sheet(consultation, wrong)
    tell_taken(done, f"done_{request.form['act']}")
    return to("approval.sheet", consultation)


@blueprint.get("/xu-ly/<slug>/cong-bo/")
@access(Action.PUBLISH_ANSWERS, of=queries.by_slug)
def approved(consultation: Consultation) -> ResponseReturnValue:
    """The approved answers that are not public yet."""
    return _approved(consultation)


@blueprint.post("/xu-ly/<slug>/cong-bo/")
@access(Action.PUBLISH_ANSWERS, of=queries.by_slug, acts_on=ANSWERS)
def publish(consultation: Consultation) -> ResponseReturnValue:
    """Publishes all that were ticked, together."""
    shown = dict(forms.chosen_answers(request.form))
    session, actor, now = context.session(), context.actor(), context.arrived_at()
    try:
        done = publication.publish_answers(session, consultation, shown, actor, now, shown, _releases())
    except Refused as refused:
        return _approved(consultation, refused)
    tell_taken(done, "done_publish")
    return to("approval.approved", consultation)


def _releases() -> bool:
    """Whether the comments are to be released in the same act; the service asks whether this person may."""
    return bool(request.form.get("release"))


def _saw_warnings() -> bool:
    """Whether who approves has seen what the chosen answers were warned of."""
    return bool(request.form.get("warned"))


def _sheet(consultation: Consultation, wrong: Invalid | Refused | None = None) -> ResponseReturnValue:
    return _answers(consultation, "answers/approve", AnswerState.DRAFTED, wrong)


def _approved(consultation: Consultation, wrong: Refused | None = None) -> ResponseReturnValue:
    return _answers(consultation, "answers/publish", AnswerState.APPROVED, wrong)


def _answers(
    consultation: Consultation, name: str, state: AnswerState, wrong: Invalid | Refused | None
) -> ResponseReturnValue:
    session = context.session()
    found = review_list.sheet(session, consultation, state, term(consultation), today(), knows_senders(consultation))
    return page(
        name,
        consultation,
        status_of(wrong),
        drafts=found,
        names=answer_state.names(session, [draft.answer for draft in found]),
        chosen=request.form.getlist("response"),
        note=request.form.get("note", ""),
        saw_warnings=_saw_warnings(),
        releasing=request.method == "GET" or _releases(),
        **told(wrong),
    )
