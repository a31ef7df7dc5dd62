"""The public pages: home, the list of matters, and one matter. Its texts and comments stand in the modules beside."""

from typing import Any

from flask import render_template, request, url_for

from consult.consultations.matter import queries
from consult.consultations.models import Consultation
from consult.policy import Action, investor_answers
from consult.reading import (
    matter_page,
    service,
    views_about,
    views_live,
    views_participation,
    views_summaries,
)
from consult.reading.comments import views as views_comments
from consult.reading.due import views_answer_times, views_day
from consult.reading.preview import views as views_preview
from consult.reading.results import views_issued, views_pictures
from consult.reading.texts import views as views_texts
from consult.reading.texts import views_changes, views_provisions
from consult.reading.views_frame import blueprint as blueprint
from consult.submissions import anchors
from consult.web import context
from consult.web.catalogue import endonym, say
from consult.web.guard import public

# Their pages stand in the same blueprint from the moment they are imported.
__all__ = [
    "blueprint", "views_about", "views_answer_times", "views_changes", "views_comments", "views_day", "views_issued",
    "views_live", "views_participation", "views_pictures", "views_preview",
    "views_provisions", "views_summaries", "views_texts",
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


def cards(items: list[service.ListedMatter]) -> list[dict[str, Any]]:
    """The list as the card component takes it."""
    return [
        {
            "title": item.matter.title,
            "url": url_for("reading.matter", slug=item.matter.slug),
            "summary": item.matter.summary,
            "stage": item.stage,
            "lead": (item.matter.answering if investor_answers(item.matter) else item.matter.lead).name,
            "procedure": item.matter.procedure,
            "kind": item.matter.kind,
            "sector": item.matter.field,
            "opens": item.matter.opens_at,
            "closes": item.matter.closes_at,
            "received": item.received,
            "answered": item.answered,
        }
        for item in items
    ]
