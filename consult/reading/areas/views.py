"""The public pages of communes, old and new."""

from flask import render_template, request

from consult import clock
from consult.people.areas import find_areas
from consult.reading.areas.commune import area_page, named_areas
from consult.reading.views_frame import blueprint, cards
from consult.web import context
from consult.web.catalogue import endonym
from consult.web.guard import public


@blueprint.get("/dia-ban/")
@public(asks=("ten",))
def area_index() -> str:
    """The communes that some matter names, and any other by its name, old or new."""
    session, now = context.session(), context.arrived_at()
    asked = request.args.get("ten", "")[:80]
    return render_template(
        "reading/areas/index.html",
        named=named_areas(session, now),
        asked=asked,
        found=find_areas(session, asked, clock.local_day(now)) if asked else [],
    )


@blueprint.get("/dia-ban/<code>/<since>/")
@public()
def area(code: str, since: str) -> str:
    """One commune: what touches it, meetings, who spoke, what came of it."""
    now = context.arrived_at()
    page = area_page(context.session(), code, since, now)
    return render_template(
        "reading/areas/area.html",
        page=page,
        own=cards(page.own),
        wider=cards(page.wider),
        now=now,
        today=clock.local_day(now),
        endonym=endonym,
    )
