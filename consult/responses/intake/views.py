"""Entering what came on paper, and the printed phiếu tiếp nhận ý kiến with its codes."""

import secrets
from typing import Any
from uuid import UUID

from flask import Blueprint, request, url_for
from flask.typing import ResponseReturnValue
from itsdangerous import BadSignature, URLSafeSerializer

from consult import size_limits
from consult.consultations.matter import choices, queries
from consult.consultations.models import Consultation
from consult.errors import Invalid, Refused
from consult.files import letter_scans
from consult.policy import Action
from consult.responses.desk import typed_places
from consult.responses.intake import forms, scans, typed_bodies
from consult.responses.intake import service as intake
from consult.responses.intake.service import Paper
from consult.responses.views_frame import CONFLICT, page, status_of, to, today, told
from consult.submissions.inputs import AttachmentInput, Receipt
from consult.submissions.models import Submission
from consult.submissions.views_frame import site_codes
from consult.text import day_of
from consult.web import context
from consult.web.catalogue import say
from consult.web.guard import access

blueprint = Blueprint("intake", __name__)


@blueprint.get("/xu-ly/<slug>/tiep-nhan/")
@access(Action.RECORD_PAPER, of=queries.by_slug)
def form(consultation: Consultation) -> ResponseReturnValue:
    """The empty form."""
    typed = {"key": secrets.token_hex(16), "kind": "comment", "received_on": today().isoformat()}
    return _form(consultation, typed, ())


@blueprint.post("/xu-ly/<slug>/tiep-nhan/")
@access(Action.RECORD_PAPER, of=queries.by_slug, alone="a new submission, with a form of its own for each letter")
def record(consultation: Consultation) -> ResponseReturnValue:
    """Receives the paper, or gives the form back with room for one more comment."""
    kept: tuple[AttachmentInput, ...] = _kept(request.form.get("kept", ""))
    try:
        kept = (*kept, *_uploaded(len(kept)))
        step, _, about = request.form.get("act", "").partition(":")
        if step == "drop":
            return _form(consultation, request.form.to_dict(), without(kept, about))
        if step == "more":
            return _form(consultation, {**request.form.to_dict(), "blocks": str(_more())}, kept)
        paper = _paper(consultation, kept)
        alike = intake.same_letter(context.session(), consultation, paper, context.arrived_at())
        if alike is not None and request.form.get("same_letter") != str(alike.number):
            return _form(consultation, request.form.to_dict(), kept, alike=alike)
        receipt = _record(consultation, paper)
    except (Invalid, Refused) as wrong:
        return _form(consultation, request.form.to_dict(), kept, wrong)
    picture = url_for("status.picture", code=receipt.code)
    return page(
        "intake/slip",
        consultation,
        receipt=receipt,
        qr=picture,
        typed=request.form,
        received_on=day_of(request.form.get("received_on", "")),
        letter_on=day_of(request.form.get("letter_on", "")),
    )


@blueprint.post("/xu-ly/<slug>/y-kien/<int:number>/tep/<uuid:attachment_id>/bo/")
@access(Action.RECORD_PAPER, of=queries.by_slug, alone="a file never changes; it is set aside once, by who was first")
def set_aside(consultation: Consultation, number: int, attachment_id: UUID) -> ResponseReturnValue:
    """Sets a scan aside that was entered with the wrong letter."""
    reason = request.form.get("reason", "")
    scans.set_aside(context.session(), consultation, attachment_id, reason, context.actor(), context.arrived_at())
    return to("comment", consultation, "done_set_aside", number=number)


def _paper(consultation: Consultation, kept: tuple[AttachmentInput, ...]) -> Paper:
    known = typed_places.places(context.session(), consultation, say)
    organisations, areas = ([key for key, _name in offered] for offered in _offered())
    paper = forms.paper(request.form, known, organisations, areas, kept, today())
    return intake.with_known_body(context.session(), paper)


def _record(consultation: Consultation, paper: Paper) -> Receipt:
    session, now = context.session(), context.arrived_at()
    return intake.record(session, consultation, paper, context.actor(), now, context.signer(), site_codes())


def _form(
    consultation: Consultation,
    typed: dict[str, str],
    kept: tuple[AttachmentInput, ...],
    wrong: Invalid | Refused | None = None,
    alike: Submission | None = None,
) -> ResponseReturnValue:
    organisations, areas = _offered()
    return page(
        "intake/intake",
        consultation,
        CONFLICT if alike else status_of(wrong),
        alike=alike,
        scans=size_limits.SCANS,
        form=typed,
        blocks=forms.blocks(typed),
        organisations=organisations,
        areas=areas,
        places=typed_places.places(context.session(), consultation, say),
        kept=kept,
        sealed=_serializer().dumps([vars(one) for one in kept]),
        channels=[channel.value for channel in intake.PAPER],
        body_kinds=[(kind.value, say(f"organisation_kind.{kind.value}")) for kind in typed_bodies.KINDS],
        body_levels=[(level.value, say(f"level.{level.value}")) for level in typed_bodies.LEVELS],
        **_told(wrong),
    )


def _told(wrong: Invalid | Refused | None) -> dict[str, Any]:
    """What is wrong, by the fields of this form: here a place is typed."""
    values = told(wrong)
    return values | {"errors": {name.replace(".anchor", ".place"): code for name, code in values["errors"].items()}}


def _more() -> int:
    return min(forms.blocks(request.form) + 1, forms.MOST_COMMENTS)


def _offered() -> tuple[list[tuple[str, str]], list[tuple[str, str]]]:
    session, day = context.session(), today()
    mark = say("people.unconfirmed")
    bodies = choices.organisations(session, day)
    organisations = [(str(body.id), f"{body.name} {mark}" if body.unconfirmed else body.name) for body in bodies]
    return organisations, [(str(key), name) for key, name in choices.areas(session, day)]


def without(kept: tuple[AttachmentInput, ...], place: str) -> tuple[AttachmentInput, ...]:
    """The scans without the one at this place, if there is one."""
    return tuple(one for index, one in enumerate(kept) if str(index) != place)


def _uploaded(before: int) -> list[AttachmentInput]:
    """The scans just chosen, checked and kept; `before` came earlier. Raises Invalid."""
    chosen = [file for file in request.files.getlist("scan") if file.filename]
    if before + len(chosen) > size_limits.SCANS:
        raise Invalid({"scan": "too_many_scans"})
    return [
        intake.keep_scan(context.files(), letter_scans.checked(file.read(), file.filename or "")) for file in chosen
    ]


def _kept(sealed: str) -> tuple[AttachmentInput, ...]:
    """The scans of an earlier round of this form, which names them under our own signature."""
    try:
        return tuple(AttachmentInput(**one) for one in _serializer().loads(sealed)) if sealed else ()
    except (BadSignature, TypeError, ValueError):
        return ()


def _serializer() -> URLSafeSerializer:
    return context.secrets().serializer("intake")
