"""Who took part in a matter: numbers, drawn and in tables."""

from typing import Any

from flask import render_template, request

from consult import clock
from consult.consultations.matter import queries
from consult.consultations.models import Consultation
from consult.policy import Action
from consult.reading.views_frame import blueprint
from consult.responses.statistics import bodies, charts
from consult.responses.statistics.answer_times import kept_times
from consult.responses.statistics.areas import FORMER
from consult.responses.statistics.cached_counts import kept_counts
from consult.responses.statistics.participation import Participation
from consult.responses.words import Disposition
from consult.submissions import anchors
from consult.submissions.anchors import NamedPlace
from consult.web import context
from consult.web.catalogue import say
from consult.web.guard import public

AREAS_SHOWN = 12
"""Communes that the table shows at once; the others are opened."""


@blueprint.get("/lay-y-kien/<slug>/y-kien/thong-ke/")
@public(Action.READ_MATTER, of=queries.by_slug, asks=("don-vi",))
def participation_page(consultation: Consultation) -> str:
    """How many comments by day and clause, how many people by kind and commune, and joiners apart. People are told by
    the communes of today, or with `don-vi=cu` by the districts before."""
    today = clock.local_day(context.arrived_at())
    told = kept_counts.participation(context.session(), consultation, today)
    former = request.args.get("don-vi") == FORMER
    return render_template(
        "reading/participation.html",
        consultation=consultation,
        told=told,
        former=former,
        areas=told.former if former else told.areas,
        areas_shown=AREAS_SHOWN,
        days=charts.columns(told.days),
        bodies=[(bodies.named(code, say), count) for code, count in told.bodies],
        dispositions=[(say(f"disposition.{one}"), told.dispositions.get(one.value, 0)) for one in Disposition],
        times=kept_times.one(context.session(), consultation, today),
        places=places(told),
        now=context.arrived_at(),
    )


def places(told: Participation) -> list[dict[str, Any]]:
    """The places with most comments in words, with how `?tai=` writes them."""
    return [
        {
            "label": anchors.labels_of(place.names, say),
            "count": place.comments,
            "anchor": _anchor(place.names[0]),
        }
        for place in told.places
    ]


def _anchor(place: NamedPlace) -> str:
    """A clause as `?tai=` writes it, in the newest draft in which it was commented on."""
    return anchors.written(place.document, place.revision, place.path) if place.path else ""
