"""The bodies that answer: how many answers were in time, how many late, and what has just become late."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from flask import Response, current_app, render_template

from consult import clock
from consult.consultations.models import Consultation
from consult.reading.views_frame import blueprint
from consult.responses.statistics import answer_times
from consult.responses.statistics.answer_times import kept_times
from consult.web import context
from consult.web.guard import public

MOST_ENTRIES = 50


@dataclass(frozen=True)
class BecameLate:
    """So many comments on a matter that should have been answered on the day `due`, and are late `since` the instant
    after it."""

    matter: Consultation
    due: date
    since: datetime
    count: int


@blueprint.get("/tra-loi-dung-han/")
@public()
def answer_times_page() -> str:
    """Every body that answers, with its figures."""
    now = context.arrived_at()
    return render_template("reading/due/bodies.html", bodies=answer_times.bodies(context.session(), now), now=now)


@blueprint.get("/tra-loi-dung-han/qua-han.atom")
@public()
def late_feed() -> Response:
    """What became late, the latest first, as Atom (RFC 4287)."""
    now = context.arrived_at()
    body = render_template(
        "reading/due/late.xml", entries=became_late(now), now=now, site_url=current_app.config["SITE_URL"]
    )
    return Response(body, mimetype="application/atom+xml")


def became_late(now: datetime) -> list[BecameLate]:
    """What is late at an instant and since when, the latest first."""
    session = context.session()
    matters = answer_times.public_matters(session, now)
    times = kept_times.of(session, matters, clock.local_day(now))
    found = [
        BecameLate(matter, due, clock.start_of_day(due + timedelta(days=1)), count)
        for matter in matters
        for due, count in times[matter.id].overdue.items()
    ]
    return sorted(found, key=lambda one: (one.since, one.matter.slug), reverse=True)[:MOST_ENTRIES]
