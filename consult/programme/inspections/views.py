"""Results of inspections for the body that publishes them: recorded, checked by another person, corrected."""

from typing import Any

from flask import Blueprint, Response, current_app, request
from flask.typing import ResponseReturnValue

from consult.errors import Invalid, NotFound, Refused
from consult.policy import Action
from consult.programme import bodies, heads
from consult.programme.head_models import Programme
from consult.programme.inspections import forms, listing, service, typed
from consult.programme.inspections.models import Inspection
from consult.programme.inspections.naming import told_name
from consult.programme.inspections.shown import INSPECTION
from consult.programme.views_frame import Wrong, forget, letter_file, now, page, page_number, to, today
from consult.web import context
from consult.web.files import downloads
from consult.web.guard import access

blueprint = Blueprint("inspections", __name__)
BASE = "/phoi-hop/thanh-tra/<slug>/"
ONE = f"{BASE}<int:number>/"


@blueprint.get(BASE)
@access(Action.USE_PROGRAMME)
def index(slug: str) -> ResponseReturnValue:
    """Those of a programme, and where another is recorded."""
    return _index(slug)


@blueprint.post(BASE)
@access(Action.USE_PROGRAMME, alone="a new result of an inspection")
def begin(slug: str) -> ResponseReturnValue:
    """Records a result; nobody outside sees it yet."""
    found = _own(slug)
    try:
        new = forms.inspection(request.form, letter_file("file"))
        made = service.begin(context.session(), found, new, names_households(), context.actor(), now())
    except (Invalid, Refused) as wrong:
        return _index(slug, wrong)
    return to("inspections.show", "inspection.saved", slug=slug, number=made.number)


@blueprint.get(ONE)
@access(Action.USE_PROGRAMME)
def show(slug: str, number: int) -> ResponseReturnValue:
    """One of them with all its versions."""
    return _page(slug, number)


@blueprint.post(ONE)
@access(Action.USE_PROGRAMME, acts_on=INSPECTION)
def record(slug: str, number: int) -> ResponseReturnValue:
    """Changes what waits to be published, or corrects what is public."""
    found = _found(slug, number)
    try:
        new = forms.inspection(request.form, letter_file("file"))
        service.record(context.session(), found, new, names_households(), context.actor(), now())
    except (Invalid, Refused) as wrong:
        return _page(slug, number, wrong, "facts")
    return to("inspections.show", "inspection.saved", slug=slug, number=number)


@blueprint.post(f"{ONE}quyet-dinh/")
@access(Action.USE_PROGRAMME, acts_on=INSPECTION)
def decide(slug: str, number: int) -> ResponseReturnValue:
    """Publishes what waits or takes it out, as the button says."""
    session, found, actor = context.session(), _found(slug, number), context.actor()
    discards, only = request.form.get("do") == "discard", found.public_version is None
    try:
        if discards:
            service.discard(session, found, actor)
        else:
            service.release(session, found, actor, now())
    except Refused as wrong:
        return _page(slug, number, wrong)
    if discards and only:
        return to("inspections.index", "inspection.discarded", slug=slug)
    return to("inspections.show", f"inspection.{'discarded' if discards else 'public'}", slug=slug, number=number)


@blueprint.get(f"{ONE}<int:version>/tep/")
@access(Action.USE_PROGRAMME)
def file(slug: str, number: int, version: int) -> Response:
    """The decision of a version, to be saved."""
    found = next((one for one in _found(slug, number).versions if one.number == version), None)
    if found is None or not found.file_hash:
        raise NotFound
    return downloads.kept(found.file_hash, found.media_type, found.file_name)


def names_households() -> bool:
    """Whether households that do business are told by name: the province's rule."""
    return bool(current_app.config["INSPECTION_NAMES_HOUSEHOLDS"])


def _own(slug: str) -> Programme:
    found = heads.found(context.session(), slug)
    service.inspecting(found, context.actor())
    return found


def _found(slug: str, number: int) -> Inspection:
    session = context.session()
    return service.own_inspection(session, heads.found(session, slug), number, context.actor())


def _choices() -> dict[str, Any]:
    session = context.session()
    return {
        "bodies": bodies.of_kinds(session, bodies.OWES, today()), "communes": bodies.communes(session, today()),
        "names_households": names_households(), "told_name": told_name, "today": today(),
    }  # fmt: skip


def _index(slug: str, wrong: Wrong = None) -> ResponseReturnValue:
    forget(wrong)
    found, number = _own(slug), page_number()
    rows = listing.of_programme(context.session(), found, listing.PAGE_SIZE + 1, (number - 1) * listing.PAGE_SIZE)
    return page(
        "programme/inspections/index.html", wrong, typed.NEW, "facts", programme=found,
        inspections=rows[: listing.PAGE_SIZE], more=len(rows) > listing.PAGE_SIZE, number=number, **_choices(),
    )  # fmt: skip


def _page(slug: str, number: int, wrong: Wrong = None, form: str = "") -> ResponseReturnValue:
    forget(wrong)
    found = _found(slug, number)
    waits, public = service.waiting(found), service.public(found)
    begun, choices = typed.of_version(waits or found.versions[-1]), _choices()
    recorded = bodies.recorded(context.session(), begun, choices["bodies"], choices["communes"])
    return page(
        "programme/inspections/inspection.html", wrong, begun, form, programme=found.programme, inspection=found,
        waits=waits, published=public, facts=request.form if form == "facts" and wrong is not None else begun,
        recorded=recorded, **choices,
    )  # fmt: skip
