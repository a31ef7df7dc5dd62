"""The library under a programme, for the people of its parties."""

from flask import Blueprint, Response, request
from flask.typing import ResponseReturnValue

from consult.errors import Invalid, Refused
from consult.files.signed_files import KeptFile
from consult.policy import Action
from consult.programme.materials import files, forms, library, orders
from consult.programme.materials.models import Material
from consult.programme.materials.shown import MATERIAL
from consult.programme.materials.views_orders import blueprint as ordering
from consult.programme.views_frame import Wrong, forget, now, own_programme, page, page_number, to
from consult.web import context
from consult.web.files import downloads
from consult.web.guard import access

blueprint = Blueprint("materials", __name__)
blueprint.register_blueprint(ordering)
BASE = "/phoi-hop/thu-vien/<slug>/"


@blueprint.get(BASE)
@access(Action.USE_PROGRAMME)
def index(slug: str) -> ResponseReturnValue:
    """All publications, and where another is put in."""
    return _index(slug)


@blueprint.post(BASE)
@access(Action.USE_PROGRAMME, alone="a new publication")
def put_in(slug: str) -> ResponseReturnValue:
    """Puts one in; nobody outside sees it yet."""
    try:
        new = forms.material(request.form, _file(request.form.get("form", "")))
        made = library.put_in(context.session(), own_programme(slug), new, context.actor(), now())
    except (Invalid, Refused) as wrong:
        return _index(slug, wrong)
    return to("materials.show", "material.saved", slug=slug, number=made.number)


@blueprint.get(f"{BASE}<int:number>/")
@access(Action.USE_PROGRAMME)
def show(slug: str, number: int) -> ResponseReturnValue:
    """One publication with its versions, also what is not public."""
    return _page(slug, number)


@blueprint.post(f"{BASE}<int:number>/")
@access(Action.USE_PROGRAMME, alone="a new version of the publication")
def replace(slug: str, number: int) -> ResponseReturnValue:
    """A newer version, which another person makes public."""
    try:
        new = forms.material(request.form, _file(request.form.get("form", "")))
        library.replace(context.session(), _found(slug, number), new, context.actor(), now())
    except (Invalid, Refused) as wrong:
        return _page(slug, number, wrong, "version")
    return to("materials.show", "material.saved", slug=slug, number=number)


@blueprint.post(f"{BASE}<int:number>/<int:version>/")
@access(Action.USE_PROGRAMME, acts_on=MATERIAL)
def decide(slug: str, number: int, version: int) -> ResponseReturnValue:
    """Makes a version public or takes it out, as the button says."""
    session, found, actor = context.session(), _found(slug, number), context.actor()
    try:
        if request.form.get("do") != "discard":
            library.release(session, found, version, actor, now())
            return to("materials.show", "material.public", slug=slug, number=number)
        if library.discard(session, found, version, actor, now()):
            return to("materials.index", "material.discarded", slug=slug)
    except Refused as wrong:
        return _page(slug, number, wrong)
    return to("materials.show", "material.discarded", slug=slug, number=number)


@blueprint.get(f"{BASE}<int:number>/<int:version>/tep/")
@access(Action.USE_PROGRAMME)
def file(slug: str, number: int, version: int) -> Response:
    """The file of a version, to be saved."""
    kept = library.version_of(_found(slug, number), version)
    return downloads.kept(kept.file_hash, kept.media_type, kept.file_name)


def _found(slug: str, number: int) -> Material:
    return library.material_of(context.session(), own_programme(slug), number)


def _file(form: str) -> KeptFile | None:
    chosen = request.files.get("file")
    if chosen is None or not chosen.filename:
        return None
    return files.keep(context.files(), chosen.read(), chosen.filename, form)


def _index(slug: str, wrong: Wrong = None) -> ResponseReturnValue:
    forget(wrong)
    session, programme, number = context.session(), own_programme(slug), page_number()
    found = library.of_programme(session, programme, library.PAGE_SIZE + 1, (number - 1) * library.PAGE_SIZE)
    return page(
        "programme/materials/work_index.html", wrong, {}, "material", programme=programme, number=number,
        materials=found[: library.PAGE_SIZE], more=len(found) > library.PAGE_SIZE,
    )  # fmt: skip


def _page(slug: str, number: int, wrong: Wrong = None, form: str = "") -> ResponseReturnValue:
    forget(wrong)
    found = _found(slug, number)
    typed = request.form if wrong is not None and form else found.versions[-1].details
    return page(
        "programme/materials/work.html", wrong, {}, form, programme=found.programme, material=found, facts=typed,
        delivered=orders.delivered_copies(context.session(), found),
    )  # fmt: skip
