"""The kit of a collection for who collects: its clauses chosen and told in plain words, its sound, its sheets."""

from typing import Any

from flask import Blueprint, Response, current_app, flash, redirect, request
from flask.typing import ResponseReturnValue

from consult.collections.kit import forms, service, views_page
from consult.collections.kit.service import CLAUSES, KitClause, NewKit
from consult.collections.models import Collection
from consult.collections.shown import KIT
from consult.collections.views_frame import clause_choices
from consult.collections.views_work import AT, collection_of, page, there
from consult.consultations.preparation import summaries
from consult.errors import Invalid
from consult.policy import Action
from consult.web import context
from consult.web.guard import access

blueprint = Blueprint("kit", __name__)
KIT_AT = AT + "tai-lieu-hop/"


@blueprint.get(KIT_AT)
@access(Action.USE_WORKSPACE)
def show(number: int) -> ResponseReturnValue:
    """The form, which proposes the clauses that most was said about."""
    return _page(collection_of(number))


@blueprint.post(KIT_AT)
@access(Action.USE_WORKSPACE, acts_on=KIT)
def save(number: int) -> ResponseReturnValue:
    """Keeps the kit."""
    collection, typed = collection_of(number), forms.kit(request.form)
    try:
        service.save(context.session(), collection, typed, context.actor(), context.arrived_at())
    except Invalid as wrong:
        return _page(collection, 422, typed=typed, errors=wrong.errors)
    flash("collected.kit_saved")
    return redirect(there("kit.show", collection), 303)


@blueprint.post(KIT_AT + "phat-loa/")
@access(Action.USE_WORKSPACE, alone="a sound in place of the one before, which its sender has")
def attach(number: int) -> ResponseReturnValue:
    """Adds the sound for the loudspeaker."""
    collection, sent = collection_of(number), request.files.get("sound")
    largest = current_app.config["SUMMARY_SOUND_BYTES"]
    try:
        if sent is None or not sent.filename:
            raise Invalid({"sound": "required"})
        read = summaries.read_sound(sent.stream.read(largest + 1), sent.filename, largest, context.files())
        service.attach_sound(context.session(), collection, read.file_hash, read.media_type, context.actor())
    except Invalid as wrong:
        return _page(collection, 422, errors=wrong.errors)
    flash("collected.sound_saved")
    return redirect(there("kit.show", collection), 303)


@blueprint.get(AT + "tai-lieu-hop.pdf")
@access(Action.USE_WORKSPACE)
def printed(number: int) -> Response:
    """All sheets of the kit in one file."""
    return views_page.sheets(collection_of(number))


@blueprint.get(KIT_AT + "phat-loa/")
@access(Action.USE_WORKSPACE)
def sound(number: int) -> Response:
    """The sound that was added."""
    return views_page.sound(collection_of(number))


def _page(
    collection: Collection, status: int = 200, typed: NewKit | None = None, errors: dict[str, str] | None = None
) -> ResponseReturnValue:
    session = context.session()
    found = service.of_collection(session, collection)
    if typed is not None:
        introduction, clauses = typed.introduction, list(typed.clauses)
    elif found is not None:
        introduction, clauses = found.introduction, service.read(found)
    else:
        introduction = service.begun(collection)
        clauses = [KitClause(anchor) for anchor in service.proposed(session, collection)]
    rows: list[Any] = [*clauses, *[KitClause()] * CLAUSES][:CLAUSES]
    return page(
        "kit/edit",
        collection,
        status,
        kit=found,
        introduction=introduction,
        rows=rows,
        proposed=typed is None and found is None,
        drafted=service.words_of(session, collection, [row.anchor for row in rows]),
        choices=clause_choices(collection, *(row.anchor for row in rows)),
        errors=errors or {},
        largest=current_app.config["SUMMARY_SOUND_BYTES"] // (1024 * 1024),
    )
