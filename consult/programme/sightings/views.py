"""Cases at the desk: what waits to be joined, opening one, its page with all that is done to it."""

from collections.abc import Mapping
from typing import Any

from flask import Blueprint, request
from flask.typing import ResponseReturnValue

from consult.consultations.matter import queries
from consult.consultations.models import Consultation
from consult.consultations.words import Kind
from consult.errors import Invalid, NotFound, Refused
from consult.policy import Action
from consult.programme import bodies
from consult.programme.sightings import cases, forms, listing, near, solved, typed
from consult.programme.sightings.models import SightingCase
from consult.programme.sightings.shown import CASE
from consult.programme.views_frame import Wrong, forget, now, page, page_number, to, today
from consult.responses.desk import counts
from consult.stages import stage_of
from consult.web import context
from consult.web.guard import access

blueprint = Blueprint("cases", __name__)
BASE = "/xu-ly/<slug>/vu-viec/"


@blueprint.get(BASE)
@access(Action.TRIAGE, of=queries.by_slug)
def index(consultation: Consultation) -> ResponseReturnValue:
    """Sightings that no case has, those that may be one together, and the cases."""
    return _index(consultation)


@blueprint.get(f"{BASE}moi/")
@access(Action.TRIAGE, of=queries.by_slug)
def new(consultation: Consultation) -> ResponseReturnValue:
    """The form of a case for the sightings that the query names, filled in with what they say."""
    numbers = _asked_numbers()
    found = near.of_numbers(context.session(), _of_sightings(consultation), numbers)
    return _new(consultation, typed.of_sightings(found), numbers)


@blueprint.post(f"{BASE}moi/")
@access(Action.TRIAGE, of=queries.by_slug, alone="a new case; its sightings are looked at again in the act")
def begin(consultation: Consultation) -> ResponseReturnValue:
    """Opens a case, which another person makes public."""
    try:
        new_case, numbers = forms.case(request.form), forms.numbers(request.form)
        made = cases.open_case(context.session(), consultation, new_case, numbers, context.actor(), now())
    except (Invalid, Refused) as wrong:
        return _new(consultation, {}, [], wrong)
    return to("cases.show", "case.opened", slug=consultation.slug, number=made.promise.number)


@blueprint.get(f"{BASE}<int:number>/")
@access(Action.TRIAGE, of=queries.by_slug)
def show(consultation: Consultation, number: int) -> ResponseReturnValue:
    """One case with its sightings, their points among them."""
    return _show(consultation, number)


@blueprint.post(f"{BASE}<int:number>/")
@access(Action.TRIAGE, of=queries.by_slug, acts_on=CASE)
def decide(consultation: Consultation, number: int) -> ResponseReturnValue:
    """Makes a case public or takes it out, as the button says."""
    session, discards = context.session(), request.form.get("do") == "discard"
    try:
        act = cases.discard if discards else cases.release
        act(session, _case(consultation, number), context.actor(), now())
    except Refused as wrong:
        return _show(consultation, number, wrong)
    if discards:
        return to("cases.index", "case.discarded", slug=consultation.slug)
    return to("cases.show", "case.released", slug=consultation.slug, number=number)


@blueprint.post(f"{BASE}<int:number>/gop/")
@access(Action.TRIAGE, of=queries.by_slug, alone="more sightings; each is looked at again in the act")
def join(consultation: Consultation, number: int) -> ResponseReturnValue:
    """More sightings belong to it."""
    try:
        numbers = forms.numbers(request.form)
        cases.join(context.session(), _case(consultation, number), numbers, context.actor(), now())
    except (Invalid, Refused, NotFound) as wrong:
        known = wrong if isinstance(wrong, (Invalid, Refused)) else Invalid({"numbers": "not_numbers"})
        return _show(consultation, number, known)
    return to("cases.show", "case.joined", slug=consultation.slug, number=number)


@blueprint.post(f"{BASE}<int:number>/tach/<int:comment>/")
@access(Action.TRIAGE, of=queries.by_slug, acts_on=CASE)
def part(consultation: Consultation, number: int, comment: int) -> ResponseReturnValue:
    """A sighting belongs to it no more."""
    try:
        cases.part(context.session(), _case(consultation, number), comment, context.actor(), now())
    except Refused as wrong:
        return _show(consultation, number, wrong)
    return to("cases.show", "case.parted", slug=consultation.slug, number=number)


def _of_sightings(consultation: Consultation) -> Consultation:
    if consultation.kind is not Kind.SIGHTINGS:
        raise NotFound
    return consultation


def _case(consultation: Consultation, number: int) -> SightingCase:
    return cases.case_of(context.session(), consultation, number)


def _asked_numbers() -> list[int]:
    try:
        return forms.numbers(request.args)
    except Invalid as wrong:
        raise NotFound from wrong


def _frame(consultation: Consultation) -> dict[str, Any]:
    waits = counts.counts(context.session(), consultation)
    return {"consultation": consultation, "stage": stage_of(consultation, now()), "counts": waits, "today": today()}


def _page(name: str, consultation: Consultation, wrong: Wrong, **values: Any) -> ResponseReturnValue:
    refused = wrong if isinstance(wrong, Refused) else None
    return page(f"programme/sightings/{name}.html", wrong, refused=refused, **_frame(consultation), **values)


def _index(consultation: Consultation) -> ResponseReturnValue:
    session, number = context.session(), page_number()
    found = listing.of_matter(session, _of_sightings(consultation), listing.PAGE_SIZE + 1, number)
    return _page(
        "desk", consultation, None, waiting=near.waiting(session, consultation), cases=found[: listing.PAGE_SIZE],
        more=len(found) > listing.PAGE_SIZE, number=number,
    )  # fmt: skip


def _new(
    consultation: Consultation, typed_in: Mapping[str, str], numbers: list[int], wrong: Wrong = None
) -> ResponseReturnValue:
    forget(wrong)
    session = context.session()
    values = {
        "bodies": bodies.of_kinds(session, bodies.OWES, today(), {consultation.answering_id}),
        "communes": bodies.communes(session, today()), "numbers": ", ".join(map(str, numbers)),
    }  # fmt: skip
    shown = request.form if wrong is not None else typed_in
    return _page("new", _of_sightings(consultation), wrong, facts=shown, **values)


def _show(consultation: Consultation, number: int, wrong: Wrong = None) -> ResponseReturnValue:
    forget(wrong)
    session = context.session()
    case = _case(consultation, number)
    return _page(
        "case", consultation, wrong, case=case, promise=case.promise, sightings=listing.sightings_of(session, case),
        reopened=solved.reopened(case), lines=[one for one in case.words if one.said_at is not None],
    )  # fmt: skip
