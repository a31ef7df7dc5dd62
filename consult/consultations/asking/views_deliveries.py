"""What is known of the delivery of letters: recorded for one body, and read from status files of the network."""

from uuid import UUID

from flask import Blueprint, Response, request
from flask.typing import ResponseReturnValue

from consult import clock
from consult.consultations.asking import forms
from consult.consultations.asking.forms import ABILITY
from consult.consultations.desk.shown_bodies import INVITATION
from consult.consultations.desk.views_frame import page, to, typed
from consult.consultations.invitation_models import Invitation
from consult.consultations.invitations import deliveries, rules, silence, status_files
from consult.consultations.invitations.service import asked_body
from consult.consultations.matter import queries
from consult.consultations.models import Consultation
from consult.errors import Invalid, NotFound
from consult.files import letter_scans
from consult.files.signed_files import KeptFile
from consult.outbox import undelivered
from consult.policy import Action
from consult.web import context
from consult.web.catalogue import say
from consult.web.files import downloads
from consult.web.guard import access

blueprint = Blueprint("deliveries", __name__)
ONE = "/xu-ly/<slug>/co-quan/<uuid:organisation_id>/"
STATUSES = "/xu-ly/<slug>/co-quan/trang-thai/"


@blueprint.get(ONE)
@access(Action.INVITE_BODIES, of=queries.by_slug)
def one(consultation: Consultation, organisation_id: UUID) -> ResponseReturnValue:
    """What is known of the letter to one body, and the form for more."""
    return _page(consultation, asked_body(context.session(), consultation.id, organisation_id), {})


@blueprint.post(ONE)
@access(Action.INVITE_BODIES, of=queries.by_slug, acts_on=INVITATION)
def record(consultation: Consultation, organisation_id: UUID) -> ResponseReturnValue:
    """Records what a paper shows."""
    session, now = context.session(), context.arrived_at()
    asked = asked_body(session, consultation.id, organisation_id)
    try:
        new = forms.delivery(request.form, _scan(), clock.local_day(now))
        deliveries.record(session, consultation, organisation_id, new, context.actor(), now)
    except Invalid as invalid:
        return _page(consultation, asked, typed(), invalid.errors)
    return to("deliveries.one", consultation, organisation_id=organisation_id)


@blueprint.post(ONE + "<uuid:delivery_id>/ghi-nham/")
@access(Action.INVITE_BODIES, of=queries.by_slug, acts_on=INVITATION)
def take_back(consultation: Consultation, organisation_id: UUID, delivery_id: UUID) -> ResponseReturnValue:
    """Takes back what was recorded by mistake."""
    session, now, reason = context.session(), context.arrived_at(), request.form.get("reason", "")
    try:
        deliveries.take_back(session, consultation, organisation_id, delivery_id, reason, context.actor(), now)
    except Invalid as invalid:
        errors = {f"reason-{delivery_id}": code for code in invalid.errors.values()}
        return _page(consultation, asked_body(session, consultation.id, organisation_id), {}, errors)
    return to("deliveries.one", consultation, organisation_id=organisation_id)


@blueprint.get(ONE + "<uuid:delivery_id>/tep/")
@access(Action.INVITE_BODIES, of=queries.by_slug)
def file(consultation: Consultation, organisation_id: UUID, delivery_id: UUID) -> Response:
    """The scan of a receipt, or a status file as it came."""
    asked = asked_body(context.session(), consultation.id, organisation_id)
    rows = deliveries.of_invitation(context.session(), asked)
    found = next((row for row in rows if row.id == delivery_id and row.file_hash), None)
    if found is None:
        raise NotFound
    return downloads.kept(found.file_hash, found.media_type, found.file_name)


@blueprint.get(STATUSES)
@access(Action.INVITE_BODIES, of=queries.by_slug)
def statuses(consultation: Consultation) -> ResponseReturnValue:
    """What became of every status file, and the form for more."""
    return _statuses(consultation)


@blueprint.post(STATUSES)
@access(Action.INVITE_BODIES, of=queries.by_slug, alone="each status adds what it tells, once")
def take_statuses(consultation: Consultation) -> ResponseReturnValue:
    """Takes the status files that were chosen."""
    chosen = [one for one in request.files.getlist("file") if one.filename]
    if not chosen or len(chosen) > status_files.MOST_FILES:
        return _statuses(consultation, {"file": "too_many_statuses" if chosen else "file_needed"})
    brought = [status_files.bring(one.read(), one.filename or "", context.files()) for one in chosen]
    status_files.take_statuses(context.session(), consultation, brought, context.actor(), context.arrived_at())
    return to("deliveries.statuses", consultation)


def _scan() -> KeptFile | None:
    chosen = request.files.get("scan")
    if chosen is None or not chosen.filename:
        return None
    scan = letter_scans.checked(chosen.read(), chosen.filename)
    return KeptFile(context.files().put(scan.data), scan.name, scan.media_type, len(scan.data))


def _page(
    consultation: Consultation, asked: Invitation, form: dict[str, str], errors: dict[str, str] | None = None
) -> ResponseReturnValue:
    session = context.session()
    rows = deliveries.of_invitation(session, asked)
    received, why = silence.received_on(asked, rows)
    lost = [one for one in undelivered.of_matter(session, consultation.id)
            if one.payload.get("invitation") == str(asked.id)]  # fmt: skip
    return page(
        "delivery",
        errors,
        ABILITY,
        consultation=consultation,
        asked=asked,
        rows=rows,
        gone={row.voids_id for row in rows},
        received=received,
        why=why,
        lost=[undelivered.line_of(one) for one in lost],
        silence_may_count=rules.silence_may_count(consultation, asked.organisation),
        entered=[(kind.value, say(f"delivery.{kind.value}")) for kind in deliveries.ENTERED],
        form=form,
    )


def _statuses(consultation: Consultation, errors: dict[str, str] | None = None) -> ResponseReturnValue:
    rows = status_files.status_files_of(context.session(), consultation.id)
    return page("statuses", errors, ABILITY, consultation=consultation, rows=rows)
