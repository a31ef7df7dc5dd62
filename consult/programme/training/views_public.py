"""Courses for anybody, and the page that tells whether a certificate is genuine."""

from flask import Blueprint, Response, render_template, request
from sqlalchemy import select

from consult.programme import heads
from consult.programme.materials.models import Material
from consult.programme.training import attendance, courses
from consult.programme.training.models import Course
from consult.programme.views_frame import fresh, page_number, today
from consult.text import one_line
from consult.web import context
from consult.web.guard import public

blueprint = Blueprint("public_training", __name__)
LONGEST_CODE = 40


@blueprint.get("/tap-huan/")
@public(asks=("trang",))
def index() -> Response:
    """The public courses."""
    number = page_number()
    found = courses.listed(context.session(), courses.PAGE_SIZE + 1, (number - 1) * courses.PAGE_SIZE)
    page = render_template(
        "programme/training/index.html", courses=found[: courses.PAGE_SIZE], number=number, today=today(),
        more=len(found) > courses.PAGE_SIZE,
    )  # fmt: skip
    return fresh(page)


@blueprint.get("/chuong-trinh/<slug>/tap-huan/<int:number>/")
@public()
def show(slug: str, number: int) -> Response:
    """One course: whom it invites, what it uses, and its results by group. No name is there."""
    session = context.session()
    found = courses.public_course(session, heads.public(session, slug), number)
    page = render_template(
        "programme/training/public.html", programme=found.programme, course=found, materials=_materials(found),
        invited=courses.bodies_of(session, found), results=attendance.told_results(found),
        before=attendance.group_result(found.points_before), after=attendance.group_result(found.points_after),
        fewest=attendance.FEWEST, today=today(),
    )  # fmt: skip
    return fresh(page)


@blueprint.get("/chung-nhan/")
@public(asks=("ma",))
def check() -> Response:
    """Whether a certificate is genuine: the course and its days, and the name only where that person agreed."""
    code = one_line(request.args.get("ma", ""))[:LONGEST_CODE]
    found = attendance.certificate(context.session(), code) if code else None
    return fresh(render_template("programme/training/certificate.html", code=code, found=found))


def _materials(one: Course) -> list[Material]:
    own = (Material.consultation_id == one.consultation_id, Material.number.in_(one.materials))
    shown = select(Material).where(*own, Material.public_at.is_not(None)).order_by(Material.number)
    return list(context.session().scalars(shown))
