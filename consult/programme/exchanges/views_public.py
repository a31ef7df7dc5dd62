"""The minutes of exchanges for anybody, once both parties agreed on them."""

from flask import Blueprint, Response, render_template

from consult.programme import heads
from consult.programme.exchanges import found, paper
from consult.programme.views_frame import fresh, today
from consult.web import context
from consult.web.files import papers as paper_files
from consult.web.guard import public

blueprint = Blueprint("public_exchanges", __name__)
BASE = "/chuong-trinh/<slug>/trao-doi/<int:number>/"


@blueprint.get(BASE)
@public()
def show(slug: str, number: int) -> Response:
    """One exchange with what was decided."""
    session, programme = context.session(), heads.public(context.session(), slug)
    one = found.public_exchange(session, programme, number)
    page = render_template("programme/exchanges/public.html", programme=programme, exchange=one, today=today())
    return fresh(page)


@blueprint.get(f"{BASE}bien-ban.<{paper_files.ENDINGS}:ending>")
@public()
def taken_away(slug: str, number: int, ending: str) -> Response:
    """The minutes as a paper."""
    session, programme = context.session(), heads.public(context.session(), slug)
    one = found.public_exchange(session, programme, number)
    described = paper_files.described("programme/exchange_minutes", **paper.told(programme, one))
    return paper_files.answered(described, f"bien-ban-trao-doi-quy-{one.quarter}-{one.year}", ending)
