"""Entering what came on paper, and the printed phiếu tiếp nhận ý kiến with its codes."""

import secrets
from collections.abc import Mapping
from typing import Any
from uuid import UUID

from flask import Blueprint, redirect, request, url_for
from flask.typing import ResponseReturnValue

from consult import clock, size_limits
from consult.consultations.matter import choices, queries
from consult.consultations.models import Consultation
from consult.errors import Invalid, Refused
from consult.policy import Action
from consult.responses.desk.typing import pasted_points, typed_places
from consult.responses.desk.typing.typed_places import NamedPlaces
from consult.responses.intake import forms, scans, typed_bodies, views_scans, views_slip
from consult.responses.intake import service as intake
from consult.responses.intake.service import Paper
from consult.responses.intake.views_scans import Kept
from consult.responses.views_frame import CONFLICT, page, status_of, to, today, told
from consult.submissions.inputs import Receipt
from consult.submissions.models import Submission
from consult.submissions.sender import typing_checks
from consult.submissions.views_frame import site_codes
from consult.text import day_of
from consult.web import context, parked_answers
from consult.web.catalogue import say
from consult.web.guard import access

blueprint = Blueprint("intake", __name__)
STEPS = ("drop", "look", "more", "split")
"""Buttons of the form that record nothing."""


@blueprint.get("/xu-ly/<slug>/tiep-nhan/")
@access(Action.RECORD_PAPER, of=queries.by_slug)
def form(consultation: Consultation) -> ResponseReturnValue:
    """The empty form."""
    typed = {"key": secrets.token_hex(16), "kind": "comment", "received_on": today().isoformat()}
    return _form(consultation, typed, ())


@blueprint.post("/xu-ly/<slug>/tiep-nhan/")
@access(Action.RECORD_PAPER, of=queries.by_slug, alone="a new submission, with a form of its own for each letter")
def record(consultation: Consultation) -> ResponseReturnValue:
    """Receives the paper and leads to its slip, or leads back to the form at the place where it goes on."""
    kept = views_scans.kept_in(request.form.get("kept", ""))
    step, _, about = request.form.get("act", "").partition(":")
    try:
        kept = (*kept, *views_scans.uploaded(len(kept)))
        if step in STEPS:
            typed, kept, place = _stepped(consultation, step, about, kept)
            return _back(consultation, _form(consultation, typed, kept), place)
        paper = _paper(consultation, kept)
        alike = intake.same_letter(context.session(), consultation, paper, context.arrived_at())
        if alike is not None and request.form.get("same_letter") != str(alike.number):
            return _back(consultation, _form(consultation, request.form.to_dict(), kept, alike=alike))
        earlier = intake.same_form(context.session(), consultation, paper, context.arrived_at())
        receipt = _record(consultation, paper)
    except (Invalid, Refused) as wrong:
        return _back(consultation, _form(consultation, request.form.to_dict(), kept, wrong))
    return redirect(views_slip.address(consultation, receipt, 0 if receipt.repeated else earlier), 303)


def _stepped(consultation: Consultation, step: str, about: str, kept: Kept) -> tuple[dict[str, str], Kept, str]:
    """What the form holds after a button that records nothing, and the part of the page to go on at."""
    typed = request.form.to_dict()
    if step == "drop":
        return typed | {"look": ""}, views_scans.without(kept, about), "ban-chup"
    if step == "look":
        return typed | {"look": about}, kept, "ban-chup"
    if step == "split":
        places = _places(consultation, typed)
        return forms.with_points(typed, pasted_points.points(typed.get("pasted", ""), places)), kept, "field-comments"
    after = int(about) if about.isascii() and about.isdigit() and len(about) < 5 else forms.blocks(typed) - 1
    return forms.with_room(typed, after), kept, f"y-kien-{min(after + 2, forms.MOST_COMMENTS)}"


def _back(consultation: Consultation, page_of_form: ResponseReturnValue, place: str = "") -> ResponseReturnValue:
    return parked_answers.parked(page_of_form, url_for("desk.intake.form", slug=consultation.slug), place)


@blueprint.post("/xu-ly/<slug>/y-kien/<int:number>/tep/<uuid:attachment_id>/bo/")
@access(Action.RECORD_PAPER, of=queries.by_slug, alone="a file never changes; it is set aside once, by who was first")
def set_aside(consultation: Consultation, number: int, attachment_id: UUID) -> ResponseReturnValue:
    """Sets a scan aside that was entered with the wrong letter."""
    reason = request.form.get("reason", "")
    scans.set_aside(context.session(), consultation, attachment_id, reason, context.actor(), context.arrived_at())
    return to("comment", consultation, "done_set_aside", number=number)


def _paper(consultation: Consultation, kept: Kept) -> Paper:
    known = _places(consultation, request.form)
    organisations, areas = ([key for key, _name in offered] for offered in _offered())
    paper = forms.paper(request.form, known, organisations, areas, kept, today())
    return intake.with_known_body(context.session(), paper)


def _places(consultation: Consultation, typed: Mapping[str, str]) -> NamedPlaces:
    """What may be typed as a place. Without a draft it is of the one that is chosen, or that was public before the
    letter came: what was published on the very day its writers hardly knew."""
    came, meant = day_of(typed.get("received_on", "")), typed_places.chosen_draft(typed)
    at = clock.start_of_day(came) if came is not None else None
    return typed_places.places(context.session(), consultation, say, meant, at)


def _record(consultation: Consultation, paper: Paper) -> Receipt:
    session, now = context.session(), context.arrived_at()
    return intake.record(session, consultation, paper, context.actor(), now, context.signer(), site_codes())


def _form(
    consultation: Consultation,
    typed: dict[str, str],
    kept: Kept,
    wrong: Invalid | Refused | None = None,
    alike: Submission | None = None,
) -> ResponseReturnValue:
    organisations, areas = _offered()
    seen = views_scans.look(typed.get("look", ""), kept)
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
        places=_places(consultation, typed),
        kept=kept,
        sealed=views_scans.sealed(kept),
        typed_wrong=len(typing_checks.waiting(context.session(), consultation)),
        seen=seen,
        picture=views_scans.token_of(kept, seen),
        pages=views_scans.pages_of(kept, seen),
        channels=[channel.value for channel in intake.PAPER],
        body_kinds=[(kind.value, say(f"organisation_kind.{kind.value}")) for kind in typed_bodies.KINDS],
        body_levels=[(level.value, say(f"level.{level.value}")) for level in typed_bodies.LEVELS],
        **_told(wrong),
    )


def _told(wrong: Invalid | Refused | None) -> dict[str, Any]:
    """What is wrong, by the fields of this form: here a place is typed."""
    values = told(wrong)
    return values | {"errors": {name.replace(".anchor", ".place"): code for name, code in values["errors"].items()}}


def _offered() -> tuple[list[tuple[str, str]], list[tuple[str, str]]]:
    session, day = context.session(), today()
    mark = say("people.unconfirmed")
    bodies = choices.organisations(session, day)
    organisations = [(str(body.id), f"{body.name} {mark}" if body.unconfirmed else body.name) for body in bodies]
    return organisations, [(str(key), name) for key, name in choices.areas(session, day)]
