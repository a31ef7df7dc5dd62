"""Merging a body into one that exists, dividing it, and taking such a change back."""

from typing import Any
from uuid import UUID

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from consult import clock
from consult.administration import confirmations, forms
from consult.administration.bodies import changes
from consult.administration.bodies.deciding import needed
from consult.administration.bodies.views_document import document_of
from consult.administration.shown import CHANGE, ENDING
from consult.administration.views_confirmations import ask, done_already, first_asked
from consult.errors import Invalid
from consult.people.areas import areas_in_force
from consult.people.models import Organisation
from consult.people.organisations import organisation, organisations
from consult.people.successions import MOST_HEIRS, check_merger, lasting_seats
from consult.policy import Action
from consult.web import context
from consult.web.catalogue import say
from consult.web.guard import access

blueprint = Blueprint("body_changes", __name__)
MOST_FOUND = 20


@blueprint.get("/quan-tri/to-chuc/<uuid:organisation_id>/sap-nhap/")
@access(Action.ADMINISTER)
def merging(organisation_id: UUID) -> ResponseReturnValue:
    """Where the body that takes over is looked for and chosen."""
    old = organisation(context.session(), organisation_id)
    return _over(old) or _merge_page(old, {})


@blueprint.post("/quan-tri/to-chuc/<uuid:organisation_id>/sap-nhap/")
@access(Action.ADMINISTER, acts_on=ENDING)
def merge(organisation_id: UUID) -> ResponseReturnValue:
    """Merges it, once the page that asks was answered; what is wrong comes back as 422."""
    session, now = context.session(), context.arrived_at()
    old = organisation(session, organisation_id)
    if over := _over(old):
        return over
    try:
        day, document = forms.needed_day(request.form, "day"), document_of(old, clock.local_day(now))
        heir = organisation(session, forms.needed_id(request.form, "into"))
        check_merger(old, heir)
        if asked := ask(confirmations.of_merger(session, old, heir, day, now), _back(old)):
            return asked
        changes.merge(session, old.id, heir.id, day, document, context.actor(), now)
    except Invalid as invalid:
        return _merge_page(old, invalid.errors), 422
    return _done(heir.id, "administration.organisation_merged")


@blueprint.get("/quan-tri/to-chuc/<uuid:organisation_id>/chia-tach/")
@access(Action.ADMINISTER)
def splitting(organisation_id: UUID) -> ResponseReturnValue:
    """Where the new bodies are named, and for each person with which they go on."""
    old = organisation(context.session(), organisation_id)
    return _over(old) or _split_page(old, {})


@blueprint.post("/quan-tri/to-chuc/<uuid:organisation_id>/chia-tach/")
@access(Action.ADMINISTER, acts_on=ENDING)
def split(organisation_id: UUID) -> ResponseReturnValue:
    """Divides it, once the page that asks was answered; what is wrong comes back as 422."""
    session, now = context.session(), context.arrived_at()
    old = organisation(session, organisation_id)
    if over := _over(old):
        return over
    try:
        day, document = forms.needed_day(request.form, "day"), document_of(old, clock.local_day(now))
        heirs, seats = forms.heirs(request.form, old), lasting_seats(session, old.id, now)
        goes_to = forms.goes_to(request.form, seats, len(heirs))
        ends, names = len(seats) - len(goes_to), [heir.name for heir in heirs]
        question = confirmations.of_split(session, old, names, ends, day, now)
        if len(heirs) > 1 and (asked := ask(question, _back(old))):
            return asked
        changes.split(session, old.id, heirs, goes_to, day, document, context.actor(), now)
    except Invalid as invalid:
        return _split_page(old, invalid.errors), 422
    return _done(old.id, "administration.organisation_split")


@blueprint.get("/quan-tri/thay-doi-to-chuc/<uuid:change_id>/hoan-tac/")
@access(Action.ADMINISTER)
def ask_to_undo(change_id: UUID) -> ResponseReturnValue:
    """What is as it was, before it is."""
    return first_asked(_ask_to_undo(change_id))


@blueprint.post("/quan-tri/thay-doi-to-chuc/<uuid:change_id>/hoan-tac/")
@access(Action.ADMINISTER, acts_on=CHANGE)
def undo(change_id: UUID) -> ResponseReturnValue:
    """Takes it back, once the page that asks was answered."""
    if asked := _ask_to_undo(change_id):
        return asked
    undone = changes.undo(context.session(), change_id, context.actor(), context.arrived_at())
    return _done(undone.organisation_id, "administration.body_change_undone")


def _ask_to_undo(change_id: UUID) -> ResponseReturnValue | None:
    session, one = context.session(), changes.change(context.session(), change_id)
    back = _back(one.organisation)
    if one.undone_at is not None:
        return done_already("undone_already", back)
    changes.check_undoing(session, one, context.arrived_at())
    heirs = [organisation(session, UUID(made)).name for made in one.moved["made"]]
    return ask(confirmations.of_undoing(one, heirs), back)


def _over(old: Organisation) -> ResponseReturnValue | None:
    return done_already("organisation_ended", _back(old)) if old.valid_to is not None else None


def _back(old: Organisation) -> str:
    return url_for("bodies.show", organisation_id=old.id)


def _merge_page(old: Organisation, errors: dict[str, str]) -> str:
    query = request.args.get("q", "") or old.name
    found = [one for one in organisations(context.session(), query, limit=MOST_FOUND) if one.valid_to is None]
    offered = [(str(one.id), one.name) for one in found if one.id != old.id]
    return _page("administration/bodies/body_merge.html", old, errors, query=query, found=offered)


def _split_page(old: Organisation, errors: dict[str, str]) -> str:
    session, now = context.session(), context.arrived_at()
    numbers = [(str(number + 1), say("administration.heir", number=number + 1)) for number in range(MOST_HEIRS)]
    return _page(
        "administration/bodies/body_split.html",
        old,
        errors,
        most=MOST_HEIRS,
        seats=lasting_seats(session, old.id, now),
        numbers=[("", say("administration.seat_ends")), *numbers],
        area_choices=[(str(one.id), one.name) for one in areas_in_force(session, clock.local_day(now), level=None)],
    )


def _page(template: str, old: Organisation, errors: dict[str, str], **shown: Any) -> str:
    today = clock.local_day(context.arrived_at()).isoformat()
    return render_template(
        template, actor=context.actor(), organisation=old, back=_back(old), errors=errors, form=request.form,
        today=today, document_needed=needed(old), **shown,
    )  # fmt: skip


def _done(organisation_id: UUID, code: str) -> ResponseReturnValue:
    flash(code)
    return redirect(url_for("bodies.show", organisation_id=organisation_id), 303)
