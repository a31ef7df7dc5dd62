"""The report of a matter at the desk, and the notice of results that anybody may take to a board."""

from flask import Blueprint, Response, current_app

from consult import clock
from consult.consultations.matter import queries
from consult.consultations.models import Consultation
from consult.errors import NotFound
from consult.exports.report import figures, results_notice
from consult.exports.report.results_notice import OfCommune
from consult.policy import Action
from consult.reading.areas.commune import area_and_near
from consult.responses.statistics.cached_counts import kept_counts
from consult.stages import Stage, stage_of
from consult.web import context, limits
from consult.web.files import papers as paper_files
from consult.web.guard import access, public

blueprint = Blueprint("report", __name__)
BOARD = "/lay-y-kien/<slug>/niem-yet/ket-qua"
PER_LINE = "60 per minute"


@blueprint.get(f"/xu-ly/<slug>/ho-so/bao-cao-tong-hop.<{paper_files.ENDINGS}:ending>")
@access(Action.SEE_COMMENTS, of=queries.by_slug)
def report(consultation: Consultation, ending: str) -> Response:
    """The report with its figures; before the conclusion it says that they are not final."""
    told = figures.told(context.session(), consultation, context.arrived_at())
    return paper_files.answered(
        paper_files.described("report", **told), f"bao-cao-tong-hop-{consultation.slug}", ending
    )


@blueprint.get(f"{BOARD}.<{paper_files.ENDINGS}:ending>")
@public(Action.READ_MATTER, of=queries.by_slug)
def notice(consultation: Consultation, ending: str) -> Response:
    """The notice of results of a concluded matter."""
    return _notice(consultation, None, ending, "thong-bao-ket-qua")


@blueprint.get(f"{BOARD}/<code>/<since>.<{paper_files.ENDINGS}:ending>")
@public(Action.READ_MATTER, of=queries.by_slug)
def notice_of_area(consultation: Consultation, code: str, since: str, ending: str) -> Response:
    """The same for a commune, with how many of its people wrote; where five or more did."""
    session = context.session()
    now = context.arrived_at()
    area, near = area_and_near(session, code, since, now)
    told = near & kept_counts.participation(session, consultation, clock.local_day(now)).tellable
    if not told:
        raise NotFound
    return _notice(consultation, OfCommune(area, told), ending, f"thong-bao-ket-qua-{code}")


def _notice(consultation: Consultation, commune: OfCommune | None, ending: str, name: str) -> Response:
    now = context.arrived_at()
    if stage_of(consultation, now) is not Stage.CONCLUDED:
        raise NotFound
    limits.hit("board_sheet", limits.line(), PER_LINE)
    address = f"{current_app.config['SITE_URL']}/{consultation.slug}"
    told = results_notice.told(context.session(), consultation, commune, address, now)
    described = paper_files.described("results_notice", **told)
    answer = paper_files.answered(described, f"{name}-{consultation.slug}", ending)
    # Anybody may have it: what was set once is kept by the page cache.
    del answer.headers["Cache-Control"]
    return answer
