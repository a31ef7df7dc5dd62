"""The figures of all matters of one's bodies, from a day to a day: for the report of the quarter, or of a year."""

from datetime import date

from flask import Blueprint, Response, render_template, request

from consult import clock
from consult.consultations.matter import overview
from consult.exports.period.views_public import file_of
from consult.policy import Action, decide
from consult.responses.desk.listing.forms_filters import day
from consult.responses.figures import span
from consult.responses.figures.period import PeriodFigures, figures_of
from consult.responses.figures.span import Span
from consult.responses.statistics import bodies
from consult.web import context
from consult.web.catalogue import say
from consult.web.guard import access

blueprint = Blueprint("period_figures", __name__)


@blueprint.get("/xu-ly/so-lieu/")
@access(Action.USE_DESK)
def show() -> str:
    """The quarter that lasts, or from one day to another as the address says."""
    told = _told()
    found = [(code, count, bodies.named(code, say)) for code, count in told.total.opinions.most_common()]
    year, number = span.quarter_of(_today())
    recent = span.quarters(date(year - 1, 1, 1), _today())
    return render_template(
        "exports/period/desk.html", actor=context.actor(), told=told, opinions=found, now=context.arrived_at(),
        quarters=[(*one, span.quarter(*one)) for one in recent], today=_today(),
    )  # fmt: skip


@blueprint.get("/xu-ly/so-lieu.<any(csv,xlsx,json):suffix>")
@access(Action.USE_DESK)
def file(suffix: str) -> Response:
    """The same as rows for reports, units among them."""
    told = _told()
    name = f"so-lieu-{told.span.since.isoformat()}-{told.span.until.isoformat()}"
    answer = file_of(told, suffix, name, units=True)
    answer.headers["Cache-Control"] = "no-store"
    return answer


def _told() -> PeriodFigures:
    session, actor, now = context.session(), context.actor(), context.arrived_at()
    found = [one.consultation for one in overview.matters(session, actor, now)]
    mine = [one for one in found if decide(actor, Action.SEE_COMMENTS, one, now) is None]
    named = [one.id for one in mine if decide(actor, Action.SEE_SENDERS, one, now) is None]
    return figures_of(session, mine, _span(), _today(), named)


def _span() -> Span:
    """What was asked for; the quarter that lasts where that is no stretch of days."""
    since, until = day(request.args.get("tu", "")), day(request.args.get("den", ""))
    if since is None or until is None or until < since:
        return span.quarter(*span.quarter_of(_today()))
    return Span(since, until)


def _today() -> date:
    return clock.local_day(context.arrived_at())
