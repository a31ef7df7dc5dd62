"""Models under a programme, for who writes about them and for bodies that ask to copy one."""

from typing import Any

from flask import Blueprint, request
from flask.typing import ResponseReturnValue

from consult.errors import Invalid, Refused
from consult.files.signed_files import KeptFile
from consult.people.words import OrganisationKind
from consult.policy import Action
from consult.programme import bodies, heads
from consult.programme.practices import acts, corrections, forms, listing, registry, typed
from consult.programme.practices.models import Practice
from consult.programme.practices.shown import PRACTICE
from consult.programme.practices.views_ask import blueprint as asking
from consult.programme.practices.views_criteria import blueprint as criteria
from consult.programme.views_frame import Wrong, forget, letter_file, now, page, page_number, picture_file, to, today
from consult.programme.words import PracticeActKind
from consult.web import context
from consult.web.files import downloads
from consult.web.guard import access

blueprint = Blueprint("practices", __name__)
blueprint.register_blueprint(asking)
blueprint.register_blueprint(criteria)
BASE = "/phoi-hop/mo-hinh/<slug>/"
LISTS = ("leads", "communes", "parents")


@blueprint.get(BASE)
@access(Action.USE_PROGRAMME)
def index(slug: str) -> ResponseReturnValue:
    """The models that my bodies write about, and where another is written down."""
    return _index(slug)


@blueprint.post(BASE)
@access(Action.USE_PROGRAMME, alone="a new model")
def begin(slug: str) -> ResponseReturnValue:
    """Writes one down; nobody outside sees it yet."""
    session = context.session()
    try:
        made = registry.begin(session, heads.found(session, slug), forms.practice(request.form), context.actor(), now())
    except (Invalid, Refused) as wrong:
        return _index(slug, wrong)
    return to("practices.show", "practice.saved", slug=slug, number=made.number)


@blueprint.get(f"{BASE}<int:number>/")
@access(Action.USE_PROGRAMME)
def show(slug: str, number: int) -> ResponseReturnValue:
    """One model with all that is recorded of it, also what is not public."""
    return _page(slug, number)


@blueprint.post(f"{BASE}<int:number>/")
@access(Action.USE_PROGRAMME, acts_on=PRACTICE)
def correct(slug: str, number: int) -> ResponseReturnValue:
    """Corrects the facts: at once before the model is public, afterwards by another person's release."""
    try:
        new = forms.practice(request.form)
        registry.correct(context.session(), _found(slug, number), new, context.actor(), now())
    except (Invalid, Refused) as wrong:
        return _page(slug, number, wrong, "facts")
    return to("practices.show", "practice.saved", slug=slug, number=number)


@blueprint.post(f"{BASE}<int:number>/ghi/")
@access(Action.USE_PROGRAMME, alone="a new entry of the model")
def record(slug: str, number: int) -> ResponseReturnValue:
    """One more thing recorded, which another person makes public."""
    found = _found(slug, number)
    try:
        new = forms.act(request.form, _file(request.form.get("act", "")))
        acts.record(context.session(), found, new, context.actor(), now())
    except (Invalid, Refused) as wrong:
        return _page(slug, number, wrong, "act")
    return to("practices.show", "practice.recorded", slug=slug, number=number)


@blueprint.post(f"{BASE}<int:number>/<int:act>/")
@access(Action.USE_PROGRAMME, acts_on=PRACTICE)
def decide(slug: str, number: int, act: int) -> ResponseReturnValue:
    """Makes public what was recorded or takes it out, as the button says."""
    session, found, actor = context.session(), _found(slug, number), context.actor()
    try:
        if request.form.get("do") != "discard":
            acts.release(session, found, act, actor, now())
            return to("practices.show", "practice.public", slug=slug, number=number)
        if acts.discard(session, found, act, actor, now()):
            return to("practices.index", "practice.discarded", slug=slug)
    except Refused as wrong:
        return _page(slug, number, wrong)
    return to("practices.show", "practice.discarded", slug=slug, number=number)


@blueprint.get(f"{BASE}<int:number>/<int:act>/tep/")
@access(Action.USE_PROGRAMME)
def file(slug: str, number: int, act: int) -> ResponseReturnValue:
    """The file or picture of what was recorded."""
    kept = acts.act_of(_found(slug, number), act)
    send = downloads.played if kept.kind is PracticeActKind.PICTURE else downloads.kept
    return send(kept.file_hash, kept.media_type, kept.file_name)


def _found(slug: str, number: int) -> Practice:
    session = context.session()
    found = registry.practice_of(session, heads.found(session, slug), number)
    registry.require_writer(found, context.actor())
    return found


def _choices() -> dict[str, Any]:
    session = context.session()
    return {
        "leads": bodies.of_kinds(session, frozenset(OrganisationKind), today(), heads.bodies_of(context.actor())),
        "communes": bodies.communes(session, today()), "parents": listing.choices(session), "today": today(),
    }  # fmt: skip


def _index(slug: str, wrong: Wrong = None) -> ResponseReturnValue:
    forget(wrong)
    session, number = context.session(), page_number()
    programme = heads.found(session, slug)
    if programme.public_at is None:
        heads.require_party(programme, context.actor())
    offset = (number - 1) * listing.PAGE_SIZE
    found = registry.written_by(session, programme, context.actor(), listing.PAGE_SIZE + 1, offset)
    values: dict[str, Any] = {
        "programme": programme, "practices": found[: listing.PAGE_SIZE], "more": len(found) > listing.PAGE_SIZE,
        "number": number, "is_front": programme.first_party_id in heads.bodies_of(context.actor()),
    } | _choices()  # fmt: skip
    return page("programme/practices/work_index.html", wrong, typed.NEW, "practice", **values)


def _page(slug: str, number: int, wrong: Wrong = None, form: str = "") -> ResponseReturnValue:
    forget(wrong)
    found = _found(slug, number)
    begun, choices = typed.practice(context.session(), found), _choices()
    values: dict[str, Any] = {
        "programme": found.programme,
        "practice": found,
        "facts": request.form if form == "facts" and wrong is not None else begun,
        "changes": corrections.changes(context.session(), found),
        "recorded": bodies.recorded(context.session(), begun, *(choices[name] for name in LISTS)),
    } | choices
    return page("programme/practices/work.html", wrong, None, form, **values)


def _file(act: str) -> KeptFile | None:
    """The file that such an act has; whatever else was chosen beside it is not kept. Raises Invalid by the field."""
    if act == PracticeActKind.PICTURE:
        return picture_file("picture")
    return letter_file("file") if act == PracticeActKind.MATERIAL else None
