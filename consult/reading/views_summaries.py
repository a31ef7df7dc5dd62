"""The matter in short in other languages, to read and to listen to."""

from flask import Response, render_template

from consult.consultations.matter import queries
from consult.consultations.models import Consultation
from consult.consultations.preparation import summaries
from consult.errors import NotFound
from consult.policy import Action
from consult.reading.views_frame import blueprint, takes_comments
from consult.web import context
from consult.web.catalogue import endonym
from consult.web.files import downloads
from consult.web.guard import public


@blueprint.get("/lay-y-kien/<slug>/tom-tat/<language>/")
@public(Action.READ_MATTER, of=queries.by_slug)
def summary(consultation: Consultation, language: str) -> str:
    """What the matter is about, in one language."""
    return render_template(
        "reading/summary.html",
        consultation=consultation,
        summary=summaries.summary_in(context.session(), consultation.id, language),
        endonym=endonym(language),
        open=takes_comments(consultation),
    )


@blueprint.get("/lay-y-kien/<slug>/tom-tat/<language>/am-thanh.<suffix>")
@public(Action.READ_MATTER, of=queries.by_slug)
def summary_sound(consultation: Consultation, language: str, suffix: str) -> Response:
    """The same as sound. An old telephone asks for parts of it, to begin in the middle; so it is not a kept page, and
    its address does not end like one."""
    told = summaries.summary_in(context.session(), consultation.id, language)
    if not told.audio_hash or suffix != told.audio_ending:
        raise NotFound
    return downloads.played(told.audio_hash, told.audio_type)
