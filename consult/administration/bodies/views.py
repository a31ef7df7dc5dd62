"""Organisations and their units."""

from typing import Any
from uuid import UUID

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from consult import clock
from consult.administration import confirmations, forms
from consult.administration.bodies import changes
from consult.administration.bodies import service as bodies
from consult.administration.bodies.views_document import document_of
from consult.administration.shown import BODY, CONFIRMING, ENDING, MAILBOX, REACH, UNIT_ENDING
from consult.administration.views_confirmations import ask, done_already, first_asked, in_hand
from consult.errors import Invalid
from consult.people.areas import areas_in_force
from consult.people.corrections import corrections_of
from consult.people.organisations import lineage, organisation, organisations
from consult.people.units import unit, units_of
from consult.people.words import Level, OrganisationKind, Standing
from consult.policy import Action
from consult.web import context
from consult.web.guard import access

blueprint = Blueprint("bodies", __name__)
WRITER_SENDS = {"default": None, "yes": True, "no": False}
"""The setting of a body, as its form has it."""


@blueprint.get("/quan-tri/to-chuc/")
@access(Action.ADMINISTER)
def index() -> ResponseReturnValue:
    """The bodies, narrowed to a kind and to names with the words of `q`; at most 500."""
    query, kind = request.args.get("q", ""), request.args.get("loai", "")
    wanted = OrganisationKind(kind) if kind in set(OrganisationKind) else None
    found = organisations(context.session(), query, wanted, limit=500)
    shown = {"organisations": found, "query": query, "kind": kind, "kind_choices": _kinds()}
    typed = bodies.typed_in(context.session())
    return render_template("administration/bodies/bodies.html", actor=context.actor(), typed=typed, **shown)


@blueprint.get("/quan-tri/to-chuc/moi/")
@access(Action.ADMINISTER)
def new() -> ResponseReturnValue:
    """The form for a new body."""
    return _new_page({})


@blueprint.post("/quan-tri/to-chuc/moi/")
@access(Action.ADMINISTER, alone="a new body")
def create() -> ResponseReturnValue:
    """Makes it; what is wrong comes back as 422."""
    try:
        made = bodies.create(context.session(), forms.organisation(request.form), context.actor(), context.arrived_at())
    except Invalid as invalid:
        return _new_page(invalid.errors), 422
    return _done(made.id, "administration.organisation_made")


@blueprint.get("/quan-tri/to-chuc/<uuid:organisation_id>/")
@access(Action.ADMINISTER)
def show(organisation_id: UUID) -> ResponseReturnValue:
    """One body: its units, who follows it and whom it followed, what was put right of it."""
    return _page(organisation_id, {})


@blueprint.post("/quan-tri/to-chuc/<uuid:organisation_id>/ke-thua/")
@access(Action.ADMINISTER, acts_on=ENDING)
def succeed(organisation_id: UUID) -> ResponseReturnValue:
    """Another body takes its place from a local day, once the page that asks was answered; what is wrong: 422."""
    session, actor, now = context.session(), context.actor(), context.arrived_at()
    if ended := _ended_already(organisation_id):
        return ended
    try:
        old, day = organisation(session, organisation_id), forms.needed_day(request.form, "day")
        document, new = document_of(old, clock.local_day(now)), forms.organisation(request.form)
        question = confirmations.of_succession(session, old, new, day, now)
        if new.name.strip() and (asked := ask(question, url_for("bodies.show", organisation_id=organisation_id))):
            return asked
        heir = changes.succeed(session, organisation_id, new, day, document, actor, now)
    except Invalid as invalid:
        return _page(organisation_id, invalid.errors), 422
    return _done(heir.id, "administration.organisation_followed")


@blueprint.post("/quan-tri/to-chuc/<uuid:organisation_id>/ket-thuc/")
@access(Action.ADMINISTER, acts_on=ENDING)
def end(organisation_id: UUID) -> ResponseReturnValue:
    """Ends it with a local day, once the page that asks was answered; what is wrong comes back as 422."""
    session, actor, now = context.session(), context.actor(), context.arrived_at()
    if ended := _ended_already(organisation_id):
        return ended
    try:
        old, day = organisation(session, organisation_id), forms.needed_day(request.form, "end_day")
        document = document_of(old, clock.local_day(now), "end_")
        question = confirmations.of_ending(session, old, day, now)
        if asked := ask(question, url_for("bodies.show", organisation_id=organisation_id)):
            return asked
        changes.end(session, organisation_id, day, document, actor, now)
    except Invalid as invalid:
        return _page(organisation_id, invalid.errors), 422
    return _done(organisation_id, "administration.organisation_ended")


@blueprint.post("/quan-tri/to-chuc/<uuid:organisation_id>/don-vi/")
@access(Action.ADMINISTER, acts_on=BODY)
def create_unit(organisation_id: UUID) -> ResponseReturnValue:
    """A new unit of it from today; what is wrong comes back as 422."""
    now = context.arrived_at()
    given = (request.form.get("unit_name", ""), request.form.get("mailbox", ""), clock.local_day(now))
    try:
        bodies.create_unit(context.session(), organisation_id, *given, context.actor(), now)
    except Invalid as invalid:
        errors = {"unit_name" if name == "name" else name: code for name, code in invalid.errors.items()}
        return _page(organisation_id, errors), 422
    return _done(organisation_id, "administration.unit_made")


@blueprint.post("/quan-tri/to-chuc/<uuid:organisation_id>/xac-nhan/")
@access(Action.ADMINISTER, acts_on=CONFIRMING)
def confirm(organisation_id: UUID) -> ResponseReturnValue:
    """A body that was typed in at a desk is one of its own."""
    if not organisation(context.session(), organisation_id).unconfirmed:
        return done_already("confirmed_already", url_for("bodies.show", organisation_id=organisation_id))
    bodies.confirm_typed(context.session(), organisation_id, context.actor(), context.arrived_at())
    return _done(organisation_id, "administration.organisation_confirmed")


@blueprint.post("/quan-tri/don-vi/<uuid:unit_id>/hop-thu/")
@access(Action.ADMINISTER, acts_on=MAILBOX)
def change_mailbox(unit_id: UUID) -> ResponseReturnValue:
    """Where a unit gets its mail; an address that is none comes back beside that unit, as 422."""
    session, mailbox = context.session(), request.form.get("mailbox", "")
    try:
        changed = bodies.change_mailbox(session, unit_id, mailbox, context.actor(), context.arrived_at())
    except Invalid as invalid:
        errors = {f"{name}-{unit_id}": code for name, code in invalid.errors.items()}
        return _page(unit(session, unit_id).organisation_id, errors), 422
    return _done(changed.organisation_id, "administration.mailbox_changed")


@blueprint.post("/quan-tri/to-chuc/<uuid:organisation_id>/lien-he/")
@access(Action.ADMINISTER, acts_on=REACH)
def change_reach(organisation_id: UUID) -> ResponseReturnValue:
    """Where people find it and what they call; what is wrong comes back as 422."""
    try:
        bodies.change_reach(
            context.session(), organisation_id, request.form, context.actor(), context.arrived_at()
        )  # fmt: skip
    except Invalid as invalid:
        return _page(organisation_id, invalid.errors), 422
    return _done(organisation_id, "administration.reach_changed")


@blueprint.post("/quan-tri/to-chuc/<uuid:organisation_id>/nguoi-gui/")
@access(Action.ADMINISTER, acts_on=BODY)
def set_writer_sends(organisation_id: UUID) -> ResponseReturnValue:
    """Whether who wrote a letter of it may send it too."""
    if request.form.get("writer_sends") not in WRITER_SENDS:
        return _page(organisation_id, {"writer_sends": "required"}), 422
    setting = WRITER_SENDS[request.form["writer_sends"]]
    bodies.set_writer_sends(context.session(), organisation_id, setting, context.actor(), context.arrived_at())
    return _done(organisation_id, "administration.writer_sends_changed")


@blueprint.get("/quan-tri/don-vi/<uuid:unit_id>/ket-thuc/")
@access(Action.ADMINISTER)
def ask_to_end_unit(unit_id: UUID) -> ResponseReturnValue:
    """What ends with a unit, before it does."""
    return first_asked(_ask_of_unit(unit_id))


@blueprint.post("/quan-tri/don-vi/<uuid:unit_id>/ket-thuc/")
@access(Action.ADMINISTER, acts_on=UNIT_ENDING)
def end_unit(unit_id: UUID) -> ResponseReturnValue:
    """Ends it with today, once the page that asks was answered."""
    now = context.arrived_at()
    if asked := _ask_of_unit(unit_id):
        return asked
    ended = bodies.end_unit(context.session(), unit_id, clock.local_day(now), context.actor(), now)
    return _done(ended.organisation_id, "administration.unit_ended")


def _ask_of_unit(unit_id: UUID) -> ResponseReturnValue | None:
    session, now = context.session(), context.arrived_at()
    whose = unit(session, unit_id)
    back = url_for("bodies.show", organisation_id=whose.organisation_id)
    if whose.valid_to is not None:
        return done_already("unit_ended", back)
    return ask(confirmations.of_unit(session, whose, in_hand(unit_id=unit_id), clock.local_day(now), now), back)


def _ended_already(organisation_id: UUID) -> ResponseReturnValue | None:
    ended = organisation(context.session(), organisation_id).valid_to is not None
    back = url_for("bodies.show", organisation_id=organisation_id)
    return done_already("organisation_ended", back) if ended else None


def _new_page(errors: dict[str, str]) -> str:
    return render_template("administration/bodies/body_new.html", actor=context.actor(), errors=errors, **_choices())


def _page(organisation_id: UUID, errors: dict[str, str]) -> str:
    session = context.session()
    before, after = lineage(session, organisation_id)
    units = units_of(session, organisation_id)
    shown = {
        "organisation": organisation(session, organisation_id),
        "units": units,
        "undelivered": bodies.undelivered_to(session, organisation_id, units),
        "before": before,
        "after": after,
        "history": corrections_of(session, organisation_id),
        "changes": changes.of_body(session, organisation_id),
        "undoable_after": context.arrived_at() - changes.UNDONE_WITHIN,
        "writer_sends": next(
            word for word, value in WRITER_SENDS.items() if value is organisation(session, organisation_id).writer_sends
        ),
    }
    return render_template(
        "administration/bodies/body.html", actor=context.actor(), errors=errors, **shown, **_choices()
    )


def _choices() -> dict[str, Any]:
    day = clock.local_day(context.arrived_at())
    areas = [(one.id, one.name) for one in areas_in_force(context.session(), day, level=None)]
    levels = forms.choices("level", Level)
    standings = forms.choices("standing", Standing)
    offered = {"kind_choices": _kinds(), "level_choices": levels, "standing_choices": standings}
    return {**offered, "area_choices": areas, "form": request.form}


def _kinds() -> list[tuple[str, str]]:
    return forms.choices("organisation_kind", OrganisationKind)


def _done(organisation_id: UUID, code: str) -> ResponseReturnValue:
    flash(code)
    return redirect(url_for("bodies.show", organisation_id=organisation_id), 303)
