"""Administration: its front page, areas, holidays, legal profiles, and what administrators did."""

from datetime import date
from urllib.parse import urlencode
from uuid import UUID

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from consult import clock
from consult.administration import audit_log, confirmations, forms
from consult.administration.accounts import role_proposals
from consult.administration.reference import holidays, profile_proposals, profiles
from consult.administration.shown import HOLIDAY, REMOVED_DAY
from consult.administration.views_confirmations import ask, done_already, first_asked
from consult.consultations.matter.term_kinds import kind_of
from consult.errors import Invalid, NotFound
from consult.people.areas import find_areas, predecessors
from consult.policy import Action
from consult.web import context
from consult.web.catalogue import say
from consult.web.guard import access

blueprint = Blueprint("administration", __name__)

MOST_AREAS = 50
MOST_SKIPPED = 1_000_000


@blueprint.get("/quan-tri/")
@access(Action.ADMINISTER)
def index() -> ResponseReturnValue:
    """The first page of administration: what waits and what was done last."""
    session = context.session()
    newest, waiting = audit_log.newest(session)[:20], len(role_proposals.waiting(session))
    proposed = len(profile_proposals.waiting(session))
    return render_template(
        "administration/index.html", actor=context.actor(), newest=newest, waiting=waiting, proposed=proposed
    )


@blueprint.get("/quan-tri/nhat-ky/")
@access(Action.ADMINISTER)
def log() -> ResponseReturnValue:
    """What administrators did, the newest first, a page at a time from `bo-qua` on."""
    skip = min(request.args.get("bo-qua", 0, type=int), MOST_SKIPPED)
    shown = audit_log.newest(context.session(), max(skip, 0))
    more = {"bo-qua": str(skip + audit_log.PAGE)}
    later = url_for("administration.log") + f"?{urlencode(more)}" if len(shown) == audit_log.PAGE else ""
    return render_template("administration/log.html", actor=context.actor(), newest=shown, next_url=later)


@blueprint.get("/quan-tri/dia-ban/")
@access(Action.ADMINISTER)
def areas() -> ResponseReturnValue:
    """The areas with the words of `q`, those abolished too, with what they came from, and will come from as it was
    entered."""
    query, session = request.args.get("q", ""), context.session()
    found = find_areas(session, query, clock.local_day(context.arrived_at()), MOST_AREAS, level=None)
    rows = [{"found": one, "area": one.area, "before": predecessors(session, one.area.id, date.max)} for one in found]
    return render_template("administration/areas.html", actor=context.actor(), query=query, rows=rows)


@blueprint.get("/quan-tri/ngay-nghi/")
@access(Action.ADMINISTER)
def holiday_table() -> ResponseReturnValue:
    """The days of a year that are not worked, and the Saturdays that are."""
    return _holidays({})


@blueprint.post("/quan-tri/ngay-nghi/")
@access(Action.ADMINISTER, acts_on=HOLIDAY)
def put_holiday() -> ResponseReturnValue:
    """Adds a day or says another thing of it, and asks before where due days move; what is wrong comes back as 422."""
    try:
        row = forms.holiday(request.form)
        if asked := _ask_to_put(*row):
            return asked
        holidays.put(context.session(), *row, context.actor(), context.arrived_at())
    except Invalid as invalid:
        return _holidays(invalid.errors), 422
    flash("administration.holiday_put")
    return redirect(url_for("administration.holiday_table", nam=row[0].year), 303)


@blueprint.get("/quan-tri/ngay-nghi/<day>/xoa/")
@access(Action.ADMINISTER)
def ask_to_remove_holiday(day: str) -> ResponseReturnValue:
    """What taking a day out means, before it is: ends already published stay as they are."""
    return first_asked(_ask_to_remove(_day(day)))


@blueprint.post("/quan-tri/ngay-nghi/<day>/xoa/")
@access(Action.ADMINISTER, acts_on=REMOVED_DAY)
def remove_holiday(day: str) -> ResponseReturnValue:
    """Takes it out, once the page that asks was answered."""
    removed = _day(day)
    if asked := _ask_to_remove(removed):
        return asked
    holidays.remove(context.session(), removed, context.actor(), context.arrived_at())
    flash("administration.holiday_removed")
    return redirect(url_for("administration.holiday_table", nam=removed.year), 303)


@blueprint.get("/quan-tri/quy-dinh/")
@access(Action.ADMINISTER)
def profile_list() -> ResponseReturnValue:
    """The legal profiles, with the days that they hold from and to."""
    rows, waiting = profiles.profiles(context.session()), profile_proposals.waiting(context.session())
    return render_template("administration/profiles.html", actor=context.actor(), profiles=rows, waiting=waiting)


@blueprint.get("/quan-tri/quy-dinh/<uuid:profile_id>/")
@access(Action.ADMINISTER)
def profile(profile_id: UUID) -> ResponseReturnValue:
    """One legal profile with its rules in words."""
    found = profiles.profile(context.session(), profile_id)
    kinds = [say(f"kind.{kind}") for kind in found.rules.get("kinds", [])]
    shown = {"profile": found, "rules": found.rules, "kinds": kinds, "term_kind": kind_of}
    return render_template("administration/profile.html", actor=context.actor(), **shown)


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError as bad:
        raise NotFound from bad


def _ask_to_put(day: date, kind: holidays.HolidayKind, name: str, source: str) -> ResponseReturnValue | None:
    """What would move, if anything does. Raises Invalid."""
    called, _source = holidays.checked(day, kind, name, source)
    moved = holidays.would_move(context.session(), day, kind)
    if not moved:
        return None
    question = confirmations.of_new_holiday(day, kind.value, called, moved)
    return ask(question, url_for("administration.holiday_table", nam=day.year))


def _ask_to_remove(day: date) -> ResponseReturnValue | None:
    back = url_for("administration.holiday_table", nam=day.year)
    try:
        row = holidays.holiday(context.session(), day)
    except NotFound:
        return done_already("no_holiday", back)
    return ask(confirmations.of_holiday(row, holidays.would_move(context.session(), day, None)), back)


def _holidays(errors: dict[str, str]) -> str:
    year = forms.year(request.args.get("nam", ""), clock.local_day(context.arrived_at()).year)
    rows = holidays.of_year(context.session(), year)
    kinds = forms.choices("holiday_kind", holidays.HolidayKind)
    shown = {"year": year, "rows": rows, "kind_choices": kinds, "form": request.form, "errors": errors}
    return render_template("administration/holidays.html", actor=context.actor(), **shown)
