"""The public page of a project: its matters, meetings, documents, and one time line."""

from flask import render_template

from consult import clock
from consult.reading.projects import project
from consult.reading.views_frame import blueprint, cards
from consult.web import context
from consult.web.guard import public


@blueprint.get("/du-an/<key>/")
@public()
def project_of(key: str) -> str:
    """What there is about one project."""
    now = context.arrived_at()
    page = project.project_page(context.session(), key, now)
    return render_template(
        "reading/projects/project.html", page=page, items=cards(page.matters), now=now, today=clock.local_day(now)
    )
