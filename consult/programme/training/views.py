"""Courses under a programme: for the organisers, and for bodies that send people."""

from flask import Blueprint, Response, current_app, request
from flask.typing import ResponseReturnValue

from consult.errors import Invalid, Refused
from consult.official_papers.paper import Letterhead
from consult.policy import Action
from consult.programme import heads
from consult.programme.forms import key
from consult.programme.training import attendance, courses, forms, typed, views_sittings
from consult.programme.training.shown import COURSE
from consult.programme.training.views_page import course_page, found_course, to_invite, typed_form
from consult.programme.views_frame import Wrong, forget, now, page, page_number, to, today
from consult.web import context
from consult.web.files import papers
from consult.web.guard import access

blueprint = Blueprint("training", __name__)
blueprint.register_blueprint(views_sittings.blueprint)
BASE = "/phoi-hop/tap-huan/<slug>/"


@blueprint.get(BASE)
@access(Action.USE_PROGRAMME)
def index(slug: str) -> ResponseReturnValue:
    """The courses, and for organisers where another is planned."""
    return _index(slug)


@blueprint.post(BASE)
@access(Action.USE_PROGRAMME, alone="a new course")
def plan(slug: str) -> ResponseReturnValue:
    """Plans one; nobody outside sees it yet."""
    session = context.session()
    try:
        new = forms.course(request.form)
        made = courses.plan(session, heads.found(session, slug), new, context.actor(), now())
    except (Invalid, Refused) as wrong:
        return _index(slug, wrong)
    return to("training.show", "course.saved", slug=slug, number=made.number)


@blueprint.get(f"{BASE}<int:number>/")
@access(Action.USE_PROGRAMME)
def show(slug: str, number: int) -> ResponseReturnValue:
    """One course with all that somebody may read of it."""
    return course_page(slug, number)


@blueprint.post(f"{BASE}<int:number>/")
@access(Action.USE_PROGRAMME, acts_on=COURSE)
def change(slug: str, number: int) -> ResponseReturnValue:
    """Corrects a course before its invitation is public, or makes invitation or results public, as the button says."""
    session, actor, does = context.session(), context.actor(), request.form.get("do", "")
    found = found_course(slug, number)
    try:
        if does in ("invite", "publish"):
            (courses.invite if does == "invite" else attendance.publish)(session, found, actor, now())
        else:
            courses.change(session, found, forms.course(request.form), actor, now())
    except (Invalid, Refused) as wrong:
        return course_page(slug, number, wrong, "facts")
    return to("training.show", "course.public" if does else "course.saved", slug=slug, number=number)


@blueprint.post(f"{BASE}<int:number>/dang-ky/")
@access(Action.USE_PROGRAMME, acts_on=COURSE)
def sign_up(slug: str, number: int) -> ResponseReturnValue:
    """Whom a body sends."""
    session, form = context.session(), request.form
    try:
        names = form.get("names", "")
        attendance.sign_up(session, found_course(slug, number), key(form, "body"), names, context.actor(), now())
    except (Invalid, Refused) as wrong:
        return course_page(slug, number, wrong, "sign_up")
    return to("training.show", "course.signed_up", slug=slug, number=number)


@blueprint.post(f"{BASE}<int:number>/diem-danh/")
@access(Action.USE_PROGRAMME, acts_on=COURSE)
def record(slug: str, number: int) -> ResponseReturnValue:
    """What the sheet says, and the points of both tests."""
    session, form = context.session(), request.form
    ticked = forms.numbers(form, "present"), forms.numbers(form, "public")
    try:
        points = form.get("before", ""), form.get("after", "")
        attendance.record(session, found_course(slug, number), *ticked, *points, context.actor(), now())
    except (Invalid, Refused) as wrong:
        return course_page(slug, number, wrong, "sheet")
    return to("training.show", "course.recorded", slug=slug, number=number)


@blueprint.get(f"{BASE}<int:number>/chung-nhan/<int:person>.pdf")
@access(Action.USE_PROGRAMME)
def certificate(slug: str, number: int, person: int) -> Response:
    """The certificate of somebody who attended, with its code."""
    found = found_course(slug, number)
    who, body = attendance.participant_of(found, person, context.actor()), found.programme.second_party
    head = Letterhead(body.name, place=body.place, day=found.ends_on)
    address = f"{current_app.config['SITE_URL']}/chung-nhan/"
    described = papers.described("programme/certificate", paper=head, course=found, person=who, address=address,
                                 code=attendance.written(who.code or ""))  # fmt: skip
    return papers.answered(described, f"chung-nhan-{number}-{person}", "pdf")


def _index(slug: str, wrong: Wrong = None) -> ResponseReturnValue:
    forget(wrong)
    session, actor, number = context.session(), context.actor(), page_number()
    programme = heads.found(session, slug)
    if programme.public_at is None:
        heads.require_party(programme, actor)
    offset = (number - 1) * courses.PAGE_SIZE
    found = courses.of_programme(session, programme, actor, courses.PAGE_SIZE + 1, offset)
    begins = typed_form() if wrong is not None else typed.NEW
    return page(
        "programme/training/work_index.html", wrong, None, "course", programme=programme, number=number, facts=begins,
        courses=found[: courses.PAGE_SIZE], more=len(found) > courses.PAGE_SIZE, today=today(),
        organises=courses.organises(programme, actor), bodies=to_invite(),
    )  # fmt: skip
