"""The pages of the desk about requests of people on their own data: listed, taken down, each with what is done."""

from flask import Blueprint, current_app, request
from flask.typing import ResponseReturnValue

from consult.consultations.matter import queries
from consult.consultations.models import Consultation
from consult.errors import Invalid, NotFound, Refused
from consult.responses.answers import repeated
from consult.responses.data_requests import copies, correcting, erasure, forgetting, service, standing, views_copy
from consult.responses.data_requests.service import CARING
from consult.responses.data_requests.shown import DATA_REQUEST
from consult.responses.data_requests.standing import Standing
from consult.responses.views_frame import page, status_of, to, today, told
from consult.submissions.models import Submission
from consult.submissions.sender import own_submission
from consult.text import stored
from consult.web import context
from consult.web.guard import access

blueprint = Blueprint("data_requests", __name__)
BASE = "/xu-ly/<slug>/du-lieu-ca-nhan/"


@blueprint.get(BASE)
@access(CARING, of=queries.by_slug)
def index(consultation: Consultation) -> ResponseReturnValue:
    """What people ask of their data, and where what is asked at the desk is taken down."""
    return _index(consultation, {"comment": request.args.get("y-kien", "")[:9]})


@blueprint.post(BASE)
@access(CARING, of=queries.by_slug, alone="a new request")
def take_down(consultation: Consultation) -> ResponseReturnValue:
    """Takes down what is asked at the desk."""
    typed = request.form.to_dict()
    number = typed.get("comment", "")
    named = int(number) if number.isascii() and number.isdigit() and len(number) < 9 else 0
    asked = (typed.get("data_kind", ""), typed.get("said", ""), typed.get("checked", ""))
    try:
        made = service.take_down(context.session(), consultation, named, *asked, context.actor(), context.arrived_at())
    except (Invalid, Refused) as wrong:
        return _index(consultation, typed, wrong)
    return to("data_requests.show", consultation, "done_data_asked", number=made.number)


@blueprint.get(f"{BASE}<int:number>/")
@access(CARING, of=queries.by_slug)
def show(consultation: Consultation, number: int) -> ResponseReturnValue:
    """One request, what it is about, and what may be done."""
    return _show(consultation, number)


@blueprint.post(f"{BASE}<int:number>/")
@access(CARING, of=queries.by_slug, acts_on=DATA_REQUEST)
def do(consultation: Consultation, number: int) -> ResponseReturnValue:
    """Does what a button of the page says."""
    act = request.form.get("act", "")
    try:
        _ACTS.get(act, _unknown)(consultation, number)
    except (Invalid, Refused) as wrong:
        context.session().rollback()
        return _show(consultation, number, wrong)
    return to("data_requests.show", consultation, f"done_data_{act}", number=number)


@blueprint.get(f"{BASE}<int:number>/ban-sao.<{views_copy.ENDINGS}:ending>")
@access(CARING, of=queries.by_slug)
def copy(consultation: Consultation, number: int, ending: str) -> ResponseReturnValue:
    """The copy of what is held of who asked, to be handed over: as data, or as a PDF."""
    session = context.session()
    submission = _find(consultation, number).request.submission
    made = copies.copy_of(session, consultation, submission, context.arrived_at())
    try:
        return views_copy.answered(made, ending)
    except Refused as refused:
        return _show(consultation, number, refused)


def _decline(consultation: Consultation, number: int) -> None:
    reason = request.form.get("reason", "")
    service.decline(context.session(), consultation, number, reason, context.actor(), context.arrived_at())


def _copied(consultation: Consultation, number: int) -> None:
    service.note_copy(context.session(), consultation, number, context.actor(), context.arrived_at())


def _correct(consultation: Consultation, number: int) -> None:
    name, place = request.form.get("sender_name", ""), request.form.get("place_said", "")
    actor, now = context.actor(), context.arrived_at()
    why = stored(request.form.get("note", ""))
    correcting.correct(context.session(), consultation, number, name, place, why, actor, now)


def _propose(consultation: Consultation, number: int) -> None:
    scope = request.form.getlist("scope")
    erasure.propose(context.session(), consultation, number, scope, context.actor(), context.arrived_at())


def _refuse(consultation: Consultation, number: int) -> None:
    erasure.refuse(context.session(), consultation, number, context.actor(), context.arrived_at())


def _confirm(consultation: Consultation, number: int) -> None:
    session = context.session()
    said = forgetting.phrases(session, _find(consultation, number).request.submission)
    erasure.confirm(session, consultation, number, context.actor(), context.arrived_at())
    forgetting.forget_pages([current_app.config[name] for name in forgetting.PARKED], said)


def _unknown(_consultation: Consultation, _number: int) -> None:
    raise NotFound


_ACTS = {
    "decline": _decline,
    "copied": _copied,
    "correct": _correct,
    "propose": _propose,
    "refuse": _refuse,
    "confirm": _confirm,
}


def _find(consultation: Consultation, number: int) -> Standing:
    days = current_app.config["DATA_REQUEST_DAYS"]
    return standing.one_of(context.session(), consultation.id, number, days)


def _index(
    consultation: Consultation, typed: dict[str, str], wrong: Invalid | Refused | None = None
) -> ResponseReturnValue:
    days = current_app.config["DATA_REQUEST_DAYS"]
    found = standing.listed(context.session(), consultation.id, days)
    return page(
        "data_requests/index", consultation, status_of(wrong), listed=found, typed=typed, today=today(), days=days,
        **told(wrong),
    )  # fmt: skip


def _show(consultation: Consultation, number: int, wrong: Invalid | Refused | None = None) -> ResponseReturnValue:
    session, found = context.session(), _find(consultation, number)
    submission: Submission = found.request.submission
    return page(
        "data_requests/request", consultation, status_of(wrong), one=found, submission=submission, today=today(),
        comments=own_submission.comments_of(session, submission), form=request.form,
        files=own_submission.attachments_of(session, submission),
        repeated=repeated.repeating(session, consultation, submission), **told(wrong),
    )  # fmt: skip
