"""The recordings of sheets at the desk: what is heard now, the form for another one, and taking one off."""

from uuid import UUID

from flask import Blueprint, current_app, request
from flask.typing import ResponseReturnValue

from consult.consultations.matter import queries
from consult.consultations.models import Consultation
from consult.consultations.preparation import summaries
from consult.consultations.preparation.summaries import Sound
from consult.errors import Invalid, Refused
from consult.policy import Action
from consult.responses.recordings import service
from consult.responses.recordings.answered import answered_areas, anything_answered
from consult.responses.recordings.service import NewRecording
from consult.responses.recordings.shown import RECORDING
from consult.responses.views_frame import page, status_of, to, told
from consult.web import context
from consult.web.catalogue import endonym
from consult.web.guard import access

blueprint = Blueprint("recordings", __name__)
BASE = "/xu-ly/<slug>/niem-yet/"


@blueprint.get(BASE)
@access(Action.SUMMARISE_MATTER, of=queries.by_slug)
def index(consultation: Consultation) -> ResponseReturnValue:
    """What is there to print, what can be heard, and the form."""
    return _page(consultation)


@blueprint.post(BASE)
@access(Action.SUMMARISE_MATTER, of=queries.by_slug, acts_on=RECORDING)
def put(consultation: Consultation) -> ResponseReturnValue:
    """Lets a recording be heard."""
    try:
        service.put_recording(context.session(), consultation, _new(), context.actor(), context.arrived_at())
    except (Invalid, Refused) as wrong:
        return _page(consultation, wrong)
    return to("recordings.index", consultation, "done_record_sheet")


@blueprint.post(BASE + "<uuid:key>/bo/")
@access(Action.SUMMARISE_MATTER, of=queries.by_slug, acts_on=RECORDING)
def remove(consultation: Consultation, key: UUID) -> ResponseReturnValue:
    """Takes one off the site."""
    service.remove_recording(context.session(), consultation, key, context.actor(), context.arrived_at())
    return to("recordings.index", consultation, "done_remove_recording")


def _new() -> NewRecording:
    given = request.form.get("area", "")
    try:
        area = UUID(given) if given else None
    except ValueError as bad:
        raise Invalid({"area": "not_a_choice"}) from bad
    language, printed = request.form.get("language", ""), request.form.get("printed", "")
    if not language:
        raise Invalid({"language": "required"})
    return NewRecording(area, language, printed, _sound())


def _sound() -> Sound:
    sent = request.files.get("sound")
    if sent is None or not sent.filename:
        raise Invalid({"sound": "required"})
    largest = current_app.config["SUMMARY_SOUND_BYTES"]
    return summaries.read_sound(sent.stream.read(largest + 1), sent.filename, largest, context.files())


def _page(consultation: Consultation, wrong: Invalid | Refused | None = None) -> ResponseReturnValue:
    session = context.session()
    return page(
        "recordings",
        consultation,
        status_of(wrong),
        areas=answered_areas(session, consultation, context.arrived_at()),
        answered=anything_answered(session, consultation),
        recordings=service.recordings_of(session, consultation),
        languages=[(code, f"{endonym(code)} ({code})") for code in service.SPOKEN],
        endonym=endonym,
        largest=current_app.config["SUMMARY_SOUND_BYTES"] // (1024 * 1024),
        form=request.form,
        **told(wrong),
    )
