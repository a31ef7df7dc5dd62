"""Reports on a programme for anybody, once both parties agreed: words, numbers, the list behind each, files."""

from flask import Blueprint, Response, render_template

from consult.programme import heads
from consult.programme.head_models import Programme
from consult.programme.reporting import reports, views_page
from consult.programme.reporting.models import Report
from consult.programme.views_frame import fresh, page_number
from consult.web import context
from consult.web.files import downloads
from consult.web.files import papers as paper_files
from consult.web.guard import public

blueprint = Blueprint("public_reports", __name__)
BASE = "/chuong-trinh/<slug>/bao-cao/<int:number>/"


@blueprint.get(BASE)
@public()
def show(slug: str, number: int) -> Response:
    """One report."""
    programme, one = _found(slug, number)
    told = views_page.told(programme, one)
    return fresh(render_template("programme/reporting/public.html", programme=programme, report=one, told=told))


@blueprint.get(f"{BASE}so-lieu/<figure>/")
@public(asks=("trang",))
def listed(slug: str, number: int, figure: str) -> Response:
    """The list behind a number as it was when the report was frozen."""
    values = views_page.listed(*_found(slug, number), figure, page_number())
    return fresh(render_template("programme/reporting/public_list.html", **values))


@blueprint.get(f"{BASE}bao-cao.<{paper_files.ENDINGS}:ending>")
@public()
def taken_away(slug: str, number: int, ending: str) -> Response:
    """The report as a paper."""
    programme, one = _found(slug, number)
    described = paper_files.described("programme/programme_report", **views_page.paper(programme, one))
    return paper_files.answered(described, f"bao-cao-chuong-trinh-{one.kind}-{one.year}", ending)


@blueprint.get(f"{BASE}so-lieu.json")
@public()
def data(slug: str, number: int) -> Response:
    """All numbers with their lists: the file whose hash is in the log."""
    _programme, one = _found(slug, number)
    return downloads.kept(one.file_hash, "application/json", f"so-lieu-bao-cao-{one.kind}-{one.year}.json")


def _found(slug: str, number: int) -> tuple[Programme, Report]:
    session = context.session()
    programme = heads.public(session, slug)
    return programme, reports.public_report(session, programme, number)
