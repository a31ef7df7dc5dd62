"""What stands in photographed minutes or on pages, typed by the level above: files, and one opinion after another."""

from typing import Any
from uuid import UUID

from flask import Blueprint, Response, flash, redirect, request
from flask.typing import ResponseReturnValue

from consult.collections.models import Collection, Gathering
from consult.collections.recording import forms, lists, service
from consult.collections.views_frame import fates_of, said_choices
from consult.collections.views_work import AT, collection_of, page, there
from consult.errors import Invalid, NotFound, Refused
from consult.policy import Action
from consult.submissions.views_frame import site_codes
from consult.web import context, tickets
from consult.web.files import downloads
from consult.web.guard import access
from consult.web.tickets import TicketExpired

blueprint = Blueprint("typing", __name__)
ONE = AT + "buoi/<int:at>/"
SCOPE = "typing"


@blueprint.get(ONE)
@access(Action.USE_WORKSPACE)
def show(number: int, at: int) -> ResponseReturnValue:
    """The gathering with its files, what was typed of it, and the form for the next opinion."""
    collection = collection_of(number)
    return _page(collection, lists.of_collection(context.session(), collection, at))


@blueprint.post(ONE)
@access(Action.USE_WORKSPACE, alone="another opinion of a gathering")
def add(number: int, at: int) -> ResponseReturnValue:
    """One opinion more."""
    collection, session, now = collection_of(number), context.session(), context.arrived_at()
    held, typed = lists.of_collection(session, collection, at), forms.opinion(request.form)
    try:
        key = tickets.read(request.form.get("ticket", ""), SCOPE, now).key
        service.add_opinions(session, held, [typed], key, context.actor().user_id, site_codes(), now)
    except Invalid as wrong:
        names = {name.rpartition(".")[2]: code for name, code in wrong.errors.items()}
        return _page(
            collection,
            held,
            422,
            errors={"sharing" if name == "people" else name: code for name, code in names.items()},
        )
    except TicketExpired:
        return _page(collection, held, 409, refusal="form_expired")
    except Refused as refused:
        return _page(collection, held, 409, refusal=refused.reason)
    flash("collected.typed")
    return redirect(there("typing.show", collection, at=at, _anchor="them"), 303)


@blueprint.get(ONE + "tep/<uuid:file>/")
@access(Action.USE_WORKSPACE)
def file(number: int, at: int, file: UUID) -> Response:
    """One of its files."""
    held = lists.of_collection(context.session(), collection_of(number), at)
    found = next((one for one in held.files if one.id == file and one.removed_at is None), None)
    if found is None:
        raise NotFound
    return downloads.kept(found.file_hash, found.media_type, found.file_name)


def _page(collection: Collection, held: Gathering, status: int = 200, **values: Any) -> ResponseReturnValue:
    opinions = [one for one in lists.opinions_of(context.session(), held) if one.withdrawn_at is None]
    return page(
        "recording/typing",
        collection,
        status,
        gathering=held,
        files=[one for one in held.files if one.removed_at is None],
        opinions=opinions,
        fates=fates_of(collection, [one.anchor for one in opinions]),
        clauses=said_choices(collection, request.form.get("anchor", "")),
        ticket=tickets.issue(SCOPE, context.arrived_at()),
        form=request.form,
        **{"errors": {}, "refusal": "", **values},
    )
