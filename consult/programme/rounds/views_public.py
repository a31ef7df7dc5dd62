"""Rounds of supervision for anybody: what is public of each, and which step is late."""

from flask import Blueprint, Response, render_template

from consult.errors import NotFound
from consult.programme import heads
from consult.programme.rounds import planning, steps, terms
from consult.programme.rounds.models import RoundStep
from consult.programme.views_frame import fresh, today
from consult.web import context
from consult.web.files import downloads
from consult.web.guard import public

blueprint = Blueprint("public_rounds", __name__)
BASE = "/chuong-trinh/<slug>/giam-sat/<int:number>/"


@blueprint.get(BASE)
@public()
def show(slug: str, number: int) -> Response:
    """One round."""
    session, programme = context.session(), heads.public(context.session(), slug)
    found = planning.public_round(session, programme, number)
    page = render_template(
        "programme/rounds/public.html", programme=programme, round=found, terms=terms.terms_of(found, today()),
        reported=planning.reported(found), today=today(),
    )  # fmt: skip
    return fresh(page)


@blueprint.get(f"{BASE}<int:step>/tep/")
@public()
def file(slug: str, number: int, step: int) -> Response:
    """The file of a public step, to be saved."""
    found = _step(slug, number, step)
    if not found.file_hash:
        raise NotFound
    return downloads.kept(found.file_hash, found.media_type, found.file_name)


@blueprint.get(f"{BASE}<int:step>/hinh/<int:picture>/")
@public()
def picture(slug: str, number: int, step: int, picture: int) -> Response:
    """A picture of a public step."""
    kept = steps.picture_of(context.session(), _step(slug, number, step), picture)
    return downloads.played(kept.file_hash, kept.media_type, kept.file_name)


def _step(slug: str, number: int, step: int) -> RoundStep:
    session = context.session()
    found = steps.step_of(planning.public_round(session, heads.public(session, slug), number), step)
    if found.released_at is None:
        raise NotFound
    return found
