"""Approving drafted answers, many at once, and publishing the approved ones together."""

from typing import Any

from flask import Blueprint, request
from flask.typing import ResponseReturnValue

from consult.consultations.matter import queries
from consult.consultations.models import Consultation
from consult.errors import Invalid, NotFound, Refused
from consult.policy import Action
from consult.responses.answers import answer_state, approval, kept_sheets, publication
from consult.responses.desk import forms
from consult.responses.desk.shown_answers import ANSWERS
from consult.responses.desk.shown_comments import COMMENTS
from consult.responses.second_words.told import second_words
from consult.responses.sheets import forecast, review_list, whole_list
from consult.responses.sheets.review_list import Sheet
from consult.responses.views_frame import knows_senders, page, status_of, tell_taken, term, to, today, told
from consult.responses.words import AnswerState
from consult.submissions.acts import service as acts
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
    """Approves all that were ticked, or all that wait, or sends what was ticked back with remarks."""
    act, note, remarks = request.form.get("act", ""), request.form.get("note", ""), forms.remarks(request.form)
    session, actor, now = context.session(), context.actor(), context.arrived_at()
    try:
        if act in ("approve", "approve_all"):
            chosen = _chosen(consultation, act, AnswerState.DRAFTED)
            done = approval.approve(
                session, consultation, chosen, actor, now, note, _releases(), remarks, _saw_warnings()
            )
        elif act == "send_back":
            chosen = forms.chosen_answers(request.form)
            done = approval.send_back(session, consultation, chosen, note, actor, now, remarks)
        else:
            raise NotFound
    except (Invalid, Refused) as wrong:
        return _sheet(consultation, wrong)
    tell_taken(done, f"done_{act}")
    return to("approval.sheet", consultation, **_same_page())


@blueprint.get("/xu-ly/<slug>/cong-bo/")
@access(Action.PUBLISH_ANSWERS, of=queries.by_slug)
def approved(consultation: Consultation) -> ResponseReturnValue:
    """The approved answers that are not public yet."""
    return _approved(consultation)


@blueprint.post("/xu-ly/<slug>/cong-bo/")
@access(Action.PUBLISH_ANSWERS, of=queries.by_slug, acts_on=ANSWERS)
def publish(consultation: Consultation) -> ResponseReturnValue:
    """Publishes all that were ticked, or all that are approved, together."""
    act = request.form.get("act", "")
    session, actor, now = context.session(), context.actor(), context.arrived_at()
    try:
        shown = dict(_chosen(consultation, act, AnswerState.APPROVED))
        done = publication.publish_answers(session, consultation, shown, actor, now, shown, _releases())
    except Refused as refused:
        return _approved(consultation, refused)
    tell_taken(done, "done_publish")
    return to("approval.approved", consultation, **_same_page())


@blueprint.post("/xu-ly/<slug>/cong-bo/da-tra-loi/")
@access(Action.TRIAGE, of=queries.by_slug, acts_on=COMMENTS)
def release_answered(consultation: Consultation) -> ResponseReturnValue:
    """Releases comments whose answers were published before."""
    numbers, session = forms.numbers(request.form), context.session()
    try:
        done = acts.release(session, consultation, numbers, context.actor(), context.arrived_at())
    except Refused as refused:
        return _approved(consultation, refused)
    tell_taken(done, "done_release")
    return to("approval.approved", consultation)


def _chosen(consultation: Consultation, act: str, state: AnswerState) -> list[approval.Choice]:
    """What was ticked; or, where all were meant, all in this state, as long as they are those that were listed."""
    if not act.endswith("_all"):
        return forms.chosen_answers(request.form)
    return whole_list.choices(context.session(), consultation, state, request.form.get("mark", ""))


def _same_page() -> dict[str, Any]:
    page = forms.page(request.args)
    return ({"page": page} if page > 1 else {}) | ({"muon": 1} if _late() else {})


def _late() -> bool:
    """Whether only what should be public already is listed."""
    return bool(request.args.get("muon"))


def _releases() -> bool:
    """Whether the comments are to be released in the same act; the service asks whether this person may."""
    return bool(request.form.get("release"))


def _saw_warnings() -> bool:
    """Whether who approves has seen what the chosen answers were warned of."""
    return bool(request.form.get("warned"))


def _sheet(consultation: Consultation, wrong: Invalid | Refused | None = None) -> ResponseReturnValue:
    return _answers(consultation, "answers/approve", _listed(consultation, AnswerState.DRAFTED), wrong)


def _approved(consultation: Consultation, wrong: Refused | None = None) -> ResponseReturnValue:
    found, session = _listed(consultation, AnswerState.APPROVED, _late()), context.session()
    here = forecast.forecast(session, consultation, [draft.answer for draft in found.drafts])
    everything = forecast.forecast(session, consultation, found.answers) if found.others else here
    return _answers(
        consultation, "answers/publish", found, wrong, here=here, everything=everything, late=_late(),
        earlier=forecast.answered_unseen(session, consultation),
    )  # fmt: skip


def _listed(consultation: Consultation, state: AnswerState, late: bool = False) -> Sheet:
    session, number = context.session(), forms.page(request.args)
    return review_list.sheet(
        session, consultation, state, term(consultation), today(), knows_senders(consultation), number, late
    )


def _answers(
    consultation: Consultation, name: str, found: Sheet, wrong: Invalid | Refused | None, **values: Any
) -> ResponseReturnValue:
    session = context.session()
    return page(
        name,
        consultation,
        status_of(wrong),
        sheet=found,
        drafts=found.drafts,
        words=second_words(session, consultation.id, [line.id for draft in found.drafts for line in draft.lines]),
        papers=kept_sheets.decided_on(session, consultation.id, [draft.answer for draft in found.drafts]),
        names=answer_state.names(session, [draft.answer for draft in found.drafts]),
        chosen=request.form.getlist("response"),
        note=request.form.get("note", ""),
        remarks=forms.remarks(request.form),
        saw_warnings=_saw_warnings(),
        releasing=request.method == "GET" or _releases(),
        **values,
        **told(wrong),
    )
