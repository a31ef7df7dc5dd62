"""Where people and bodies disagree most with a draft: by clause, side by side."""

from typing import Any

from flask import render_template

from consult.consultations.matter import queries
from consult.consultations.models import Consultation
from consult.policy import Action
from consult.reading.views_frame import blueprint
from consult.responses.statistics.cached_counts import kept_counts
from consult.responses.statistics.stances import STANCES, ClauseStances
from consult.submissions import anchors
from consult.web import context
from consult.web.catalogue import say
from consult.web.guard import public


@blueprint.get("/lay-y-kien/<slug>/y-kien/quan-diem/")
@public(Action.READ_MATTER, of=queries.by_slug)
def stances_page(consultation: Consultation) -> str:
    """The clauses that most are against, people and bodies side by side."""
    found = kept_counts.stances(context.session(), consultation)
    return render_template(
        "reading/stances.html",
        consultation=consultation,
        places=[_told(one) for one in found.most_opposed()],
        some=bool(found.clauses),
        stances=STANCES,
        now=context.arrived_at(),
    )


def _told(one: ClauseStances) -> dict[str, Any]:
    """A clause in words, with how `?tai=` writes it."""
    place = one.place
    return {
        "label": anchors.label_of(place, say),
        "anchor": anchors.written(place.document, place.revision, place.path),
        "said": one,
    }
