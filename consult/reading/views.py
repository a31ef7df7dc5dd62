"""The public pages: home, the list of matters, and one matter. Its texts and comments stand in the modules beside."""

from flask import render_template, request

from consult.consultations.matter import queries
from consult.consultations.models import Consultation
from consult.policy import Action
from consult.reading import (
    matter_page,
    service,
    views_about,
    views_found,
    views_live,
    views_participation,
    views_stances,
    views_summaries,
)
from consult.reading.areas import views as views_areas
from consult.reading.board import views as views_board
from consult.reading.comments import views as views_comments
from consult.reading.due import views_answer_times, views_day
from consult.reading.letters import views as views_letters
from consult.reading.preview import views as views_preview
from consult.reading.projects import views as views_projects
from consult.reading.results import views_issued, views_pictures
from consult.reading.texts import views as views_texts
from consult.reading.texts import views_changes, views_provisions
from consult.reading.views_frame import blueprint as blueprint
from consult.reading.views_frame import cards
from consult.stages import Stage
from consult.submissions import anchors
from consult.web import context
from consult.web.catalogue import endonym, say
from consult.web.guard import public

# Their pages stand in the same blueprint from the moment they are imported.
__all__ = [
    "blueprint", "views_about", "views_answer_times", "views_areas", "views_board", "views_changes", "views_comments",
    "views_day", "views_found", "views_issued", "views_letters", "views_live", "views_participation", "views_pictures",
    "views_preview", "views_projects", "views_provisions", "views_stances", "views_summaries", "views_texts",
]  # fmt: skip


@blueprint.get("/")
@public()
def home() -> str:
    """What is open now, look-up by code, and search."""
    now = context.arrived_at()
    items = service.listed(context.session(), service.MatterFilters(), now)
    return render_template("reading/home.html", items=cards(items), now=now)


@blueprint.get("/lay-y-kien/")
@public(asks=("giai-doan", "loai", "tu-khoa"))
def index() -> str:
    """Every published matter, with filters."""
    now = context.arrived_at()
    filters = service.MatterFilters(*(request.args.get(name, "")[:100] for name in ("giai-doan", "loai", "tu-khoa")))
    items = service.listed(context.session(), filters, now)
    return render_template("reading/index.html", items=cards(items), filters=filters, now=now)


@blueprint.get("/ket-qua/")
@public()
def results() -> str:
    """What came of the matters that take no comments any more."""
    now = context.arrived_at()
    items = service.listed(context.session(), service.MatterFilters(), now)
    ended = [item for item in items if item.stage in {Stage.RESPONDING, Stage.CONCLUDED}]
    return render_template("reading/results.html", items=cards(ended), now=now)


@blueprint.get("/lay-y-kien/<slug>/")
@public(Action.READ_MATTER, of=queries.by_slug)
def matter(consultation: Consultation) -> str:
    """One matter: what, why, until when, its documents and progress."""
    return render_template(
        "reading/matter.html",
        endonym=endonym,
        place_of=lambda place: anchors.label_of(place, say),
        **matter_page.matter(context.session(), consultation, context.arrived_at()),
    )
