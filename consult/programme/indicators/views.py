"""What is measured in a year, and the values of communes that wait, for the people of the parties."""

from flask import Blueprint, Response, request
from flask.typing import ResponseReturnValue

from consult.errors import Invalid, Refused
from consult.policy import Action
from consult.programme import heads
from consult.programme.indicators import definitions, entering, forms, typed, where
from consult.programme.indicators.shown import INDICATORS, RESULTS
from consult.programme.indicators.views_entry import blueprint as entry
from consult.programme.views_frame import Wrong, forget, now, own_programme, page, to, today
from consult.web import context
from consult.web.files import downloads
from consult.web.guard import access

blueprint = Blueprint("indicators", __name__)
blueprint.register_blueprint(entry)
ROOT = "/phoi-hop/ket-qua-bao-ve/<slug>/"
BASE = f"{ROOT}<int:year>/"


@blueprint.get(ROOT)
@access(Action.USE_PROGRAMME)
def index(slug: str) -> ResponseReturnValue:
    """The year in which we are, or the nearest one of the programme."""
    found = own_programme(slug)
    year = min(max(today().year, found.valid_from.year), found.valid_to.year)
    return to("indicators.show", slug=slug, year=year)


@blueprint.get(BASE)
@access(Action.USE_PROGRAMME)
def show(slug: str, year: int) -> ResponseReturnValue:
    """What is measured in a year, and what waits."""
    return _page(slug, year)


@blueprint.post(BASE)
@access(Action.USE_PROGRAMME, acts_on=INDICATORS)
def change(slug: str, year: int) -> ResponseReturnValue:
    """Writes the list of a year, or makes the one that waits public, as the button says."""
    session, found, form = context.session(), own_programme(slug), request.form
    releases = form.get("do") == "release"
    try:
        if releases:
            definitions.release_list(session, found, year, context.actor(), now())
        else:
            definitions.set_list(session, found, year, form.get("indicators", ""), context.actor(), now())
    except (Invalid, Refused) as wrong:
        return _page(slug, year, wrong, "release" if releases else "list")
    return to("indicators.show", "indicators.public" if releases else "indicators.saved", slug=slug, year=year)


@blueprint.post(f"{BASE}xac-nhan/")
@access(Action.USE_PROGRAMME, acts_on=RESULTS)
def decide(slug: str, year: int) -> ResponseReturnValue:
    """Confirms the ticked values or refuses them, as the button says."""
    form, reason = request.form, forms.refused(request.form)
    try:
        entering.decide(context.session(), own_programme(slug), forms.chosen(form), reason, context.actor(), now())
    except (Invalid, Refused) as wrong:
        return _page(slug, year, wrong, "values")
    told = "results.confirmed" if reason is None else "results.refused"
    return to("indicators.show", told, slug=slug, year=year)


@blueprint.get(f"{ROOT}tep/<int:number>/")
@access(Action.USE_PROGRAMME)
def source(slug: str, number: int) -> Response:
    """The source of a value, for who enters it and for the parties."""
    one = entering.value_of(context.session(), heads.found(context.session(), slug), number)
    where.require_reads(one, context.actor())
    return downloads.kept(one.file_hash, one.media_type, one.file_name)


def _page(slug: str, year: int, wrong: Wrong = None, form: str = "") -> ResponseReturnValue:
    forget(wrong)
    session, programme = context.session(), own_programme(slug)
    definitions.require_year(programme, year)
    known = definitions.versions(session, programme, year)
    defines = bool(heads.bodies_of(context.actor()) & set(programme.of_the_state))
    begin = next(iter(known), None) or definitions.in_force(session, programme, year - 1)
    public = definitions.in_force(session, programme, year)
    waiting = where.to_decide(session, programme, year, context.actor(), today())
    return page(
        "programme/indicators/work.html", wrong, {}, form, programme=programme, year=year, public=public,
        first_year=programme.valid_from.year - definitions.EARLIER_YEARS,
        waits=next((one for one in known if one.released_at is None), None), defines=defines,
        waiting=waiting, decidable=where.decidable(waiting, programme, context.actor()),
        facts=request.form if form == "list" and wrong is not None else typed.items(begin),
    )  # fmt: skip
