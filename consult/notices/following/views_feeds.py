"""What happened as an Atom feed, and their days as a calendar: of all, or of one thing that can be followed."""

from datetime import datetime

from flask import Response, current_app, render_template, url_for

from consult import clock
from consult.notices.following import calendar_days, calendar_file, public_events
from consult.notices.following.calendar_days import MatterDay
from consult.notices.following.subjects import Subject
from consult.notices.following.views_frame import MATTERS, blueprint, found, name_of
from consult.web import context
from consult.web.catalogue import say
from consult.web.guard import public
from consult.web.templating import day


@blueprint.get("/theo-doi/tin.atom")
@public()
def feed_of_all() -> Response:
    """What happened to all public matters."""
    return _feed(None)


@blueprint.get(f"/theo-doi/<{MATTERS}:followed>/<path:key>/tin.atom")
@public()
def feed(followed: str, key: str) -> Response:
    """What happened to one thing."""
    return _feed(found(followed, key))


@blueprint.get("/theo-doi/lich.ics")
@public()
def calendar_of_all() -> Response:
    """When all public matters open and close, and their meetings."""
    return _calendar(None)


@blueprint.get(f"/theo-doi/<{MATTERS}:followed>/<path:key>/lich.ics")
@public()
def calendar(followed: str, key: str) -> Response:
    """The days of one thing."""
    return _calendar(found(followed, key))


def _feed(subject: Subject | None) -> Response:
    now = context.arrived_at()
    events = public_events.events_of(context.session(), subject, now)
    body = render_template(
        "notices/following/feed.xml",
        site=current_app.config["SITE_URL"],
        own=_address(subject, "feed"),
        page=_address(subject, "ask"),
        title=say("following.feed", name=name_of(subject)) if subject is not None else say("following.feed_of_all"),
        events=events,
        title_of=_title_of,
        # An empty feed is as new as the day: what it says stays the same for as long as it is kept.
        updated=events[0].at if events else clock.start_of_day(clock.local_day(now)),
        written=_written,
    )
    return Response(body, mimetype="application/atom+xml")


def _calendar(subject: Subject | None) -> Response:
    site = current_app.config["SITE_URL"]
    host = site.partition("://")[2] or "consult"
    days = calendar_days.days_of(context.session(), subject, context.arrived_at())
    told = [
        calendar_file.CalendarDay(
            f"{one.kind}-{one.matter.id}@{host}",
            one.day,
            _summary(one),
            site + url_for("reading.matter", slug=one.matter.slug),
            one.changed_at,
            one.moved,
            one.matter.withdrawn_at is not None,
        )
        for one in days
    ]
    name = say("following.calendar", name=name_of(subject)) if subject is not None else say("following.calendar_of_all")
    body = calendar_file.written(name, f"-//{host}//consult//VI", told)
    return Response(body, content_type="text/calendar; charset=utf-8")


def _summary(one: MatterDay) -> str:
    kind = "meets_somewhere" if one.kind == "meets" and not one.place else one.kind
    return say(f"calendar.{kind}", title=one.matter.title, place=one.place)


def _title_of(event: public_events.PublicEvent) -> str:
    details = {name: day(value) if name in ("last_day", "day") else value for name, value in event.details.items()}
    return say(f"event.{event.kind}", title=event.matter.title, **details)


def _address(subject: Subject | None, what: str) -> str:
    """The whole address of a feed, or of the page that it belongs to."""
    site: str = current_app.config["SITE_URL"]
    if subject is None:
        return site + url_for("following.feed_of_all" if what == "feed" else "reading.index")
    return site + url_for(f"following.{what}", followed=subject.kind.value, key=subject.key)


def _written(at: datetime) -> str:
    return at.astimezone(clock.LOCAL_ZONE).isoformat(timespec="seconds")
