"""Reports on a programme for the people of both parties: begun, written, frozen, agreed to."""

from typing import Any

from flask import Blueprint, Response, request
from flask.typing import ResponseReturnValue

from consult.errors import Invalid, Refused
from consult.policy import Action
from consult.programme.reporting import reports, typed, views_page
from consult.programme.reporting.models import Report
from consult.programme.reporting.shown import REPORT
from consult.programme.views_frame import Wrong, forget, now, own_programme, page, page_number, to, today
from consult.web import context
from consult.web.files import papers as paper_files
from consult.web.guard import access

blueprint = Blueprint("reports", __name__)
BASE = "/phoi-hop/chuong-trinh/<slug>/bao-cao/"


@blueprint.get(BASE)
@access(Action.USE_PROGRAMME)
def index(slug: str) -> ResponseReturnValue:
    """The reports of a programme, and where another one is begun."""
    return _index(slug)


@blueprint.post(BASE)
@access(Action.USE_PROGRAMME, alone="the report of some days")
def begin(slug: str) -> ResponseReturnValue:
    """Begins the report of a half-year, of a year or of all years."""
    kind, year = typed.chosen(request.form)
    try:
        made = reports.begin(context.session(), own_programme(slug), kind, year, context.actor(), now())
    except (Invalid, Refused) as wrong:
        return _index(slug, wrong)
    return to("reports.show", "report.begun", slug=slug, number=made.number)


@blueprint.get(f"{BASE}<int:number>/")
@access(Action.USE_PROGRAMME)
def show(slug: str, number: int) -> ResponseReturnValue:
    """One report: its numbers, and the words of each section."""
    return _page(slug, number)


@blueprint.post(f"{BASE}<int:number>/")
@access(Action.USE_PROGRAMME, acts_on=REPORT)
def write(slug: str, number: int) -> ResponseReturnValue:
    """Keeps the words, and freezes the numbers where the button says so."""
    session, actor, one = context.session(), context.actor(), _found(slug, number)
    freezes = request.form.get("do") == "freeze"
    try:
        numbers = reports.frozen(session, context.files(), one, actor, now()) if freezes else None
        reports.write(session, one, typed.texts(request.form), actor, now(), numbers)
    except (Invalid, Refused) as wrong:
        return _page(slug, number, wrong)
    return to("reports.show", "report.frozen" if freezes else "report.saved", slug=slug, number=number)


@blueprint.post(f"{BASE}<int:number>/thong-nhat/")
@access(Action.USE_PROGRAMME, acts_on=REPORT)
def agree(slug: str, number: int) -> ResponseReturnValue:
    """One party agrees on the report as it stands."""
    try:
        public = reports.agree(context.session(), _found(slug, number), context.actor(), now())
    except Refused as wrong:
        return _page(slug, number, wrong)
    return to("reports.show", "report.public" if public else "programme.agreed", slug=slug, number=number)


@blueprint.get(f"{BASE}<int:number>/so-lieu/<figure>/")
@access(Action.USE_PROGRAMME)
def listed(slug: str, number: int, figure: str) -> ResponseReturnValue:
    """The list behind a number: as many rows as it says."""
    programme = own_programme(slug)
    one = reports.report_of(context.session(), programme, number)
    return page("programme/reporting/list.html", **views_page.listed(programme, one, figure, page_number()))


@blueprint.get(f"{BASE}<int:number>/bao-cao.<{paper_files.ENDINGS}:ending>")
@access(Action.USE_PROGRAMME)
def taken_away(slug: str, number: int, ending: str) -> Response:
    """The report as a paper, to be signed by both sides."""
    programme = own_programme(slug)
    one = reports.report_of(context.session(), programme, number)
    described = paper_files.described("programme/programme_report", **views_page.paper(programme, one))
    return paper_files.answered(described, f"bao-cao-chuong-trinh-{one.kind}-{one.year}", ending)


def _found(slug: str, number: int) -> Report:
    return reports.report_of(context.session(), own_programme(slug), number)


def _index(slug: str, wrong: Wrong = None) -> ResponseReturnValue:
    forget(wrong)
    programme = own_programme(slug)
    own = reports.reports_of(context.session(), programme, public=False)
    return page(
        "programme/reporting/index.html", wrong, None, programme=programme, reports=own,
        choices=typed.choices(programme, own, today()),
    )  # fmt: skip


def _page(slug: str, number: int, wrong: Wrong = None) -> ResponseReturnValue:
    forget(wrong)
    programme = own_programme(slug)
    one = reports.report_of(context.session(), programme, number)
    values: dict[str, Any] = {"programme": programme, "report": one, "told": views_page.told(programme, one)}
    return page("programme/reporting/report.html", wrong, typed.words(one), **values)
